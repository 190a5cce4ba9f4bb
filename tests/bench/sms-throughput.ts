import { loadDemoData } from "@minka/platform/demo";
import postgres from "postgres";
import { forkPlatform } from "../support/forked-platform.ts";
import { hasRedisServer, startRedisServer } from "../support/redis-server.ts";
import { createBenchDatabase } from "./bench-database.ts";
import { forkServer, type ForkedServer } from "./fork-server.ts";
import type { Figure } from "./run-benches.ts";
import { round } from "./statistics.ts";

const sustainedMs = Number(process.env["BENCH_SECONDS"] ?? 60) * 1000;
/** The bare loop does the same thing over and over: it needs no minute to settle. */
const bareMs = Math.min(sustainedMs, 15_000);
const warmUpMs = 3_000;
/** People who write at the same time; each waits for the answer before the next message. */
const writers = 48;
/** What somebody new writes who asks, looks how it stands and changes their mind: each has one answer. */
const dialogue = ["nesecito un tecnico pa la monilia en mi cacao, tocache", "SI", "estado", "CANCELAR"];

/**
 * Messages answered per second, from the message handed in to the answer handed to the gateway, kept up for a
 * minute, in the embedded default and with Redis; over a loop on the same queue that inserts what came in and
 * what goes out and does nothing between.
 */
export async function benchSmsThroughput(): Promise<Figure[]> {
  const figures = [await measureBackend("sms-throughput", null)];
  if (hasRedisServer()) {
    const redis = await startRedisServer();
    try {
      figures.push(await measureBackend("sms-throughput-redis", redis.url));
    } finally {
      await redis.stop();
    }
  }
  return figures;
}

async function measureBackend(bench: string, redisUrl: string | null): Promise<Figure> {
  const database = await createBenchDatabase();
  const owner = postgres(database.ownerUrl, { max: 2, onnotice: () => {} });
  try {
    await loadDemoData({ size: "demo", databaseUrl: database.url, progress: () => {} });
    await announceAnswers(owner);
    const redis: Record<string, string> = redisUrl ? { REDIS_URL: redisUrl } : {};
    const bareServer = await forkServer("bare-loop-server.ts", {
      DATABASE_URL: database.url("notifications"),
      ...redis,
    });
    const bare = await measure(owner, bareServer, bareMs);
    const platform = await forkPlatform(database, {
      DATA_DIR: database.dataDir,
      SWEEP_EVERY_MS: "5000",
      ...redis,
    });
    const whole = await measure(
      owner,
      { url: platform.url, stop: async () => void (await platform.terminate()) },
      sustainedMs,
    );
    return { bench, value: round(whole), unit: "messages/s", limit: round(bare), ratio: round(whole / bare) };
  } finally {
    await owner.end();
    await database.drop();
  }
}

/** The gateway's memory tells of each message it gets, so that nobody has to look again and again. */
async function announceAnswers(owner: postgres.Sql): Promise<void> {
  await owner.unsafe(`
    create function notifications.announce_answer() returns trigger language plpgsql as
      $$ begin perform pg_notify('answers', new.phone); return null; end $$;
    create trigger announce_answer after insert on notifications.simulator_messages
      for each row execute function notifications.announce_answer();`);
}

async function measure(owner: postgres.Sql, server: ForkedServer, forMs: number): Promise<number> {
  const waiting = new Map<string, () => void>();
  const { unlisten } = await owner.listen("answers", (phone) => {
    waiting.get(phone)?.();
    waiting.delete(phone);
  });
  let answered = 0;
  let phones = Math.floor(Math.random() * 50_000_000);
  const started = performance.now() + warmUpMs;
  const until = started + forMs;
  const write = async (from: string, text: string) => {
    const answer = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error("no answer within 20 s")), 20_000);
      waiting.set(from, () => {
        clearTimeout(timer);
        resolve();
      });
    });
    const response = await fetch(`${server.url}/simulator/messages`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ from, text }),
    });
    await response.text();
    if (response.status !== 202) throw new Error(`the server answered ${response.status}`);
    await answer;
    const now = performance.now();
    if (now >= started && now <= until) answered += 1;
  };
  const writer = async () => {
    while (performance.now() < until) {
      phones += 1;
      const phone = `+519${String(phones).padStart(8, "0")}`;
      for (const text of dialogue) await write(phone, text);
    }
  };
  try {
    await Promise.all(Array.from({ length: writers }, writer));
  } finally {
    await unlisten();
    await server.stop();
  }
  return answered / (forMs / 1000);
}
