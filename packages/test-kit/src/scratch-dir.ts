import { readFileSync, statfsSync } from "node:fs";
import { freemem, tmpdir } from "node:os";

const inMemory = "/dev/shm";
const needed = 8 * 1024 ** 3;

/**
 * Where tests keep what they throw away: in memory where Linux offers that and there is plenty of it, since a test makes
 * hundreds of small files (a clone of the database takes 30 ms there, on some disks 700 ms); else among the temporary files.
 */
export function scratchDir(): string {
  try {
    const mount = readFileSync("/proc/mounts", "utf8")
      .split("\n")
      .find((line) => line.split(" ")[1] === inMemory);
    // PostgreSQL's programs may have to be copied there and run.
    if (!mount || /\b(?:noexec|ro)\b/.test(mount.split(" ")[3] ?? "")) return tmpdir();
    const { bavail, bsize } = statfsSync(inMemory);
    return Math.min(bavail * bsize, freemem()) > needed ? inMemory : tmpdir();
  } catch {
    return tmpdir();
  }
}
