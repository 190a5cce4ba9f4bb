import { fileURLToPath } from "node:url";
import type { ServiceName } from "@minka/contracts/service-names";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";

const migrationLock = 7_461_002;

/**
 * Brings one service's schema up to date, as the owner. Each service has a migrations table of its own:
 * with the library's shared one, a service whose files are older than another's is skipped silently. An
 * advisory lock keeps several starting processes from migrating at once.
 */
export async function migrateService(ownerUrl: string, service: ServiceName, migrations: URL): Promise<void> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {}, connect_timeout: 10 });
  try {
    await sql`select pg_advisory_lock(${migrationLock})`;
    await migrate(drizzle(sql), {
      migrationsFolder: fileURLToPath(migrations),
      migrationsTable: `migrations_${service}`,
    });
  } finally {
    await sql.end();
  }
}
