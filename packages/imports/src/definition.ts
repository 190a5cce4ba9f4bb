import type { Queries, Transaction } from "@minka/database/connect";
import type { Columns, Values } from "./columns.ts";
import type { Findings, Report } from "./findings.ts";
import type { Table } from "./table.ts";

export type NumberedRow<Row> = { readonly row: number; readonly value: Row };

/** For whom an import runs. */
export type ImportScope = {
  readonly importId: string;
  /** The organization or provider whose rows these are. */
  readonly ownerId: string;
  /** Who uploaded the file, as audit rows name them. */
  readonly actor: string;
  readonly at: Date;
  readonly trace: string;
};

/** A definition whose rows only itself knows, so that a service can hold several kinds in one list. */
export type Import = {
  readonly kind: string;
  readonly maximumRows: number;
  check(table: Table, means: CheckMeans): Promise<CheckedFile>;
};

export type CheckMeans = {
  readonly queries: Queries;
  readonly scope: ImportScope;
  readonly progress: (done: number) => Promise<void>;
};

export type CheckedFile = Findings & {
  /** False when the columns are wrong, so that no row could be read. */
  readonly readable: boolean;
  readonly goodRows: number;
  /** Writes the rows that were good. */
  load(tx: Transaction, progress: (done: number) => Promise<void>): Promise<Readonly<Record<string, number>>>;
};

/**
 * One kind of table that may be brought in. Nothing is written unless every row is good: a file is checked
 * when it arrives (`readRow`, then `check`), and again in the one transaction that loads it, because the
 * database may have changed in between.
 */
export type ImportDefinition<C extends Columns, Row> = {
  /** Kebab-case; kept with each import of it. */
  readonly kind: string;
  readonly columns: C;
  readonly maximumRows: number;
  /** Rules about which columns a file needs together; `row` is that of the headers. */
  readonly checkHeaders?: (present: ReadonlySet<keyof C & string>, report: Report<C>, row: number) => void;
  /**
   * A row's meaning, by rules across its cells; null when it has none. Only called for rows whose cells are
   * all well formed.
   */
  readonly readRow: (values: Values<C>, report: Report<C>, row: number, at: Date) => Row | null;
  /** Rules across rows, and between them and the database. */
  readonly check?: (
    queries: Queries,
    rows: readonly NumberedRow<Row>[],
    report: Report<C>,
    scope: ImportScope,
  ) => Promise<void>;
  /**
   * Writes all rows, in statements of a few thousand each (each has 15 s). Calls `progress` with how many rows
   * are in. Returns counts for the person.
   */
  readonly load: (
    tx: Transaction,
    rows: readonly NumberedRow<Row>[],
    scope: ImportScope,
    progress: (done: number) => Promise<void>,
  ) => Promise<Readonly<Record<string, number>>>;
};
