import type { Nudge } from "@minka/contracts/jobs";
import type { ServiceName } from "@minka/contracts/service-names";
import { connectDatabase, type Database } from "@minka/database/connect";
import { createTestDatabase } from "@minka/test-database/test-database";
import postgres from "postgres";
import { onTestFinished } from "vitest";

/** A database of the test's own, seen by its owner and by services with their real roles. */
export async function openTestDatabase() {
  const own = await createTestDatabase();
  const owner = postgres(own.ownerUrl, { max: 2, onnotice: () => {} });
  const opened: Database[] = [];
  const nudged: Nudge[] = [];
  onTestFinished(async () => {
    await Promise.all(opened.map((database) => database.close()));
    await owner.end();
    await own.drop();
  });
  return {
    owner,
    nudged,
    as(service: ServiceName): Database {
      const database = connectDatabase({
        url: own.url(service),
        name: service,
        maxConnections: 4,
        onCommitted: (nudges) => nudged.push(...nudges),
      });
      opened.push(database);
      return database;
    },
  };
}
