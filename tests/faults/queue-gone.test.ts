import { Redis } from "ioredis";
import { createTestDatabase, type TestDatabase } from "@minka/test-kit/test-database";
import postgres from "postgres";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { forkPlatform, type ForkedPlatform } from "../support/forked-platform.ts";
import { hasRedisServer, startRedisServer } from "../support/redis-server.ts";
import { until } from "../support/until.ts";

let database: TestDatabase;
let owner: postgres.Sql;
let platform: ForkedPlatform | undefined;

beforeEach(async () => {
  database = await createTestDatabase();
  owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
});
afterEach(async () => {
  await platform?.kill();
  await owner.end();
  await database.drop();
});

const phoneOf = (index: number) => `+519066${String(index).padStart(5, "0")}`;

async function write(from: string): Promise<void> {
  if (!platform) throw new Error("nothing runs");
  const answer = await fetch(`${platform.url}/simulator/messages`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ from, text: "ayuda" }),
  });
  expect(answer.status).toBe(202);
}

/** Everybody has an answer, and nobody has two. */
async function expectOneAnswerEach(count: number): Promise<void> {
  const rows = async () => owner<{ phone: string; answers: number }[]>`
    select phone, count(*)::int as answers from notifications.simulator_messages group by phone`;
  await until(async () => ((await rows()).length >= count ? true : undefined), {
    what: "everything is answered",
    withinMs: 40_000,
  });
  expect((await rows()).filter(({ answers }) => answers !== 1)).toEqual([]);
}

describe.skipIf(!hasRedisServer())("with the queue on Redis", () => {
  test("Redis killed in the middle of the work: every message is answered, and once", async () => {
    const redis = await startRedisServer();
    platform = await forkPlatform(database, { REDIS_URL: redis.url });
    const first = Array.from({ length: 60 }, (_, index) => write(phoneOf(index)));
    await Promise.all(first.slice(0, 20));
    await redis.stop();
    await Promise.all(first);
    await write(phoneOf(60));
    await expectOneAnswerEach(61);
  }, 90_000);

  test("everything in Redis deleted in the middle of the work: every message is answered, and once", async () => {
    const redis = await startRedisServer();
    const client = new Redis(redis.url);
    try {
      platform = await forkPlatform(database, { REDIS_URL: redis.url });
      const all = Array.from({ length: 60 }, (_, index) => write(phoneOf(index)));
      await Promise.all(all.slice(0, 20));
      await client.flushall();
      await Promise.all(all);
      await client.flushall();
      await write(phoneOf(60));
      await expectOneAnswerEach(61);
    } finally {
      client.disconnect();
      await redis.stop();
    }
  }, 90_000);
});

test("with the queue on Postgres, every job deleted in the middle of the work: every message is answered, and once", async () => {
  platform = await forkPlatform(database, {});
  const all = Array.from({ length: 60 }, (_, index) => write(phoneOf(index)));
  await Promise.all(all.slice(0, 20));
  const tables = await owner<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname = 'bullmq' and tablename like '%job%'`;
  for (const { name } of tables) await owner.unsafe(`delete from bullmq."${name}"`);
  await Promise.all(all);
  await write(phoneOf(60));
  await expectOneAnswerEach(61);
}, 90_000);
