import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { allServices } from "@minka/platform";
import { loadDemoData } from "@minka/platform/demo";
import { createTestDatabase, type TestDatabase } from "@minka/test-kit/test-database";
import { runForTest, type TestRun } from "@minka/test-kit/run-for-test";
import { simulatedPhone, type SimulatedPhone } from "./simulated-phone.ts";

export type TestPlatform = TestRun & { phone(number: string): SimulatedPhone };

/** A database that is given has in it what its giver wants. */
type Options = Parameters<typeof runForTest>[1] & { seeded?: boolean };

/** Tests move the clock by weeks; only those of freshness want providers to be asked whether their offers hold. */
const unasked = {
  OFFER_ASK_AFTER_DAYS: "3000",
  OFFER_SINK_AFTER_DAYS: "3100",
  OFFER_HIDE_AFTER_DAYS: "3200",
};

/** All services in this process with demo data, a clock that stands still, and phones to write with. */
export async function startTestPlatform(options: Options = {}): Promise<TestPlatform> {
  const dataDir = await mkdtemp(join(tmpdir(), "minka-platform-"));
  const seeded = options.seeded ?? true;
  const database = options.database ?? (await (seeded ? createDemoDatabase() : createTestDatabase()));
  const environment = {
    DATA_DIR: dataDir,
    SIMULATOR_PUBLIC: "true",
    ...unasked,
    ...options.environment,
  };
  const run = await runForTest(allServices, { ...options, database, environment });
  return {
    ...run,
    phone: (number) => simulatedPhone(run.app, number),
    async stop() {
      await run.stop();
      if (!options.database) await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

let demo: Promise<TestDatabase> | undefined;

/** A database of the test's own with the demo in it, which a process of tests loads once and clones. */
export async function createDemoDatabase(): Promise<TestDatabase> {
  demo ??= createTestDatabase().then(async (database) => {
    await loadDemoData({ size: "demo", databaseUrl: database.url, progress: () => {} });
    return database;
  });
  return createTestDatabase({ from: await demo });
}
