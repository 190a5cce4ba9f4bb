import { execFileSync, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import {
  closeSync,
  fchownSync,
  openSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { serverEnvironment } from "./binaries.ts";
import type { Cluster } from "./cluster.ts";
import { errorCode } from "./errors.ts";
import type { ServerUser } from "./server-user.ts";

/** The process that owns the cluster; its children come and go. */
export type Postmaster = { readonly pid: number; readonly port: number };

const logFile = "server.log";
const logKeptBytes = 10 * 1024 * 1024;
const pollMs = 20;

/** Shutdown in three steps that together stay under three seconds; the last two cost a recovery at the next start. */
const shutdownSteps = [
  { signal: "SIGINT", patienceMs: 2000 },
  { signal: "SIGQUIT", patienceMs: 600 },
  { signal: "SIGKILL", patienceMs: 300 },
] as const;

/** The live server of this cluster, whoever started it; a stale `postmaster.pid` is no server. */
export function findPostmaster(clusterDir: string): Postmaster | undefined {
  let lines: string[];
  try {
    lines = readFileSync(join(clusterDir, "postmaster.pid"), "utf8").split("\n");
  } catch {
    return undefined;
  }
  const pid = Math.abs(Number(lines[0]));
  const port = Number(lines[3]);
  return pid > 0 && port > 0 && servesCluster(pid, clusterDir) ? { pid, port } : undefined;
}

export function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === "EPERM";
  }
}

/** Starts the server in a session of its own, so that a Ctrl-C for Node does not reach it. */
export function spawnPostmaster(cluster: Cluster, port: number, durable: boolean): ChildProcess {
  removeMisleadingPidFile(cluster.dir);
  const log = openLog(cluster.dir, cluster.user);
  try {
    const args = ["-D", cluster.dir, ...settings(port, durable).flatMap((setting) => ["-c", setting])];
    const child = spawn(cluster.binaries.postgres, args, {
      ...cluster.user,
      cwd: "/",
      env: serverEnvironment,
      detached: true,
      stdio: ["ignore", log, log],
    });
    // A failure to spawn shows as an exit; without a listener it would end Node.
    child.on("error", () => undefined);
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}

/** Resolves when the process has gone, within three seconds; connected clients are cut off. */
export async function shutDownPostmaster(clusterDir: string, pid: number): Promise<void> {
  for (const { signal, patienceMs } of shutdownSteps) {
    const deadline = performance.now() + patienceMs;
    signalPostmaster(clusterDir, pid, "SIGCONT");
    signalPostmaster(clusterDir, pid, signal);
    while (servesCluster(pid, clusterDir)) {
      if (performance.now() > deadline) break;
      await pause(pollMs);
    }
  }
}

export function signalPostmaster(clusterDir: string, pid: number, signal: NodeJS.Signals): void {
  if (!servesCluster(pid, clusterDir)) return;
  try {
    process.kill(pid, signal);
  } catch {
    // Gone in between.
  }
}

/** Why the server ended, from its log: one line. */
export function lastComplaint(clusterDir: string): string {
  try {
    const lines = readFileSync(join(clusterDir, logFile), "utf8").trim().split("\n");
    return lines.findLast((line) => /FATAL|PANIC|ERROR/.test(line)) ?? lines.at(-1) ?? "no log";
  } catch {
    return "no log";
  }
}

/**
 * Statements, their values, and errors that quote them ("invalid input syntax: …") can hold phones, names and what
 * people wrote; the log must not. What went wrong stands, without values, in the log of the service that asked.
 */
const quietLog = [
  "log_min_messages=log",
  "log_min_error_statement=panic",
  "log_error_verbosity=terse",
  "log_statement=none",
  "log_min_duration_statement=-1",
  "log_parameter_max_length=0",
  "log_parameter_max_length_on_error=0",
];

function settings(port: number, durable: boolean): string[] {
  const always = [
    `port=${port}`,
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=300",
    "shared_buffers=128MB",
    "timezone=UTC",
    "log_timezone=UTC",
    "log_checkpoints=off",
    ...quietLog,
    // A killed client's query ends with it, and lets go of its row locks.
    "client_connection_check_interval=1s",
  ];
  const fragile = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];
  return durable ? always : [...always, ...fragile, "wal_level=minimal", "max_wal_senders=0"];
}

/** A process number is reused after a reboot, so it must also be at home in the cluster's folder. */
function servesCluster(pid: number, clusterDir: string): boolean {
  if (process.platform === "linux") {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === clusterDir;
    } catch {
      return false;
    }
  }
  try {
    return execFileSync("ps", ["-p", String(pid), "-o", "args="], { encoding: "utf8" }).includes(clusterDir);
  } catch {
    return false;
  }
}

/** PostgreSQL itself takes any live process of the same user under the number in a stale file for a server. */
function removeMisleadingPidFile(clusterDir: string): void {
  const path = join(clusterDir, "postmaster.pid");
  try {
    const before = readFileSync(path, "utf8");
    const pid = Math.abs(Number(before.split("\n")[0]));
    if (!processExists(pid) || servesCluster(pid, clusterDir)) return;
    // Read again: a server that started in between has written its own.
    if (readFileSync(path, "utf8") === before) rmSync(path);
  } catch {
    // No file: the usual case.
  }
}

function openLog(clusterDir: string, user: ServerUser | undefined): number {
  const path = join(clusterDir, logFile);
  try {
    if (statSync(path).size > logKeptBytes) renameSync(path, `${path}.1`);
  } catch {
    // The first start.
  }
  const log = openSync(path, "a", 0o600);
  if (user !== undefined) fchownSync(log, user.uid, user.gid);
  return log;
}
