import { randomUUID } from "node:crypto";
import type { Nudge } from "@minka/contracts/jobs";
import { openNudgeQueue, type NudgeQueue } from "@minka/queue/queue";
import { startWorker, type RunningWorker } from "@minka/queue/worker";
import { createTestDatabase, type TestDatabase } from "@minka/test-database/test-database";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { backends, nudge, silent, type TestBackend } from "./backends.ts";

for (const { name, start, missing } of backends) {
  describe.skipIf(missing !== null)(
    `work nudged over ${name}${missing === null ? "" : ` (${missing})`}`,
    () => {
      let own: TestBackend;
      const open: NudgeQueue[] = [];
      let database: TestDatabase;
      let sql: postgres.Sql;
      const workers: RunningWorker[] = [];
      beforeAll(async () => {
        own = await start();
        database = await createTestDatabase();
        sql = postgres(database.ownerUrl, { max: 12, onnotice: () => {} });
        await sql`create table work (id uuid primary key, done int not null default 0)`;
      });
      beforeEach(() => sql`truncate work`);
      afterEach(async () => {
        await own.giveBack();
        await Promise.all(workers.splice(0).map((worker) => worker.stop()));
        await Promise.all(open.splice(0).map((queue) => queue.close()));
        await own.empty();
      });
      afterAll(async () => {
        await sql.end();
        await database.drop();
        await own.stop();
      });

      async function work(sweepEveryMs: number | null): Promise<NudgeQueue> {
        const queue = await openNudgeQueue(own.backend, silent);
        open.push(queue);
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
                async run(id) {
                  await sql.begin(async (tx) => {
                    const [mine] = await tx`
                      select from work where id = ${id} and done = 0 for update skip locked`;
                    if (mine) await tx`update work set done = done + 1 where id = ${id}`;
                  });
                },
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
    },
  );
}
