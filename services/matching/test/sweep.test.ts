import { createTestClock } from "@minka/test-kit/test-clock";
import { createTestDatabase } from "@minka/test-kit/test-database";
import { connectDatabase } from "@minka/database/connect";
import { expect, test } from "vitest";
import { candidate } from "./fake-catalog.ts";
import { ranked, startMatching } from "./matching-run.ts";

test("with every nudge lost, the sweep alone brings a request through search, silence and outcome", async () => {
  const database = await createTestDatabase();
  const clock = createTestClock();
  const owner = connectDatabase({ url: database.ownerUrl, name: "test-owner", maxConnections: 1 });
  const loseNudges = async () => {
    const tables = await owner.sql<{ name: string }[]>`
      select table_name as name from information_schema.tables
      where table_schema = 'bullmq' and table_type = 'BASE TABLE' and table_name not like '%migration%'`;
    for (const { name } of tables) await owner.sql`truncate table bullmq.${owner.sql(name)} cascade`;
  };
  // An API process takes the commands and has no worker; then the queue loses all it was given.
  const commands = async <Result>(
    work: (api: Awaited<ReturnType<typeof startMatching>>) => Promise<Result>,
  ) => {
    const api = await startMatching({ database, clock, role: "api" });
    const result = await work(api);
    await api.stop();
    await loseNudges();
    return result;
  };
  const sweep = async () => {
    const run = await startMatching({ database, clock });
    run.catalog.near = [candidate({ distanceKm: 1 }), candidate({ distanceKm: 30 })];
    await run.settle();
    await run.stop();
  };

  const requestId = await commands((api) => api.open());
  await sweep();
  const listed = await commands((api) => api.read(requestId));
  expect(listed.state).toBe("listed");

  await commands((api) => api.choose(ranked(listed, 1).id));
  clock.advance({ hours: 23 });
  await sweep();
  const asking = await commands((api) => api.read(requestId));
  expect(asking.matches.map(({ state }) => state)).toEqual(["silent", "asked"]);

  await commands((api) => api.accept(ranked(listed, 2).id));
  clock.advance({ days: 4 });
  await sweep();
  const told = await commands((api) => api.told(requestId));
  expect(told.at(-1)?.event).toBe("engagement.outcome-due");
  await owner.close();
  await database.drop();
});
