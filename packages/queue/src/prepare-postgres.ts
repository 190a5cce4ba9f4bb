import { runMigrations } from "bullmq";
import { Client } from "pg";

/**
 * Creates or updates BullMQ's tables, as the owner, and lets the services' roles use them. They cannot
 * create it themselves: a service's role owns nothing.
 */
export async function prepareQueueTables(ownerUrl: string, roles: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: ownerUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await runMigrations(client, "bullmq");
    for (const role of roles.map((name) => client.escapeIdentifier(name))) {
      await client.query(`grant usage on schema bullmq to ${role}`);
      await client.query(`grant select, insert, update, delete on all tables in schema bullmq to ${role}`);
      await client.query(`grant usage on all sequences in schema bullmq to ${role}`);
      await client.query(`grant execute on all functions in schema bullmq to ${role}`);
    }
  } finally {
    await client.end();
  }
}
