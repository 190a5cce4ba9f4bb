import type postgres from "postgres";

/** The places where one of the needles stands: every column of every table, whatever its schema and type. */
export async function findEverywhere(owner: postgres.Sql, needles: readonly string[]): Promise<string[]> {
  const columns = await owner<{ schema: string; table: string; column: string }[]>`
    select c.table_schema as schema, c.table_name as table, c.column_name as column
    from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where t.table_type = 'BASE TABLE' and c.table_schema not in ('pg_catalog', 'information_schema')
    order by 1, 2, 3`;
  const found: string[] = [];
  for (const { schema, table, column } of columns) {
    for (const needle of needles) {
      const rows = await owner<{ text: string }[]>`
        select left(${owner(column)}::text, 300) as text from ${owner(schema)}.${owner(table)}
        where strpos(lower(${owner(column)}::text), lower(${needle})) > 0 limit 3`;
      for (const { text } of rows) found.push(`${schema}.${table}.${column}: "${needle}" in ${text}`);
    }
  }
  return found;
}
