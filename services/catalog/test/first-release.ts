import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { connectDatabase, type Database } from "@minka/database/connect";
import { migrateService } from "@minka/database/migrate";
import { provisionDatabase } from "@minka/database/provision";
import { createTestDatabase, testPassword, type TestDatabase } from "@minka/test-kit/test-database";

const migrations = new URL("../migrations/", import.meta.url);

export type FirstRelease = {
  readonly database: TestDatabase;
  /** As the owner. */
  readonly db: Database;
  /** Brings it to what the catalog is now. */
  upgrade(): Promise<void>;
  drop(): Promise<void>;
};

/** A database as the first release made it, empty. */
export async function createFirstRelease(): Promise<FirstRelease> {
  const database = await createTestDatabase();
  const db = connectDatabase({ url: database.ownerUrl, name: "first-release", maxConnections: 1 });
  await db.sql.unsafe("drop schema catalog cascade; drop table drizzle.migrations_catalog");
  await provisionDatabase(database.ownerUrl, { services: ["catalog"], password: () => testPassword });
  const first = await mkdtemp(join(tmpdir(), "minka-first-"));
  await cp(migrations, first, { recursive: true });
  const journal = join(first, "meta", "_journal.json");
  const { entries, ...rest } = JSON.parse(await readFile(journal, "utf8"));
  await writeFile(journal, JSON.stringify({ ...rest, entries: entries.slice(0, 1) }));
  await migrateService(database.ownerUrl, "catalog", pathToFileURL(`${first}/`));
  await rm(first, { recursive: true });
  return {
    database,
    db,
    upgrade: () => migrateService(database.ownerUrl, "catalog", migrations),
    async drop() {
      await db.close();
      await database.drop();
    },
  };
}
