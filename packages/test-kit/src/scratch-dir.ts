import { mkdirSync, readdirSync, readFileSync, rmSync, statfsSync } from "node:fs";
import { freemem, tmpdir } from "node:os";
import { join } from "node:path";

const inMemory = "/dev/shm";
const needed = 8 * 1024 ** 3;
const prefix = "minka-tests-";

/**
 * Where a run of tests keeps what it throws away: in memory where Linux offers that and there is plenty of it, since a
 * test makes hundreds of small files (a clone of the database takes 30 ms there, on some disks 700 ms); else among the
 * temporary files. Gone with this process; what killed runs have left goes when the next one begins.
 */
export function scratchDir(): string {
  const places = [inMemory, tmpdir()];
  for (const place of places) removeLeftovers(place);
  const dir = join(hasRoom() ? inMemory : tmpdir(), `${prefix}${process.pid}`);
  // PostgreSQL, which does not run as root, has to pass through it.
  mkdirSync(dir, { recursive: true, mode: 0o711 });
  process.once("exit", () => remove(dir));
  return dir;
}

function hasRoom(): boolean {
  try {
    const mount = readFileSync("/proc/mounts", "utf8")
      .split("\n")
      .find((line) => line.split(" ")[1] === inMemory);
    // PostgreSQL's programs may have to be copied there and run.
    if (!mount || /\b(?:noexec|ro)\b/.test(mount.split(" ")[3] ?? "")) return false;
    const { bavail, bsize } = statfsSync(inMemory);
    return Math.min(bavail * bsize, freemem()) > needed;
  } catch {
    return false;
  }
}

function removeLeftovers(place: string): void {
  for (const name of list(place)) {
    const pid = Number(name.slice(prefix.length));
    if (name.startsWith(prefix) && Number.isInteger(pid) && !isAlive(pid)) remove(join(place, name));
  }
}

function list(place: string): string[] {
  try {
    return readdirSync(place);
  } catch {
    return [];
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is alive as well.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** What cannot be removed is another user's, or still being written by what is just ending. */
function remove(dir: string): void {
  try {
    rmSync(dir, { recursive: true, force: true });
  } catch {}
}
