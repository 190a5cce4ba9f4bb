import { mkdir, realpath } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { findBinaries } from "./binaries.ts";
import { ensureDatabase } from "./claim.ts";
import type { Claim } from "./claim.ts";
import { ownerRole, prepareCluster, removeUnfinishedClusters } from "./cluster.ts";
import type { Cluster } from "./cluster.ts";
import { EmbeddedPostgresError, errorMessage } from "./errors.ts";
import { loopback, rememberPort } from "./port.ts";
import { shutDownPostmaster, signalPostmaster } from "./postmaster.ts";
import { findServerUser, makePassable } from "./server-user.ts";
import { takeServer } from "./take-server.ts";
import type { TakenServer } from "./take-server.ts";

export const applicationDatabase = "minka";
const reviveEveryMs = 1000;

export type EmbeddedPostgresOptions = {
  /** May exist, be private and hold other files; the cluster lives in its folder `postgres`. */
  readonly dataDir: string;
  /** On 127.0.0.1. By default the one of the last start, or any free one. */
  readonly port?: number;
  readonly log?: (line: string) => void;
  /** `false` trades the survival of a power cut for speed: for tests only. */
  readonly durable?: boolean;
};

export type EmbeddedPostgres = {
  /** For the role that owns the database and may do everything. */
  readonly ownerUrl: string;
  readonly url: (role: string, password: string, database?: string) => string;
  readonly port: number;
  /** Cuts off every client and ends within three seconds; may be called again. */
  readonly stop: () => Promise<void>;
};

/**
 * Runs PostgreSQL for this process on a data directory of its own, and restarts it should it die.
 *
 * A server that a killed process left behind is taken over. Throws `EmbeddedPostgresError`, with the code
 * `data-dir-in-use` when another live process holds the directory.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { log = () => undefined, durable = true } = options;
  const { cluster, dataDir } = await openDataDir(options.dataDir, durable, log);
  const stopping = new AbortController();
  const { signal } = stopping;
  let server = await takeServer(cluster, {
    durable,
    log,
    signal,
    ...(options.port !== undefined && { port: options.port }),
  });
  const { port } = server;

  const watch = (claim: Claim): void => {
    claim.client.once("end", () => {
      if (!signal.aborted) reviving = revive();
    });
  };
  const revive = async (): Promise<void> => {
    log("PostgreSQL ended by itself; starting it again");
    while (!signal.aborted) {
      try {
        server = await takeServer(cluster, { port, durable, log, signal });
        if (signal.aborted) await release(cluster, server);
        else watch(server.claim);
        return;
      } catch (error) {
        if (signal.aborted) return;
        log(`PostgreSQL is not back: ${errorMessage(error)}`);
        await pause(reviveEveryMs, undefined, { signal }).catch(() => undefined);
      }
    }
  };
  let reviving: Promise<void> = Promise.resolve();
  // Not a signal handler: whoever owns the process decides when it ends, and the server then follows.
  const onExit = (): void => signalPostmaster(cluster.dir, server.pid, "SIGINT");
  watch(server.claim);
  process.once("exit", onExit);

  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    stopping.abort();
    await release(cluster, server);
    await reviving;
    process.off("exit", onExit);
    log("PostgreSQL stopped");
  };

  try {
    await ensureDatabase(server.claim, applicationDatabase);
    await rememberPort(cluster.dir, port);
    await removeUnfinishedClusters(dataDir);
  } catch (cause) {
    await stop();
    throw new EmbeddedPostgresError("start-failed", errorMessage(cause), { cause });
  }
  const url = (role: string, password: string, database = applicationDatabase): string =>
    `postgres://${encodeURIComponent(role)}:${encodeURIComponent(password)}@${loopback}:${port}/${encodeURIComponent(database)}`;
  return { ownerUrl: url(ownerRole, cluster.ownerPassword), url, port, stop: () => (stopped ??= stop()) };
}

async function openDataDir(
  path: string,
  durable: boolean,
  log: (line: string) => void,
): Promise<{ cluster: Cluster; dataDir: string }> {
  await mkdir(path, { recursive: true, mode: 0o711 }).catch((cause: unknown) => {
    throw new EmbeddedPostgresError("unusable-data-dir", errorMessage(cause), { cause });
  });
  const dataDir = await realpath(resolve(path));
  const dir = join(dataDir, "postgres");
  const user = findServerUser(dir, log);
  makePassable(dataDir, user, log);
  const binaries = await findBinaries(dataDir, user);
  return { dataDir, cluster: await prepareCluster({ dataDir, dir, binaries, user, durable }) };
}

async function release(cluster: Cluster, server: TakenServer): Promise<void> {
  await shutDownPostmaster(cluster.dir, server.pid);
  await server.claim.client.end().catch(() => undefined);
}
