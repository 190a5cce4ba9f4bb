import { realpath } from "node:fs/promises";
import { join, resolve } from "node:path";
import { ownerRole, readOwnerPassword } from "./cluster.ts";
import { applicationDatabase } from "./embedded-postgres.ts";
import { loopback } from "./port.ts";
import { findPostmaster } from "./postmaster.ts";

/**
 * The owner's address of the server that another process runs on this data directory; null when none runs.
 * Throws `EmbeddedPostgresError` when the cluster's password cannot be read.
 */
export async function findRunningServer(path: string): Promise<string | null> {
  const dataDir = await realpath(resolve(path)).catch(() => null);
  if (dataDir === null) return null;
  const dir = join(dataDir, "postgres");
  const postmaster = findPostmaster(dir);
  if (!postmaster) return null;
  const password = encodeURIComponent(await readOwnerPassword(dir));
  return `postgres://${ownerRole}:${password}@${loopback}:${postmaster.port}/${applicationDatabase}`;
}
