import type { Table } from "./table.ts";

/** A value read from a cell's text, or the code of a message that says what is wrong with it. */
export type Parsed<Value> =
  | { readonly value: Value }
  | { readonly error: string; readonly parameters?: Parameters };
export type Parameters = Readonly<Record<string, string | number>>;

/** A column of an import: how its header may be spelled (the first is the one that exports write) and what its cells mean. */
export type Column<Value = unknown> = {
  readonly headers: readonly string[];
  /** The file must have it, and each row a value in it. */
  readonly required?: boolean;
  /** Never called with an empty text. */
  readonly parse: (text: string) => Parsed<Value>;
  /** Where a cell's meaning depends on the others (an "M" beside "F" or beside "H"): reads by all of the column. */
  readonly parseAmong?: (texts: readonly string[]) => (text: string) => Parsed<Value>;
};

export type Columns = Readonly<Record<string, Column>>;

/** What a row says, by column; null where its cell is empty, wrong or not there. */
export type Values<C extends Columns> = {
  readonly [Name in keyof C]: C[Name] extends Column<infer Value> ? Value | null : never;
};

/** Something wrong, or to be told, at a place that the person finds in their spreadsheet. */
export type Finding = {
  readonly row: number;
  /** The header as written; null for the row as a whole. */
  readonly column: string | null;
  readonly code: string;
  readonly parameters?: Parameters;
};

/** Spellings that name one column: case, accents, dots, underscores, spaces and a plural do not count. */
export function foldHeader(header: string): string {
  return header
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    .trim()
    .split(" ")
    .map((word) => (word.length > 3 ? word.replace(/(?<=[aeiou])s$|(?<=[^aeious])es$/, "") : word))
    .join("");
}

export type HeaderMap<C extends Columns> = {
  /** Where each column stands in a row; absent ones are left out. */
  readonly positions: ReadonlyMap<keyof C & string, number>;
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
};

/** Finds the columns by their headers. Missing and doubled ones are errors; unknown ones are told and not read. */
export function mapHeaders<C extends Columns>(columns: C, table: Table): HeaderMap<C> {
  const byHeader = new Map<string, keyof C & string>();
  for (const [name, column] of Object.entries(columns))
    for (const header of column.headers) byHeader.set(foldHeader(header), name);
  const positions = new Map<keyof C & string, number>();
  const errors: Finding[] = [];
  const warnings: Finding[] = [];
  for (const [position, header] of table.headers.entries()) {
    if (header === "") continue;
    const at = { row: table.headerRow, column: header };
    const name = byHeader.get(foldHeader(header));
    if (name === undefined) warnings.push({ ...at, code: "column-unknown" });
    else if (positions.has(name)) errors.push({ ...at, code: "column-doubled" });
    else positions.set(name, position);
  }
  for (const [name, column] of Object.entries(columns)) {
    if (column.required && !positions.has(name))
      errors.push({ row: table.headerRow, column: column.headers[0] ?? name, code: "column-missing" });
  }
  return { positions, errors, warnings };
}
