import { setImmediate as breathe } from "node:timers/promises";
import { mapHeaders, type Column, type Columns, type Values } from "./columns.ts";
import type { CheckedFile, CheckMeans, Import, ImportDefinition, NumberedRow } from "./definition.ts";
import { collectFindings } from "./findings.ts";
import type { Table } from "./table.ts";

/** So many rows are read before others get their turn. */
const chunk = 250;

export function defineImport<C extends Columns, Row>(definition: ImportDefinition<C, Row>): Import {
  const { kind, maximumRows } = definition;
  return { kind, maximumRows, check: (table, means) => checkTable(definition, table, means) };
}

/** Everything that is wrong with a table, at once: a person corrects their file one time, not forty. */
async function checkTable<C extends Columns, Row>(
  definition: ImportDefinition<C, Row>,
  table: Table,
  { queries, scope, progress }: CheckMeans,
): Promise<CheckedFile> {
  const headers = mapHeaders(definition.columns, table);
  const headerOf = (name: keyof C & string): string => {
    const position = headers.positions.get(name);
    const written = position === undefined ? undefined : table.headers[position];
    return written ?? definition.columns[name]?.headers[0] ?? name;
  };
  const { report, add, findings } = collectFindings<C>(headerOf);
  for (const error of headers.errors) add("error", error);
  for (const warning of headers.warnings) add("warning", warning);
  definition.checkHeaders?.(new Set(headers.positions.keys()), report, table.headerRow);
  if (findings().errorCount > 0) return { ...findings(), readable: false, goodRows: 0, load: refuseToLoad };

  const columns = Object.entries(definition.columns).map(([name, column]) => {
    const position = headers.positions.get(name);
    const parse = parserOf(column, table, position);
    return { name, required: column.required ?? false, position, parse };
  });
  const rows: NumberedRow<Row>[] = [];
  for (const [index, { row, cells }] of table.rows.entries()) {
    const values: Record<string, unknown> = {};
    let good = true;
    for (const { name, required, position, parse } of columns) {
      values[name] = null;
      const text = position === undefined ? "" : (cells[position] ?? "");
      if (text === "") {
        if (!required) continue;
        report.error({ row, column: name }, "value-missing");
        good = false;
        continue;
      }
      const parsed = parse(text);
      if ("value" in parsed) values[name] = parsed.value;
      else {
        report.error({ row, column: name }, parsed.error, parsed.parameters);
        good = false;
      }
    }
    const value = good ? definition.readRow(values as Values<C>, report, row, scope.at) : null;
    if (value !== null) rows.push({ row, value });
    if (index % chunk === chunk - 1) {
      await progress(index + 1);
      await breathe();
    }
  }
  await definition.check?.(queries, rows, report, scope);
  return {
    ...findings(),
    readable: true,
    goodRows: rows.length,
    load: (tx, tell) => definition.load(tx, rows, scope, tell),
  };
}

function refuseToLoad(): never {
  throw new Error("a table without its columns cannot be loaded");
}

function parserOf(column: Column, table: Table, position: number | undefined): Column["parse"] {
  if (!column.parseAmong || position === undefined) return column.parse;
  return column.parseAmong(table.rows.flatMap(({ cells }) => cells[position] || []));
}
