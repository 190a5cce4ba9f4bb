import { findRunningServer } from "@minka/embedded-postgres/running-server";
import { startEmbeddedPostgres } from "@minka/embedded-postgres/embedded-postgres";
import { listParked, unpark } from "./unpark.ts";

/** Puts parked events back, with OWNER_DATABASE_URL or on the embedded database of DATA_DIR, running or not. */

const { OWNER_DATABASE_URL, DATA_DIR } = process.env;

async function work(ownerUrl: string): Promise<void> {
  if (process.argv.includes("--list")) {
    for (const { event, subscriber, deliveries, lastError } of await listParked(ownerUrl))
      process.stdout.write(`${event} for ${subscriber}: ${deliveries}, last ${lastError ?? "unknown"}\n`);
    return;
  }
  process.stdout.write(`${await unpark(ownerUrl)} events put back\n`);
}

try {
  const dataDir = DATA_DIR || ".data";
  const running = OWNER_DATABASE_URL || (await findRunningServer(dataDir));
  if (running) await work(running);
  else {
    const server = await startEmbeddedPostgres({ dataDir });
    try {
      await work(server.ownerUrl);
    } finally {
      await server.stop();
    }
  }
} catch (error) {
  process.stderr.write(`Nothing was put back. ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
