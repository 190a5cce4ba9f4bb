import { serviceTokens } from "@minka/auth/authentication";
import { catalog } from "@minka/catalog";
import { openRequest } from "@minka/contracts/matching";
import type { ServiceName } from "@minka/contracts/service-names";
import { connectDatabase, type Database } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { createCaller, injectTransport, type Caller } from "@minka/http/caller";
import { createLog } from "@minka/http/log";
import { matching } from "@minka/matching";
import { makeDemoData } from "@minka/platform/make-demo-data";
import { loadPeople, profiles } from "@minka/profiles";
import { runServices, type RunningServices } from "@minka/service/run-services";
import type { BenchDatabase } from "./bench-database.ts";
import { someNeed } from "./catalog-candidates.ts";
import { figure, marketDay, openMarkets, timed, type OpenMarket } from "./catalog-market.ts";
import { seeded, type Asker } from "./make-market.ts";
import type { Figure } from "./run-benches.ts";
import { quantile } from "./statistics.ts";

const warmUp = 200;
const turns = 1_500;

/**
 * From a request that is open to its matches stored, the calls to catalog and profiles included, in turns with a
 * bare transaction on the same connection that writes as many rows, a statement each: it locks one, inserts ten
 * matches, an audit row and a delivery. The sizes of the market take turns too, so that a noisy moment of the machine falls on all.
 */
export async function benchMatch(): Promise<Figure[]> {
  const measured: Measured[] = [];
  try {
    for (const market of await openMarkets()) measured.push(await prepare(market));
    // All are opened before: in a worker nothing of that goes on between two matches.
    for (const { opens } of measured) await opens(warmUp + turns);
    for (let turn = 0; turn < warmUp + turns; turn += 1) {
      for (const { opened, match, bareMatch, times, bare } of measured) {
        const id = opened[turn] as string;
        const whole = await timed(() => match(id));
        const least = await timed(() => bareMatch(id));
        if (turn < warmUp) continue;
        times.push(whole);
        bare.push(least);
      }
    }
    for (const each of measured) await each.check();
    const figures = measured.flatMap(({ size, times, bare }) =>
      [
        { name: "p50", share: 0.5 },
        { name: "p99", share: 0.99 },
      ].map(({ name, share }) =>
        figure(`match-${name}-${size}`, quantile(times, share), quantile(bare, share)),
      ),
    );
    const [smallest, largest] = [measured[0], measured.at(-1)];
    if (!smallest || !largest || smallest === largest) return figures;
    return [...figures, figure("match-growth", quantile(largest.times, 0.5), quantile(smallest.times, 0.5))];
  } finally {
    for (const { close } of measured) await close();
  }
}

type Measured = {
  readonly size: number;
  opens(requests: number): Promise<void>;
  readonly opened: readonly string[];
  match(requestId: string): Promise<void>;
  /** The bare operation, on a request that has been matched. */
  bareMatch(requestId: string): Promise<unknown>;
  /** Fails where what was measured was not done. */
  check(): Promise<void>;
  close(): Promise<void>;
  readonly times: number[];
  readonly bare: number[];
};

const clock = () => marketDay;
const log = createLog({ level: "silent", service: "bench" });

async function prepare({ size, database, askers }: OpenMarket): Promise<Measured> {
  await loadProgramme(database);
  const running = await runServices({
    services: [profiles, catalog, matching],
    role: "api",
    databaseUrl: database.url,
    queue: { postgresUrl: database.url("matching") },
    peers: {},
    serviceSecret: "a-secret-for-benchmarks-and-nothing-else",
    environment: { DATA_DIR: database.dataDir },
    clock,
    log,
  });
  const db = connectDatabase({ url: database.url("matching"), name: "bench", maxConnections: 1 });
  const bareMatch = bareMatcher(db);
  const call = callerOf(running, "matching");
  const { jobs } = matching.start({
    db,
    clock,
    log,
    call,
    afterAnswer: (work) => void work(),
    environment: {},
  });
  const ask = callerOf(running, "notifications");
  const random = seeded(11);
  const opened: string[] = [];
  return {
    size,
    times: [],
    bare: [],
    opened,
    async opens(requests) {
      for (let turn = 0; turn < requests; turn += 1) {
        const asker = askers[(turn * 7_919) % askers.length] as Asker;
        const body = {
          personId: asker.personId,
          need: someNeed(random, asker),
          districtCode: asker.districtCode,
          channel: "sms" as const,
        };
        const { requestId } = await ask(openRequest, { body }, { trace: "bench", idempotencyKey: newId() });
        opened.push(requestId);
      }
    },
    match: (id) => jobs["match-request"].run(id, "bench"),
    bareMatch,
    async check() {
      const [row] = await db.sql<{ listed: number }[]>`
        select count(*)::int as listed from matching.requests where state <> 'searching'`;
      if ((row?.listed ?? 0) < opened.length * 0.99)
        throw new Error(`${row?.listed} of ${opened.length} were matched`);
    },
    async close() {
      await running.stop();
      await db.close();
    },
  };
}

function callerOf(running: RunningServices, service: ServiceName): Caller {
  return createCaller(() => injectTransport(() => running.app), serviceTokens(running.app, service));
}

async function loadProgramme(database: BenchDatabase): Promise<void> {
  const db = connectDatabase({ url: database.url("profiles"), name: "bench", maxConnections: 1 });
  try {
    await loadPeople(db, makeDemoData("program").people, { at: marketDay });
  } finally {
    await db.close();
  }
}

const columns = [
  "id",
  "request_id",
  "round",
  "rank",
  "state",
  "offer_id",
  "offer_version",
  "provider_id",
  "provider_name",
  "provider_person_id",
  "distance_km",
  "price_centimos",
  "price_unit",
  "monthly_capacity",
  "score",
  "parts",
  "weights_version",
  "reasons",
  "trace",
] as const;

/** Writes what a match writes and thinks nothing: ten rows like those of a real list, each statement prepared. */
function bareMatcher(db: Database) {
  const { sql } = db;
  const at = marketDay.toISOString();
  const values = (requestId: string) =>
    Array.from({ length: 10 }, (_, index) => ({
      id: newId(),
      request_id: requestId,
      round: 100,
      rank: index + 1,
      state: "withdrawn",
      offer_id: newId(),
      offer_version: 1,
      provider_id: newId(),
      provider_name: "Rosa Pinchi Tuanama",
      provider_person_id: newId(),
      distance_km: 9.4,
      price_centimos: 3_000,
      price_unit: "visita",
      monthly_capacity: 30,
      score: 0.7132,
      parts: JSON.stringify(someParts),
      weights_version: 1,
      reasons: JSON.stringify(someReasons),
      trace: "bench",
    }));
  return (requestId: string) =>
    sql.begin(async (tx) => {
      await tx`select id from matching.requests where id = ${requestId} for update`;
      for (const row of values(requestId)) await tx`insert into matching.matches ${tx(row, columns)}`;
      await tx`insert into matching.audit (id, at, actor, action, subject, trace)
        values (${newId()}, ${at}, 'timer', 'request.show-list', ${`request:${requestId}`}, 'bench')`;
      await tx`
        insert into events.deliveries
          (id, event, emitter, subscriber, payload, trace, occurred_at, due_at, attempts, handled_at)
        values (${newId()}, 'request.matched', 'matching', 'notifications', ${JSON.stringify({ requestId, round: 100 })},
          'bench', ${at}, ${at}, 0, ${at})`;
    });
}

const someParts = {
  fit: 1,
  distance: 0.68,
  rating: 0.75,
  answering: 0.8,
  speed: 0.66,
  price: 0.62,
  room: 0.9,
  freshness: 0.85,
};

const someReasons = [
  { code: "topic", parameters: { topic: "pest_management" } },
  { code: "crop", parameters: { crop: "cacao" } },
  { code: "distance", parameters: { km: 9 } },
  { code: "price", parameters: { centimos: 3_000 } },
  { code: "rating", parameters: { mean: 4.6, count: 17 } },
  { code: "answers-in", parameters: { hours: 2 } },
];
