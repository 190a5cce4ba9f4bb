import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chown, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { serverEnvironment } from "./binaries.ts";
import type { Binaries } from "./binaries.ts";
import { EmbeddedPostgresError, errorMessage } from "./errors.ts";
import { processExists } from "./postmaster.ts";
import type { ServerUser } from "./server-user.ts";

const majorVersion = "18";
const passwordFile = "owner-password";
const unfinishedPrefix = "postgres.new-";
const unfinishedIsAbandonedAfterMs = 10 * 60 * 1000;

/** The superuser and owner of every schema in the embedded server. */
export const ownerRole = "minka_owner";

export type Cluster = {
  /** PostgreSQL's own data directory, an absolute path without symbolic links. */
  readonly dir: string;
  readonly binaries: Binaries;
  readonly user: ServerUser | undefined;
  readonly ownerPassword: string;
};

/**
 * Makes sure that a finished cluster lies in `dir`, and reads its owner's password.
 *
 * The cluster is made beside its place and renamed into it, so a process killed half-way leaves no broken cluster,
 * and of two processes at once the later finds the earlier's.
 */
export async function prepareCluster(place: {
  dataDir: string;
  dir: string;
  binaries: Binaries;
  user: ServerUser | undefined;
  durable: boolean;
}): Promise<Cluster> {
  const { dir, binaries, user } = place;
  if (!(await isCluster(dir))) await createCluster(place);
  return { dir, binaries, user, ownerPassword: await readOwnerPassword(dir) };
}

export async function readOwnerPassword(clusterDir: string): Promise<string> {
  const file = join(clusterDir, passwordFile);
  const password = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new EmbeddedPostgresError("unusable-data-dir", `cannot read ${file}`, { cause });
  });
  return password.trim();
}

/** Deletes what killed processes left half-made; what a live process is making stays. */
export async function removeUnfinishedClusters(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    if (!name.startsWith(unfinishedPrefix)) continue;
    const path = join(dataDir, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: 0 }));
    const maker = Number.parseInt(name.slice(unfinishedPrefix.length), 10);
    const abandoned = Date.now() - mtimeMs > unfinishedIsAbandonedAfterMs;
    if (maker !== process.pid && (abandoned || !processExists(maker))) await removeFolder(path);
  }
}

async function isCluster(dir: string): Promise<boolean> {
  const version = await readFile(join(dir, "PG_VERSION"), "utf8").catch(() => undefined);
  if (version?.trim() === majorVersion) return true;
  if (version !== undefined) {
    const message = `${dir} was written by PostgreSQL ${version.trim()}; these programs are version ${majorVersion}`;
    throw new EmbeddedPostgresError("unusable-data-dir", message);
  }
  const files = await readdir(dir).catch((): string[] => []);
  // A cluster renamed into place between the two looks is a cluster.
  if (files.length === 0 || files.includes("PG_VERSION")) return files.length > 0;
  throw new EmbeddedPostgresError(
    "unusable-data-dir",
    `${dir} holds files that are not a PostgreSQL cluster`,
  );
}

async function createCluster(place: {
  dataDir: string;
  dir: string;
  binaries: Binaries;
  user: ServerUser | undefined;
  durable: boolean;
}): Promise<void> {
  const { dataDir, dir, binaries, user, durable } = place;
  const work = await mkdtemp(join(dataDir, `${unfinishedPrefix}${process.pid}-`));
  const made = join(work, "cluster");
  const password = join(work, passwordFile);
  try {
    await mkdir(made, { mode: 0o700 });
    await writeFile(password, `${randomBytes(24).toString("base64url")}\n`, { mode: 0o600 });
    if (user !== undefined) for (const path of [work, made, password]) await chown(path, user.uid, user.gid);

    const options = ["--pgdata", made, "--username", ownerRole, "--pwfile", password, "--auth=scram-sha-256"];
    // The built-in locale sorts and folds alike on every machine.
    options.push("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8");
    if (!durable) options.push("--no-sync");
    await promisify(execFile)(binaries.initdb, options, { ...user, cwd: "/", env: serverEnvironment });

    await rename(password, join(made, passwordFile));
    await rename(made, dir).catch(async (cause: unknown) => {
      if (!(await isCluster(dir))) throw cause;
    });
  } catch (cause) {
    if (cause instanceof EmbeddedPostgresError) throw cause;
    // The message of a failed program holds all that it wrote.
    const lines = errorMessage(cause).trim().split("\n");
    const reason = lines.findLast((line) => /error|fatal/i.test(line)) ?? lines.at(-1);
    throw new EmbeddedPostgresError("start-failed", `the database could not be created: ${reason}`, {
      cause,
    });
  } finally {
    await removeFolder(work);
  }
}

/** An orphaned initdb may still be writing into it for a moment; what stays is removed at the next start. */
async function removeFolder(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 }).catch(() => undefined);
}
