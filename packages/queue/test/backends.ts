import { randomUUID } from "node:crypto";
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Nudge } from "@minka/contracts/jobs";
import type { ServiceName } from "@minka/contracts/service-names";
import type { QueueBackend } from "@minka/queue/queue";
import { createTestDatabase } from "@minka/test-database/test-database";
import { Redis } from "ioredis";
import { pino } from "pino";
import postgres from "postgres";
import { startProxy } from "@minka/test-database/proxy";

/** A queue backend that a test may empty, take away, stop and give back. */
export type TestBackend = {
  readonly backend: QueueBackend;
  /** Loses everything that is in it. */
  empty(): Promise<void>;
  /** Refuses connections, and cuts those that are open. */
  takeAway(): Promise<void>;
  /** Keeps connections open and answers nothing. */
  hang(): void;
  giveBack(): Promise<void>;
  stop(): Promise<void>;
};

/** As the service `notifications`, which owns nothing. */
async function startPostgresBackend(): Promise<TestBackend> {
  const database = await createTestDatabase();
  const url = new URL(database.url("notifications"));
  const proxy = await startProxy({ host: url.hostname, port: Number(url.port) });
  url.port = String(proxy.port);
  const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
  return {
    backend: { postgresUrl: url.href },
    async empty() {
      const tables = await owner<{ name: string }[]>`
        select format('%I.%I', table_schema, table_name) as name from information_schema.tables
        where table_schema = 'bullmq' and table_type = 'BASE TABLE' and table_name not like '%migration%'`;
      if (tables.length === 0) throw new Error("BullMQ has no tables");
      await owner.unsafe(tables.map(({ name }) => `delete from ${name}`).join(";"));
    },
    takeAway: proxy.cut,
    hang: proxy.hang,
    giveBack: proxy.restore,
    async stop() {
      await proxy.close();
      await owner.end();
      await database.drop();
    },
  };
}

export function hasRedisServer(): boolean {
  try {
    execFileSync("redis-server", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

/** Taken away means killed here: what comes back is empty and has forgotten its scripts. */
export async function startRedisBackend(): Promise<TestBackend> {
  const dir = await mkdtemp(join(tmpdir(), "minka-redis-"));
  const port = await freePort();
  const settings = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
  let server: ChildProcess;
  const admin = new Redis({ port, lazyConnect: true, maxRetriesPerRequest: null, retryStrategy: () => 50 });
  admin.on("error", () => {});
  const start = async () => {
    server = spawn("redis-server", [...settings, "--dir", dir], { stdio: "ignore" });
    await admin.ping();
  };
  const kill = async () => {
    const gone = once(server, "exit");
    server.kill("SIGCONT");
    server.kill("SIGKILL");
    await gone;
  };
  await start();
  return {
    backend: { redisUrl: `redis://127.0.0.1:${port}` },
    async empty() {
      await admin.flushall();
    },
    takeAway: kill,
    hang: () => void server.kill("SIGSTOP"),
    async giveBack() {
      if (server.signalCode === null) server.kill("SIGCONT");
      else await start();
    },
    async stop() {
      admin.disconnect();
      if (server.signalCode === null) await kill();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

export const silent = pino({ level: "silent" });
export const backends = [
  { name: "PostgreSQL", start: startPostgresBackend, missing: null },
  {
    name: "Redis",
    start: startRedisBackend,
    missing: hasRedisServer() ? null : "redis-server is not installed here",
  },
];

/** A hint that something of a service is due. */
export function nudge(service: ServiceName, id: string = randomUUID(), job = "handle-delivery"): Nudge {
  return { service, job, id, trace: `trace-${id}` };
}
