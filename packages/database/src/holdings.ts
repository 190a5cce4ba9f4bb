import type { Sections, Subject } from "@minka/contracts/personal-data";
import { and, eq, getTableColumns, sql, type SQL } from "./query.ts";
import type { PgColumn, PgTable } from "./table.ts";
import type { Queries, Transaction } from "./connect.ts";

/**
 * What a service holds on people, said once for each table: which rows are a person's, what of them stands in the
 * person's file, and what becomes of them when the person is erased. A table that is neither here nor among those
 * that hold nothing personal fails the service's test, so that no new one is forgotten.
 */
export type Holding = {
  readonly table: PgTable;
  /** Which rows are about the person. */
  readonly of: (who: Subject) => SQL | undefined;
  /** Null for what the person could not read: hashes, timers, what another section shows already. */
  readonly show: {
    readonly section: string;
    readonly columns: Record<string, PgColumn | SQL>;
    /** Of those rows only these. */
    readonly where?: SQL;
  } | null;
  readonly erase: Erasing;
};

/**
 * `delete` the rows; `keep` them, where they name nobody once the person's own row is empty; or keep the named
 * columns alone and empty all others, columns that are added later included.
 */
export type Erasing =
  | "delete"
  | "keep"
  | {
      readonly keep: readonly string[];
      /** Values for columns that may not be empty. */
      readonly set?: Readonly<Record<string, unknown>>;
    };

/** Rows with the person's id in a column, which are gone with the person. */
export function theirRows(
  table: PgTable,
  column: PgColumn,
  section: string,
  columns: Record<string, PgColumn>,
): Holding {
  return { table, of: ({ personId }) => eq(column, personId), show: { section, columns }, erase: "delete" };
}

/** Every section with the person's rows, those without any left out. */
export async function showHoldings(
  queries: Queries,
  holdings: readonly Holding[],
  who: Subject,
): Promise<Sections> {
  const shown: Sections = {};
  for (const { table, of, show } of holdings) {
    const condition = of(who);
    if (!show || !condition) continue;
    const rows = await queries.select(show.columns).from(table).where(and(condition, show.where));
    if (rows.length === 0) continue;
    shown[show.section] = [...(shown[show.section] ?? []), ...rows.map(asJson)];
  }
  return shown;
}

/** Does what each holding says, in their order: rows that refer to others come before them. */
export async function eraseHoldings(
  tx: Transaction,
  holdings: readonly Holding[],
  who: Subject,
): Promise<void> {
  for (const { table, of, erase } of holdings) {
    const condition = of(who);
    if (erase === "keep" || !condition) continue;
    if (erase === "delete") await tx.delete(table).where(condition);
    else await tx.update(table).set(emptied(table, erase)).where(condition);
  }
}

/** Every column that is not kept, with the value that says nothing: null, or the column's default. */
export function emptied(
  table: PgTable,
  { keep, set = {} }: Exclude<Erasing, string>,
): Record<string, unknown> {
  const columns = Object.entries(getTableColumns(table));
  return Object.fromEntries(
    columns.flatMap(([name, column]): [string, unknown][] => {
      if (name in set) return [[name, set[name]]];
      if (keep.includes(name) || column.primary) return [];
      if (!column.notNull) return [[name, null]];
      if (column.hasDefault) return [[name, sql`default`]];
      throw new Error(`${column.name} may not be empty: say what it is set to`);
    }),
  );
}

function asJson(row: Record<string, unknown>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(row)) as Record<string, unknown>;
}
