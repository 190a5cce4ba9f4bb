import { randomUUID } from "node:crypto";
import type { Nudge } from "@minka/contracts/jobs";
import type { ServiceName } from "@minka/contracts/service-names";
import { openNudgeQueue, type NudgeQueue } from "@minka/queue/queue";
import { startWorker, type RunningWorker } from "@minka/queue/worker";
import { createTestDatabase, type TestDatabase } from "@minka/test-database/test-database";
import { pino } from "pino";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { hasRedisServer, startPostgresBackend, startRedisBackend, type TestBackend } from "./backends.ts";

const silent = pino({ level: "silent" });
const backends = [
  { name: "PostgreSQL", start: startPostgresBackend, missing: null },
  {
    name: "Redis",
    start: startRedisBackend,
    missing: hasRedisServer() ? null : "redis-server is not installed here",
  },
];

function nudge(service: ServiceName, id: string = randomUUID(), job = "handle-delivery"): Nudge {
  return { service, job, id, trace: `trace-${id}` };
}

for (const { name, start, missing } of backends) {
  describe.skipIf(missing !== null)(`nudges over ${name}${missing === null ? "" : ` (${missing})`}`, () => {
    let own: TestBackend;
    const open: NudgeQueue[] = [];
    beforeAll(async () => {
      own = await start();
    });
    afterAll(() => own.stop());
    afterEach(async () => {
      await own.giveBack();
      await Promise.all(open.splice(0).map((queue) => queue.close()));
      await own.empty();
    });

    async function openQueue(): Promise<NudgeQueue> {
      const queue = await openNudgeQueue(own.backend, silent);
      open.push(queue);
      return queue;
    }

    /** What arrives for a service, batch by batch. */
    async function listen(queue: NudgeQueue, service: ServiceName): Promise<Nudge[][]> {
      const batches: Nudge[][] = [];
      await queue.receive(service, async (nudges) => {
        batches.push(nudges);
      });
      return batches;
    }

    const arrived = (batches: Nudge[][], id: string) => batches.flat().filter((each) => each.id === id).length;

    /** Sends probes until one gets through: the backend is back for this queue. */
    async function untilWorkingAgain(queue: NudgeQueue, batches: Nudge[][], service: ServiceName): Promise<void> {
      await vi.waitFor(
        () => {
          const probe = nudge(service);
          queue.send([probe]);
          return vi.waitFor(() => expect(arrived(batches, probe.id)).toBe(1), { timeout: 500, interval: 10 });
        },
        { timeout: 20_000, interval: 50 },
      );
    }

    async function timeToClose(queue: NudgeQueue): Promise<number> {
      const began = performance.now();
      await queue.close();
      return performance.now() - began;
    }

    test("a nudge arrives once, whole, at the service it is for", async () => {
      const queue = await openQueue();
      const forMatching = await listen(queue, "matching");
      const forNotifications = await listen(queue, "notifications");
      const sent = [nudge("matching"), nudge("notifications"), nudge("matching")];
      queue.send(sent);
      await vi.waitFor(async () => {
        expect([...forMatching, ...forNotifications].flat()).toHaveLength(3);
        expect(await queue.isIdle()).toBe(true);
      });
      expect(forMatching.flat()).toEqual([sent[0], sent[2]]);
      expect(forNotifications.flat()).toEqual([sent[1]]);
    });

    test("the same row nudged twice arrives twice", async () => {
      const queue = await openQueue();
      const batches = await listen(queue, "matching");
      const again = nudge("matching");
      queue.send([again]);
      await vi.waitFor(() => expect(arrived(batches, again.id)).toBe(1));
      queue.send([again]);
      await vi.waitFor(() => expect(arrived(batches, again.id)).toBe(2));
    });

    test("a thousand nudges of one moment travel together", async () => {
      const queue = await openQueue();
      const batches = await listen(queue, "matching");
      for (let index = 0; index < 1_000; index += 1) queue.send([nudge("matching")]);
      await vi.waitFor(() => expect(batches.flat()).toHaveLength(1_000), { timeout: 10_000 });
      expect(batches.length).toBeLessThanOrEqual(2);
    });

    test("a batch whose handling throws does not come again", async () => {
      const queue = await openQueue();
      const bad = nudge("matching");
      const seen: string[] = [];
      await queue.receive("matching", async (nudges) => {
        seen.push(...nudges.map(({ id }) => id));
        if (nudges.some(({ id }) => id === bad.id)) throw new Error("broken");
      });
      queue.send([bad]);
      await vi.waitFor(async () => {
        expect(seen).toContain(bad.id);
        expect(await queue.isIdle()).toBe(true);
      });
      const later = nudge("matching");
      queue.send([later]);
      await vi.waitFor(() => expect(seen).toContain(later.id));
      expect(seen).toEqual([bad.id, later.id]);
    });

    test("it is idle only when nothing is gathered, waiting or being handled", async () => {
      const queue = await openQueue();
      const { promise: released, resolve: release } = Promise.withResolvers<void>();
      let handling = false;
      await queue.receive("matching", async () => {
        handling = true;
        await released;
      });
      expect(await queue.isIdle()).toBe(true);
      queue.send([nudge("matching")]);
      expect(await queue.isIdle()).toBe(false);
      await vi.waitFor(() => expect(handling).toBe(true));
      expect(await queue.isIdle()).toBe(false);
      release();
      await vi.waitFor(async () => expect(await queue.isIdle()).toBe(true));
    });

    test("emptied behind its back, it goes on with what is sent next", async () => {
      const queue = await openQueue();
      const batches = await listen(queue, "matching");
      queue.send([nudge("matching")]);
      await vi.waitFor(() => expect(batches).toHaveLength(1));
      await own.empty();
      await untilWorkingAgain(queue, batches, "matching");
      await vi.waitFor(async () => expect(await queue.isIdle()).toBe(true));
    });

    test("emptied while a batch is handled, it goes on", async () => {
      const queue = await openQueue();
      const { promise: released, resolve: release } = Promise.withResolvers<void>();
      const batches: Nudge[][] = [];
      await queue.receive("matching", async (nudges) => {
        batches.push(nudges);
        if (batches.length === 1) await released;
      });
      queue.send([nudge("matching")]);
      await vi.waitFor(() => expect(batches).toHaveLength(1));
      await own.empty();
      release();
      await untilWorkingAgain(queue, batches, "matching");
    });

    test("while it is away sending neither throws nor waits, and afterwards the receiver recovers", async () => {
      const queue = await openQueue();
      const batches = await listen(queue, "matching");
      queue.send([nudge("matching")]);
      await vi.waitFor(() => expect(batches).toHaveLength(1));
      await own.takeAway();
      const began = performance.now();
      for (let index = 0; index < 1_000; index += 1) queue.send([nudge("matching"), nudge("catalog")]);
      expect(performance.now() - began).toBeLessThan(100);
      await expect(queue.ping()).rejects.toThrow();
      await own.giveBack();
      await untilWorkingAgain(queue, batches, "matching");
      await queue.ping();
    });

    test("a service first nudged during an outage is nudged after it", async () => {
      const queue = await openQueue();
      const elsewhere = await openQueue();
      const batches = await listen(elsewhere, "catalog");
      await own.takeAway();
      queue.send([nudge("catalog")]);
      await expect(queue.ping()).rejects.toThrow();
      await own.giveBack();
      await untilWorkingAgain(queue, batches, "catalog");
    });

    test("while it hangs sending neither throws nor waits, and afterwards the receiver recovers", async () => {
      const queue = await openQueue();
      const batches = await listen(queue, "matching");
      own.hang();
      const began = performance.now();
      for (let index = 0; index < 1_000; index += 1) queue.send([nudge("matching")]);
      expect(performance.now() - began).toBeLessThan(100);
      await expect(queue.ping()).rejects.toThrow();
      await own.giveBack();
      await untilWorkingAgain(queue, batches, "matching");
    }, 40_000);

    test.each<[string, () => Promise<void> | void]>([
      ["works", () => {}],
      ["was emptied", () => own.empty()],
      ["is away", () => own.takeAway()],
      ["hangs", () => own.hang()],
    ])("it closes within two seconds while the backend %s", async (_state, disturb) => {
      const queue = await openQueue();
      await listen(queue, "matching");
      await listen(queue, "notifications");
      await disturb();
      queue.send([nudge("matching")]);
      expect(await timeToClose(queue)).toBeLessThan(2_000);
    });

    test("it closes within two seconds although a handler never ends", async () => {
      const queue = await openQueue();
      let handling = false;
      await queue.receive("matching", () => {
        handling = true;
        return new Promise(() => {});
      });
      queue.send([nudge("matching")]);
      await vi.waitFor(() => expect(handling).toBe(true));
      expect(await timeToClose(queue)).toBeLessThan(2_000);
    });

    test("closing lets a handler finish that is about to", async () => {
      const queue = await openQueue();
      const { promise: released, resolve: release } = Promise.withResolvers<void>();
      let state = "";
      await queue.receive("matching", async () => {
        state = "handling";
        await released;
        state = "handled";
      });
      queue.send([nudge("matching")]);
      await vi.waitFor(() => expect(state).toBe("handling"));
      const closed = queue.close();
      release();
      await closed;
      expect(state).toBe("handled");
    });

    describe("with rows to work on", () => {
      let database: TestDatabase;
      let sql: postgres.Sql;
      const workers: RunningWorker[] = [];
      beforeAll(async () => {
        database = await createTestDatabase();
        sql = postgres(database.ownerUrl, { max: 12, onnotice: () => {} });
        await sql`create table work (id uuid primary key, done int not null default 0)`;
      });
      beforeEach(() => sql`truncate work`);
      afterEach(async () => {
        await Promise.all(workers.splice(0).map((worker) => worker.stop()));
      });
      afterAll(async () => {
        await sql.end();
        await database.drop();
      });

      async function work(sweepEveryMs: number | null): Promise<NudgeQueue> {
        const queue = await openQueue();
        workers.push(
          await startWorker({
            service: "matching",
            queue,
            log: silent,
            sweepEveryMs,
            jobs: {
              "match-request": {
                due: (limit) =>
                  sql<{ id: string; trace: string }[]>`
                    select id, 'swept' as trace from work where done = 0 limit ${limit}`,
                run: (id) =>
                  sql.begin(async (tx) => {
                    const [mine] = await tx`
                      select from work where id = ${id} and done = 0 for update skip locked`;
                    if (mine) await tx`update work set done = done + 1 where id = ${id}`;
                  }) as Promise<void>,
              },
            },
          }),
        );
        return queue;
      }

      async function addRows(count: number): Promise<Nudge[]> {
        const rows = Array.from({ length: count }, () => ({ id: randomUUID() }));
        await sql`insert into work ${sql(rows)}`;
        return rows.map(({ id }) => nudge("matching", id, "match-request"));
      }

      const states = async () =>
        sql<{ done: number; rows: number }[]>`select done, count(*)::int as rows from work group by done`;

      test("two workers, nudged twice and sweeping, do every row once", async () => {
        const queue = await work(20);
        await work(20);
        const nudges = await addRows(300);
        for (const each of nudges) queue.send([each]);
        queue.send(nudges);
        await vi.waitFor(async () => expect(await states()).toEqual([{ done: 1, rows: 300 }]), 15_000);
        await vi.waitFor(async () => expect(await queue.isIdle()).toBe(true), 10_000);
        expect(await states()).toEqual([{ done: 1, rows: 300 }]);
      });

      test("while it is away the sweep does the work", async () => {
        const queue = await work(50);
        await own.takeAway();
        queue.send(await addRows(20));
        await vi.waitFor(async () => expect(await states()).toEqual([{ done: 1, rows: 20 }]), 10_000);
      });

      test("while it hangs the sweep does the work", async () => {
        const queue = await work(50);
        own.hang();
        queue.send(await addRows(20));
        await vi.waitFor(async () => expect(await states()).toEqual([{ done: 1, rows: 20 }]), 10_000);
      });
    });
  });
}

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
      });
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

test.skipIf(!hasRedisServer())("a Redis that is away at the start is waited for in the background", async () => {
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
});
