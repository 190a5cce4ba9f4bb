import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { signServiceToken } from "@minka/auth/authentication";
import type { ServiceName } from "@minka/contracts/service-names";
import { createLog } from "@minka/http/log";
import { createCaller, injectTransport, type Caller } from "@minka/http/caller";
import type { ServiceDefinition } from "@minka/service/define-service";
import { runServices, type RunOptions, type RunningServices } from "@minka/service/run-services";
import { createTestClock, type TestClock } from "./test-clock.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.ts";

export type TestRun = RunningServices & {
  readonly clock: TestClock;
  readonly database: TestDatabase;
  /** Calls endpoints as if another service did. */
  callAs(service: ServiceName): Caller;
  stop(): Promise<void>;
};

export const testServiceSecret = "a-secret-that-only-tests-share-with-each-other";

/**
 * Runs services on a database of their own, with a clock that the test moves and no sweep but `settle`'s.
 * A neighbour that a test wants to answer for is just another definition with the neighbour's name.
 */
export async function runForTest(
  services: readonly ServiceDefinition[],
  options: Partial<
    Pick<RunOptions, "environment" | "queue" | "role" | "peers" | "sweepEveryMs" | "log" | "rateLimits">
  > & {
    clock?: TestClock;
    database?: TestDatabase;
  } = {},
): Promise<TestRun> {
  const { clock = createTestClock(), database = await createTestDatabase() } = options;
  const journal = join(tmpdir(), `minka-journal-${randomUUID()}`);
  const running = await runServices({
    services,
    role: options.role ?? "all",
    databaseUrl: (service) => database.url(service),
    queue: options.queue ?? { postgresUrl: database.url("notifications") },
    peers: options.peers ?? {},
    serviceSecret: testServiceSecret,
    environment: { SMS_JOURNAL_DIR: journal, ...options.environment },
    clock,
    ...(options.rateLimits ? { rateLimits: options.rateLimits } : {}),
    log: options.log ?? createLog({ level: process.env["TEST_LOG_LEVEL"] ?? "error", service: "test" }),
    maxConnections: 5,
    sweepEveryMs: options.sweepEveryMs ?? null,
  });
  return {
    ...running,
    clock,
    database,
    callAs: (service) =>
      createCaller(
        () => injectTransport(() => running.app),
        () => signServiceToken(running.app, service),
      ),
    async stop() {
      await running.stop();
      await rm(journal, { recursive: true, force: true });
      if (!options.database) await database.drop();
    },
  };
}
