import { AsyncLocalStorage } from "node:async_hooks";
import type { Nudge } from "@minka/contracts/jobs";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";

type Drizzle = PostgresJsDatabase;

/** An open transaction. It is passed as an argument to whatever writes in it, and never kept. */
export type Transaction = Parameters<Parameters<Drizzle["transaction"]>[0]>[0];

/** Reads outside a transaction, and a transaction's own reads and writes, look alike to a query. */
export type Queries = Drizzle | Transaction;

export type Database = {
  /** For reads that need no transaction. */
  readonly read: Drizzle;
  /**
   * One unit of work: all of it or none. Nudges collected in it leave after commit. Work that Postgres ended for
   * a deadlock or a conflict of order is done again, three times at most, so it must do nothing but write in `tx`.
   */
  transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result>;
  /** The driver itself: for bulk loading, and for hot statements, which it prepares. */
  readonly sql: postgres.Sql;
  /** Nudges at once: for what a statement of its own has already committed. */
  nudge(nudge: Nudge): void;
  ping(): Promise<void>;
  /** Waits up to a second for what is under way, then cuts the connections. */
  close(): Promise<void>;
};

/** Only marks that a transaction is open, so that a call to another service can refuse; it carries none. */
const insideTransaction = new AsyncLocalStorage<true>();
const pendingNudges = new WeakMap<Transaction, Nudge[]>();

/**
 * Throws when the caller is inside a transaction: a call made there would hold locks and a connection
 * while it waits, and ten of those on a pool of ten stop everything.
 */
export function refuseInsideTransaction(what: string): void {
  if (insideTransaction.getStore()) throw new Error(`${what} inside a database transaction`);
}

/** How often a transaction that was in the way of others is done again before its error is the caller's. */
const mostRepeats = 3;

/** Whether Postgres ended it for the sake of others, by 40P01 deadlock_detected or 40001 serialization_failure. */
function wasInTheWay(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as { code?: unknown };
    if (code === "40P01" || code === "40001") return true;
  }
  return false;
}

/**
 * A transaction as the driver has it: for hot statements, which it prepares once a connection, where the query
 * builder words each anew (0.25 ms of processor a statement). Instants go in as ISO text, JSON as text.
 */
export function hot(tx: Transaction): postgres.TransactionSql {
  return (tx as unknown as { session: { client: postgres.TransactionSql } }).session.client;
}

/** Asks for a nudge once the transaction has committed. */
export function nudgeAfterCommit(tx: Transaction, nudge: Nudge): void {
  const nudges = pendingNudges.get(tx);
  if (!nudges) throw new Error("nudgeAfterCommit needs a transaction opened by Database.transaction");
  nudges.push(nudge);
}

/** Statements with more values are lists, of which each length is a statement of its own. */
const mostPreparedValues = 50;

/**
 * The driver as the query builder is to use it: each statement is prepared once a connection. Unprepared, the builder's
 * statements are described and then run, two ways to the server and back for each.
 */
function preparing<Client extends postgres.Sql | postgres.TransactionSql>(client: Client): Client {
  const { unsafe } = client;
  const prepare: typeof unsafe = (text, values = [], options = {}) =>
    unsafe(text, values, { ...options, prepare: values.length <= mostPreparedValues });
  if (!("begin" in client)) return Object.assign(client, { unsafe: prepare });
  const { begin } = client;
  const beginPreparing = (work: (tx: postgres.TransactionSql) => unknown) =>
    begin((tx) => work(preparing(tx)));
  return Object.assign(client, { unsafe: prepare, begin: beginPreparing });
}

export type ConnectOptions = {
  url: string;
  /** Shown in pg_stat_activity. */
  name: string;
  maxConnections?: number;
  /** Receives what transactions asked to nudge, after their commit; it must not throw or block. */
  onCommitted?: (nudges: Nudge[]) => void;
};

export function connectDatabase({ url, name, maxConnections = 10, onCommitted }: ConnectOptions): Database {
  const sql = postgres(url, {
    max: maxConnections,
    connect_timeout: 5,
    idle_timeout: 60,
    onnotice: () => {},
    connection: {
      application_name: `minka-${name}`,
      statement_timeout: 15_000,
      idle_in_transaction_session_timeout: 30_000,
    },
  });
  const read = drizzle(preparing(sql));
  return {
    read,
    sql,
    async transaction(work) {
      for (let again = mostRepeats; ; again -= 1) {
        // Of its own try: what was rolled back has nothing to hear of.
        const nudges: Nudge[] = [];
        try {
          const result = await read.transaction((tx) => {
            pendingNudges.set(tx, nudges);
            return insideTransaction.run(true, () => work(tx));
          });
          if (nudges.length > 0) onCommitted?.(nudges);
          return result;
        } catch (error) {
          if (again === 0 || !wasInTheWay(error)) throw error;
        }
      }
    },
    nudge: (nudge) => onCommitted?.([nudge]),
    async ping() {
      await sql`select 1`;
    },
    close: () => sql.end({ timeout: 1 }),
  };
}
