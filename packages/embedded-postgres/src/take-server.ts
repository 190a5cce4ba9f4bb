import { setTimeout as pause } from "node:timers/promises";
import { tryToClaim } from "./claim.ts";
import type { Claim, ClaimAttempt } from "./claim.ts";
import type { Cluster } from "./cluster.ts";
import { EmbeddedPostgresError } from "./errors.ts";
import { choosePort, portIsFree } from "./port.ts";
import { findPostmaster, lastComplaint, shutDownPostmaster, spawnPostmaster } from "./postmaster.ts";
import type { Postmaster } from "./postmaster.ts";

export type TakenServer = Postmaster & { readonly claim: Claim };

export type TakeOptions = {
  readonly port?: number;
  readonly durable: boolean;
  readonly log: (line: string) => void;
  /** Gives up: rejects, and ends a server that this call has started. */
  readonly signal: AbortSignal;
};

const retryMs = 25;
/** A server that keeps ending: orphans of a killed one may hold its shared memory for a while. */
const failingIsGivenMs = 15_000;
/** A server that runs and does not answer yet: replaying its journal after a crash takes time. */
const silentIsGivenMs = 120_000;

/**
 * Ends with one live server of this cluster, claimed for this process: the one found, or a new one. Every step may
 * race with another process that does the same; PostgreSQL's own lock file and the claim decide.
 */
export async function takeServer(cluster: Cluster, wanted: TakeOptions): Promise<TakenServer> {
  const began = performance.now();
  let firstEnd: number | undefined;
  for (;;) {
    wanted.signal.throwIfAborted();
    const found = findPostmaster(cluster.dir);
    const server = found === undefined ? await launch(cluster, wanted) : watchFound(cluster, found);
    const attempt = await claimWhileAlive(cluster, server, began + silentIsGivenMs, wanted.signal);
    if (attempt.outcome === "held-by-another") {
      throw new EmbeddedPostgresError("data-dir-in-use", `another running process uses ${cluster.dir}`);
    }
    if (attempt.outcome === "no-answer") {
      firstEnd ??= performance.now();
      if (performance.now() - firstEnd > failingIsGivenMs || performance.now() - began > silentIsGivenMs) {
        throw new EmbeddedPostgresError("start-failed", `PostgreSQL: ${lastComplaint(cluster.dir)}`);
      }
      await pause(retryMs * 4);
      continue;
    }
    const { claim } = attempt;
    // Claimed by whichever server answered on that port, which the lock file names.
    const { pid, port } = findPostmaster(cluster.dir) ?? server.postmaster;
    const asWanted = (wanted.port ?? port) === port && claim.fsync === wanted.durable;
    if (asWanted) {
      wanted.log(`PostgreSQL ${found === undefined ? "started" : "taken over"} on port ${port}`);
      return { pid, port, claim };
    }
    await shutDownPostmaster(cluster.dir, pid);
    await claim.client.end().catch(() => undefined);
  }
}

type Candidate = {
  readonly postmaster: Postmaster;
  readonly isAlive: () => boolean;
  readonly giveUp: () => void;
};

function watchFound(cluster: Cluster, postmaster: Postmaster): Candidate {
  const isAlive = (): boolean => findPostmaster(cluster.dir)?.pid === postmaster.pid;
  return { postmaster, isAlive, giveUp: () => undefined };
}

async function launch(cluster: Cluster, wanted: TakeOptions): Promise<Candidate> {
  if (wanted.port !== undefined && !(await portIsFree(wanted.port))) {
    const started = findPostmaster(cluster.dir);
    if (started !== undefined) return watchFound(cluster, started);
    throw new EmbeddedPostgresError("port-in-use", `port ${wanted.port} of 127.0.0.1 is taken`);
  }
  const port = wanted.port ?? (await choosePort(cluster.dir));
  const child = spawnPostmaster(cluster, port, wanted.durable);
  const pid = child.pid ?? -1;
  const isAlive = (): boolean => pid > 0 && child.exitCode === null && child.signalCode === null;
  return { postmaster: { pid, port }, isAlive, giveUp: () => child.kill("SIGINT") };
}

async function claimWhileAlive(
  cluster: Cluster,
  server: Candidate,
  deadline: number,
  signal: AbortSignal,
): Promise<ClaimAttempt> {
  signal.addEventListener("abort", server.giveUp);
  try {
    while (server.isAlive() && performance.now() < deadline) {
      const attempt = await tryToClaim(cluster, server.postmaster.port);
      if (attempt.outcome !== "no-answer") return attempt;
      await pause(retryMs);
    }
    return { outcome: "no-answer" };
  } finally {
    signal.removeEventListener("abort", server.giveUp);
  }
}
