import { openNudgeQueue } from "@minka/queue/queue";
import { createTestDatabase } from "@minka/test-database/test-database";
import postgres from "postgres";
import { describe, expect, test, vi } from "vitest";
import { hasRedisServer, nudge, silent, startRedisBackend } from "./backends.ts";

describe("on PostgreSQL", () => {
  test("a service's own role is enough, and may create nothing", async () => {
    const database = await createTestDatabase();
    const asService = postgres(database.url("catalog"), { max: 1, onnotice: () => {} });
    const queue = await openNudgeQueue({ postgresUrl: database.url("catalog") }, silent);
    try {
      await expect(asService`create table bullmq.mine (id int)`).rejects.toThrow("permission denied");
      await expect(asService`create sequence bullmq.mine`).rejects.toThrow("permission denied");
      const ids: string[] = [];
      await queue.receive("catalog", async (nudges) => {
        ids.push(...nudges.map(({ id }) => id));
      });
      const one = nudge("catalog");
      queue.send([one]);
      await vi.waitFor(async () => {
        expect(ids).toEqual([one.id]);
        expect(await queue.isIdle()).toBe(true);
      }, 20_000);
    } finally {
      await queue.close();
      await asService.end();
      await database.drop();
    }
  });

  test("connections that the administrator ends are replaced", async () => {
    const database = await createTestDatabase();
    const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
    const queue = await openNudgeQueue({ postgresUrl: database.url("catalog") }, silent);
    try {
      const ids: string[] = [];
      await queue.receive("catalog", async (nudges) => {
        ids.push(...nudges.map(({ id }) => id));
      });
      await owner`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and usename = 'catalog'`;
      await vi.waitFor(() => {
        const one = nudge("catalog");
        queue.send([one]);
        return vi.waitFor(() => expect(ids).toContain(one.id), { timeout: 500, interval: 10 });
      }, 10_000);
    } finally {
      await queue.close();
      await owner.end();
      await database.drop();
    }
  });
});

test.skipIf(!hasRedisServer())(
  "a Redis that is away at the start is waited for in the background",
  async () => {
    const own = await startRedisBackend();
    await own.takeAway();
    const queue = await openNudgeQueue(own.backend, silent);
    try {
      const ids: string[] = [];
      await queue.receive("catalog", async (nudges) => {
        ids.push(...nudges.map(({ id }) => id));
      });
      await own.giveBack();
      await vi.waitFor(() => {
        const one = nudge("catalog");
        queue.send([one]);
        return vi.waitFor(() => expect(ids).toContain(one.id), { timeout: 500, interval: 10 });
      }, 15_000);
    } finally {
      await queue.close();
      await own.stop();
    }
  },
);
