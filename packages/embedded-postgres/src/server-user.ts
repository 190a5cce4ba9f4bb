import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, statSync } from "node:fs";
import { dirname } from "node:path";

export type ServerUser = { readonly uid: number; readonly gid: number };

/**
 * PostgreSQL refuses to run as root. For root this finds (or creates) the user to run it as; anyone else runs it
 * as themselves, which `undefined` stands for.
 */
export function findServerUser(clusterDir: string, log: (line: string) => void): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  // An existing cluster can only be run by its owner, whatever users have appeared since it was made.
  if (existsSync(clusterDir)) {
    const { uid, gid } = statSync(clusterDir);
    if (uid !== 0) return { uid, gid };
  }
  return lookUpUser("postgres") ?? lookUpUser("_postgres") ?? createUser(log) ?? lookUpUser("nobody");
}

/** Lets `user` walk down to `path`: adds only the permission to pass, never to list or read. */
export function makePassable(path: string, user: ServerUser | undefined, log: (line: string) => void): void {
  if (user === undefined) return;
  for (let folder = path; ; folder = dirname(folder)) {
    const { mode, uid, gid } = statSync(folder);
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) {
      chmodSync(folder, (mode & 0o7777) | bit);
      log(`PostgreSQL does not run as root: its user may now pass through ${folder}`);
    }
    if (dirname(folder) === folder) return;
  }
}

function lookUpUser(name: string): ServerUser | undefined {
  try {
    const ask = (flag: string): number =>
      Number(execFileSync("id", [flag, name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
    return { uid: ask("-u"), gid: ask("-g") };
  } catch {
    return undefined;
  }
}

function createUser(log: (line: string) => void): ServerUser | undefined {
  try {
    const options = ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin"];
    execFileSync("useradd", [...options, "postgres"], { stdio: "ignore" });
    log("PostgreSQL does not run as root: created the system user postgres");
  } catch {
    // No useradd, or two processes at once: the look-up tells.
  }
  return lookUpUser("postgres");
}
