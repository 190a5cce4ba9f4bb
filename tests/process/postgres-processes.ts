import { readdirSync, readlinkSync, realpathSync } from "node:fs";
import { join } from "node:path";

/** The processes of the PostgreSQL that serves a data folder: its server and that one's children live in it. */
export function postgresProcesses(dataDir: string): number[] {
  const home = join(realpathSync(dataDir), "postgres");
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 0 && cwdOf(pid) === home);
}

function cwdOf(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
}

/** Stops them as a machine that no longer answers would, or lets them go on. */
export function signalPostgres(dataDir: string, signal: "SIGSTOP" | "SIGCONT"): void {
  for (const pid of postgresProcesses(dataDir)) process.kill(pid, signal);
}
