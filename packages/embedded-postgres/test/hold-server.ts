import { startEmbeddedPostgres } from "@minka/embedded-postgres/embedded-postgres";

/** Run as a process of its own, for tests that kill it: starts the server, says its address, and stays. */
const [dataDir] = process.argv.slice(2);
if (dataDir === undefined) throw new Error("usage: hold-server.ts DATA_DIR");
const server = await startEmbeddedPostgres({ dataDir });
process.stdout.write(`${server.ownerUrl}\n`);
setInterval(() => undefined, 60_000);
