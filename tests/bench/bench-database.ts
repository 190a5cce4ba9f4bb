import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ServiceName } from "@minka/contracts/service-names";
import { startEmbeddedPostgres } from "@minka/embedded-postgres/embedded-postgres";
import { allServices } from "@minka/platform";
import { prepareDatabase } from "@minka/platform/prepare-database";

const password = "bench-password";

/** A migrated database that keeps what it commits (fsync on), as in production. */
export async function createBenchDatabase() {
  const dataDir = await mkdtemp(join(tmpdir(), "minka-bench-"));
  const postgres = await startEmbeddedPostgres({ dataDir });
  await prepareDatabase(postgres.ownerUrl, allServices, () => password);
  return {
    dataDir,
    ownerUrl: postgres.ownerUrl,
    url: (service: ServiceName) => postgres.url(service, password),
    async drop() {
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
export type BenchDatabase = Awaited<ReturnType<typeof createBenchDatabase>>;
