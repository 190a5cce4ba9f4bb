import { copyMarket, type MarketProvider } from "@minka/catalog";
import { connectDatabase, type Database } from "@minka/database/connect";
import postgres from "postgres";
import { createBenchDatabase, type BenchDatabase } from "./bench-database.ts";
import { makeMarket, programmeAskers, type Asker } from "./make-market.ts";
import type { Figure } from "./run-benches.ts";
import { quantile, round } from "./statistics.ts";

/** When the market was loaded, and when everybody asks. */
export const marketDay = new Date("2026-11-21T15:00:00Z");

/** `BENCH_OFFERS=10000,100000` measures fewer sizes. */
function marketSizes(): number[] {
  const sizes = (process.env["BENCH_OFFERS"] ?? "10000,100000,1000000").split(",").map(Number);
  if (sizes.some((size) => !Number.isInteger(size) || size < 1000)) {
    throw new Error("BENCH_OFFERS: numbers of offers from 1000 on, separated by commas");
  }
  return sizes;
}

/** Fills a migrated database as its owner. */
export async function loadMarket(ownerUrl: string, offers: number, askers: readonly Asker[]): Promise<void> {
  const owner = postgres(ownerUrl, { max: 8, onnotice: () => {} });
  try {
    const market = (): Iterable<MarketProvider> => makeMarket(offers, askers);
    await copyMarket(owner, market, { at: marketDay });
    await owner`checkpoint`;
  } finally {
    await owner.end();
  }
}

type Asked = (db: Database, turn: number) => Promise<unknown>;
/** A market under measurement, with what is asked of it. */
export type Market = { readonly askers: readonly Asker[]; readonly offerIds: readonly string[] };

export type OpenMarket = Market & {
  readonly size: number;
  readonly database: BenchDatabase;
  /** Of catalog, one connection. */
  readonly db: Database;
  close(): Promise<void>;
};
let opened: OpenMarket[] | undefined;

/** Markets of each size, each on a server of its own; loaded once for all benches of a run. */
export async function openMarkets(): Promise<readonly OpenMarket[]> {
  if (opened) return opened;
  opened = [];
  const askers = programmeAskers();
  for (const size of marketSizes()) {
    const database = await createBenchDatabase();
    const db = connectDatabase({ url: database.url("catalog"), name: "bench", maxConnections: 1 });
    const started = performance.now();
    await loadMarket(database.ownerUrl, size, askers);
    const seconds = Math.round((performance.now() - started) / 1000);
    process.stderr.write(`a market of ${size} offers, loaded in ${seconds} s\n`);
    const rows = await db.sql<{ id: string }[]>`select id from catalog.offers order by random() limit 20000`;
    opened.push({
      size,
      database,
      askers,
      offerIds: rows.map(({ id }) => id),
      db,
      async close() {
        await db.close();
        await database.drop();
      },
    });
  }
  return opened;
}

/** Stops the servers and removes their data. */
export async function closeMarkets(): Promise<void> {
  for (const market of opened ?? []) await market.close();
  opened = undefined;
}

const warmUp = 300;
const turns = 3_000;

/**
 * Times what is asked of markets of each size on one connection, in turns with one prepared statement that reads 40
 * offers by primary key, and the sizes in turns with each other, so that a noisy moment of the machine falls on all.
 * Fails when a plan reads a whole table.
 */
export async function measureMarkets(bench: string, makeAsked: (market: Market) => Asked): Promise<Figure[]> {
  const measured = (await openMarkets()).map((market) => ({
    ...market,
    asked: makeAsked(market),
    times: new Array<number>(),
    bare: new Array<number>(),
  }));
  for (const { db, asked } of measured) {
    const wholeTables = await plansThatReadAll(db, asked);
    if (wholeTables.length > 0) throw new Error(`reads a whole table:\n${wholeTables.join("\n\n")}`);
  }
  for (let turn = 0; turn < warmUp + turns; turn += 1) {
    for (const { db, asked, offerIds, times, bare } of measured) {
      const forty = Array.from(
        { length: 40 },
        (_, index) => offerIds[(turn * 40 + index) % offerIds.length] ?? "",
      );
      const byKey = await timed(() => readByKey(db, forty));
      const whole = await timed(() => asked(db, turn));
      if (turn < warmUp) continue;
      bare.push(byKey);
      times.push(whole);
    }
  }
  const figures = measured.flatMap(({ size, times, bare }) =>
    [
      { name: "p50", share: 0.5 },
      { name: "p99", share: 0.99 },
    ].map(({ name, share }) =>
      figure(`${bench}-${name}-${size}`, quantile(times, share), quantile(bare, share)),
    ),
  );
  const [smallest, largest] = [measured[0], measured.at(-1)];
  if (!smallest || !largest || smallest === largest) return figures;
  return [...figures, figure(`${bench}-growth`, quantile(largest.times, 0.5), quantile(smallest.times, 0.5))];
}

export function figure(bench: string, value: number, limit: number): Figure {
  return { bench, value: round(value), unit: "ms", limit: round(limit), ratio: round(value / limit) };
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** The bare operation: what of an offer a candidate says, without the terms. */
function readByKey(db: Database, ids: readonly string[]): Promise<unknown> {
  return db.sql`
    select id, provider_id, version, kind, price_centimos, price_unit, monthly_capacity, confirmed_on
    from catalog.offers where id = any (${ids as string[]}::uuid[])`;
}

const explainedTurns = 300;
const wholeTable = /Seq Scan on (offers|postings|listings|providers|provider_listings)\b/;

/** The plans, of all statements that the first turns run, in which a table of the market is read from end to end. */
export async function plansThatReadAll(db: Database, asked: Asked): Promise<string[]> {
  const statements = new Map<string, unknown[]>();
  db.sql.options.debug = (_, statement, parameters) => void statements.set(statement, parameters);
  try {
    for (let turn = 0; turn < explainedTurns; turn += 1) await asked(db, turn);
  } finally {
    db.sql.options.debug = false;
  }
  const found: string[] = [];
  for (const [statement, parameters] of statements) {
    if (!/^\s*(with|select)\b/i.test(statement)) continue;
    const rows = await db.sql.unsafe<{ "QUERY PLAN": string }[]>(
      `explain ${statement}`,
      parameters as never[],
    );
    const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
    if (wholeTable.test(plan)) found.push(`${statement}\n${plan}`);
  }
  if (statements.size === 0) throw new Error("no statement was seen");
  return found;
}
