import { authentication, serviceTokens } from "@minka/auth/authentication";
import { answerAsk, chooseMatch, openRequest, readRequest } from "@minka/contracts/matching";
import type { Need } from "@minka/contracts/need";
import { newId } from "@minka/database/new-id";
import { createCaller, fetchTransport, type Caller } from "@minka/http/caller";
import { loadDemoData } from "@minka/platform/demo";
import Fastify from "fastify";
import postgres from "postgres";
import { forkPlatform, type ForkedPlatform } from "../support/forked-platform.ts";
import { hasRedisServer, startRedisServer } from "../support/redis-server.ts";
import { createBenchDatabase } from "./bench-database.ts";
import { programmeAskers, seeded, type Asker } from "./make-market.ts";
import type { Figure } from "./run-benches.ts";
import { round } from "./statistics.ts";

const sustainedMs = Number(process.env["BENCH_SECONDS"] ?? 20) * 1000;
const warmUpMs = 8_000;
/** People who ask at the same time, each through to an agreed visit or delivery before the next. */
const askers = 32;
const secret = "a-secret-that-only-these-processes-share";

/**
 * Requests a second from being asked to being engaged (opened, matched, one chosen, its provider asked and saying
 * yes; everybody's SMS written and sent to a rehearsal's gateway), kept up: in the embedded default, with Redis, and
 * with 1, 2 and 4 processes that work beside one that answers. Over the same rows written bare.
 */
export async function benchDispatch(): Promise<Figure[]> {
  const figures = [await measure("dispatch-embedded", { workers: 0, redisUrl: null })];
  if (!hasRedisServer()) return figures;
  const redis = await startRedisServer();
  try {
    for (const workers of [0, 1, 2, 4]) {
      const name = workers === 0 ? "dispatch-redis" : `dispatch-redis-${workers}-workers`;
      figures.push(await measure(name, { workers, redisUrl: redis.url }));
    }
  } finally {
    await redis.stop();
  }
  return figures;
}

type Setting = { readonly workers: number; readonly redisUrl: string | null };

async function measure(bench: string, { workers, redisUrl }: Setting): Promise<Figure> {
  const database = await createBenchDatabase();
  const owner = postgres(database.ownerUrl, { max: 12, onnotice: () => {} });
  const running: ForkedPlatform[] = [];
  try {
    await loadDemoData({ size: "program", databaseUrl: database.url, progress: () => {} });
    const bare = await sustain(bareLoop(owner), Math.min(sustainedMs, 8_000));
    await announceStates(owner);
    const environment = {
      DATA_DIR: database.dataDir,
      SWEEP_EVERY_MS: "5000",
      ...(redisUrl ? { REDIS_URL: redisUrl } : {}),
    };
    const api = await forkPlatform(database, { ...environment, ROLE: workers === 0 ? "all" : "api" });
    running.push(api);
    // In one process services call each other by their routes, so that a worker of all of them has them too.
    for (let count = 0; count < workers; count += 1) running.push(await forkPlatform(database, environment));
    const whole = await throughThePlatform(owner, api);
    process.stderr.write(`${bench}: ${round(whole)} requests/s\n`);
    return {
      bench,
      value: round(whole),
      unit: "requests/s",
      limit: round(bare),
      ratio: round(whole / bare),
    };
  } finally {
    await Promise.all(running.map((each) => each.terminate()));
    await owner.end();
    await database.drop();
  }
}

async function throughThePlatform(owner: postgres.Sql, { url }: ForkedPlatform): Promise<number> {
  const states = await listenToStates(owner);
  const app = Fastify();
  await app.register(authentication, {
    serviceSecret: secret,
    personPublicKey: () => Promise.reject(new Error("nobody signs in")),
  });
  await app.ready();
  const call = createCaller(() => fetchTransport(url), serviceTokens(app, "notifications"));
  const people = programmeAskers();
  const random = seeded(3);
  let turn = 0;
  try {
    return await sustain(async () => {
      turn += 1;
      const asker = people[(turn * 7_919) % people.length] as Asker;
      return engage(call, states, asker, needOf(asker, random.next()));
    }, sustainedMs);
  } finally {
    await states.stop();
    await app.close();
  }
}

/** What is asked most: a visit, or an input. */
function needOf({ crop }: Asker, draw: number): Need {
  return draw < 0.5
    ? { kind: "input", product: "fertilizer" }
    : { kind: "assistance", topic: "pruning", crop };
}

/** One request from asked to agreed; false where there was nobody, or another took the last place. */
async function engage(call: Caller, states: States, asker: Asker, need: Need): Promise<boolean> {
  const { personId, districtCode } = asker;
  const trace = "bench";
  const body = { personId, need, districtCode, channel: "sms" as const };
  const { requestId } = await call(openRequest, { body }, { trace, idempotencyKey: newId() });
  if ((await states.reached(requestId)) !== "listed") return false;
  const { request } = await call(readRequest, { params: { requestId } }, { trace });
  for (const { id: matchId } of request.matches) {
    try {
      await call(chooseMatch, { params: { matchId } }, { trace, idempotencyKey: newId() });
      const answer = { params: { matchId }, body: { accept: true as const } };
      const { engagementId } = await call(answerAsk, answer, { trace, idempotencyKey: newId() });
      return engagementId !== null;
    } catch {
      // Full, or busy: the next of the list.
    }
  }
  return false;
}

async function sustain(work: () => Promise<boolean>, forMs: number): Promise<number> {
  const started = performance.now() + Math.min(warmUpMs, forMs);
  const until = started + forMs;
  let done = 0;
  let tried = 0;
  const asker = async () => {
    while (performance.now() < until) {
      const engaged = await work();
      const now = performance.now();
      if (now < started || now > until) continue;
      tried += 1;
      if (engaged) done += 1;
    }
  };
  await Promise.all(Array.from({ length: askers }, asker));
  if (done < tried / 2) throw new Error(`${done} of ${tried} requests came to an engagement`);
  return done / (forMs / 1000);
}

type States = { reached(requestId: string): Promise<string>; stop(): Promise<void> };

/** Each request's first state after the search, told by the database, so that nobody looks again and again. */
async function announceStates(owner: postgres.Sql): Promise<void> {
  await owner.unsafe(`
    create function matching.announce_state() returns trigger language plpgsql as
      $$ begin perform pg_notify('states', new.id || ' ' || new.state); return null; end $$;
    create trigger announce_state after update of state on matching.requests for each row
      when (old.state = 'searching' and new.state <> 'searching') execute function matching.announce_state();`);
}

async function listenToStates(owner: postgres.Sql): Promise<States> {
  const known = new Map<string, string>();
  const waiting = new Map<string, (state: string) => void>();
  const { unlisten } = await owner.listen("states", (line) => {
    const [id = "", state = ""] = line.split(" ");
    const tell = waiting.get(id);
    if (tell) tell(state);
    else known.set(id, state);
  });
  return {
    async reached(id) {
      const state = known.get(id);
      known.delete(id);
      if (state) return state;
      const timeout = AbortSignal.timeout(20_000);
      try {
        return await new Promise<string>((resolve, reject) => {
          waiting.set(id, resolve);
          timeout.addEventListener("abort", () => reject(new Error("no list within 20 s")));
        });
      } finally {
        waiting.delete(id);
      }
    },
    stop: unlisten,
  };
}

/**
 * The least that an engagement can be: the same rows in the same four transactions, and nothing between. Of the
 * deliveries there are as many as events; what notifications makes of them is left out.
 */
function bareLoop(owner: postgres.Sql): () => Promise<boolean> {
  const at = new Date().toISOString();
  const audit = (sql: postgres.Sql) => sql`
    insert into matching.audit (id, at, actor, action, subject, trace)
    values (${newId()}, ${at}, 'timer', 'bare', 'bare', 'bench')`;
  const delivery = (sql: postgres.Sql) => sql`
    insert into events.deliveries
      (id, event, emitter, subscriber, payload, trace, occurred_at, due_at, attempts, handled_at)
    values (${newId()}, 'bare', 'matching', 'notifications', '{}', 'bench', ${at}, ${at}, 0, ${at})`;
  return async () => {
    const id = newId();
    const matchIds = Array.from({ length: 10 }, () => newId());
    const [chosen = ""] = matchIds;
    await owner.begin(async (tx) => {
      const sql = tx as unknown as postgres.Sql;
      await sql`
        insert into matching.requests (id, person_id, kind, need, district_code, channel, state, opened_at, round,
          search_round, rounds_before, search_attempts, trace)
        values (${id}, ${newId()}, 'assistance', '{}', '221001', 'sms', 'cancelled', ${at}, 0, 1, 0, 0, 'bench')`;
      await audit(sql);
    });
    await owner.begin(async (tx) => {
      const sql = tx as unknown as postgres.Sql;
      await sql`select id from matching.requests where id = ${id} for update`;
      await sql`
        insert into matching.matches (id, request_id, round, rank, state, offer_id, offer_version, provider_id,
          provider_name, provider_person_id, score, parts, weights_version, reasons, trace)
        select m.id, ${id}, 1, m.rank, 'withdrawn', m.id, 1, m.id, 'Rosa Pinchi', m.id, 0.7, '{}', 1, '[]', 'bench'
        from unnest(${matchIds}::uuid[]) with ordinality as m (id, rank)`;
      await audit(sql);
      await delivery(sql);
    });
    await owner.begin(async (tx) => {
      const sql = tx as unknown as postgres.Sql;
      await sql`select id from matching.requests where id = ${id} for update`;
      await sql`update matching.matches set asked_at = ${at} where id = ${chosen}`;
      await sql`insert into matching.capacity (offer_id, month, used) values (${chosen}, '2026-11', 1)`;
      await audit(sql);
      await delivery(sql);
    });
    await owner.begin(async (tx) => {
      const sql = tx as unknown as postgres.Sql;
      await sql`select id from matching.requests where id = ${id} for update`;
      await sql`update matching.matches set answered_at = ${at} where id = ${chosen}`;
      await sql`update matching.requests set round = 1 where id = ${id}`;
      await audit(sql);
      await delivery(sql);
    });
    return true;
  };
}
