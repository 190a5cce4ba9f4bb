import type { Nudge } from "@minka/contracts/jobs";
import type { ServiceName } from "@minka/contracts/service-names";
import { createPostgresBackend, Queue, withBackend, Worker } from "bullmq";
import { Redis } from "ioredis";
import { Pool, type Client } from "pg";
import { within } from "./within.ts";

/** Where nudges travel: Redis (or Valkey) when `redisUrl` is given, otherwise PostgreSQL. */
export type QueueBackend =
  | { readonly redisUrl: string; readonly prefix?: string }
  | { readonly postgresUrl: string };

type Processor = (job: { id?: string | undefined; data: { nudges: Nudge[] } }) => Promise<void>;
type Warn = (fields: Record<string, unknown>, message: string) => void;

/** BullMQ on one backend. */
export type Wires = {
  queue(service: ServiceName): Queue;
  worker(service: ServiceName, process: Processor): Worker;
  ping(): Promise<void>;
  /** Cuts every connection, also those that no longer answer. */
  cut(): Promise<void>;
};

const workerOptions = {
  /** How many batches one process handles at a time for one service. */
  concurrency: 8,
  /** A backend that refuses connections is asked again this soon. */
  runRetryDelay: 1_000,
  removeOnComplete: { count: 0 },
  removeOnFail: { count: 0 },
};
/** A backend that has stopped keeps its connections open: only the client can notice that nothing comes back. */
const answerWithinMs = 5_000;
const endWithinMs = 300;

export function openWires(backend: QueueBackend, warn: Warn): Wires {
  return "redisUrl" in backend ? redisWires(backend, warn) : postgresWires(backend, warn);
}

function postgresWires({ postgresUrl }: { postgresUrl: string }, warn: Warn): Wires {
  // A pool that is passed in ignores BullMQ's own `schema`, so the search path is set here; every worker
  // keeps one client of it for LISTEN, and a pool with none left hangs silently.
  const pool = new Pool({
    connectionString: postgresUrl,
    max: 15,
    options: "-c search_path=bullmq",
    application_name: "minka-queue",
    connectionTimeoutMillis: answerWithinMs,
    query_timeout: answerWithinMs,
    keepAlive: true,
  });
  // Each service's queue and worker listen to it, and there are more services than Node takes for usual.
  pool.setMaxListeners(64);
  const clients = new Set<Client>();
  pool.on("error", (error) => warn({ err: error }, "queue database connection lost"));
  pool.on("connect", (client) => {
    clients.add(client);
    // BullMQ checks clients out without listening: one that dies just then would end the process.
    client.on("error", (error) => warn({ err: error }, "queue database connection lost"));
  });
  pool.on("remove", (client) => clients.delete(client as Client));
  const classes = withBackend(createPostgresBackend);
  return {
    queue: (service) => new classes.Queue(service, { connection: pool }) as unknown as Queue,
    worker: (service, process) =>
      new classes.Worker(service, process, { ...workerOptions, connection: pool }) as unknown as Worker,
    async ping() {
      await pool.query("select 1");
    },
    async cut() {
      if (await within(endWithinMs, pool.end())) return;
      // The pool waits for queries that may never be answered; ending a busy client destroys its socket.
      for (const client of clients) void client.end().catch(() => {});
    },
  };
}

function redisWires(
  { redisUrl, prefix = "minka" }: { redisUrl: string; prefix?: string },
  warn: Warn,
): Wires {
  const connections: Redis[] = [];
  const keep = (redis: Redis): Redis => {
    redis.on("error", (error) => warn({ err: error }, "redis connection error"));
    connections.push(redis);
    // BullMQ makes one more for each worker, and closes it only by a command that needs an answer.
    const duplicate = redis.duplicate.bind(redis);
    redis.duplicate = (...options) => keep(duplicate(...options));
    return redis;
  };
  // BullMQ's workers need a connection that waits for ever; adding must fail soon instead.
  const common = { connectTimeout: 5_000, retryStrategy: (times: number) => Math.min(times * 100, 1_000) };
  const producer = keep(
    new Redis(redisUrl, { ...common, maxRetriesPerRequest: 1, commandTimeout: answerWithinMs }),
  );
  const consumer = keep(new Redis(redisUrl, { ...common, maxRetriesPerRequest: null }));
  return {
    queue: (service) => new Queue(service, { connection: producer, prefix }),
    worker: (service, process) =>
      new Worker(service, process, { ...workerOptions, connection: consumer, prefix }),
    async ping() {
      await producer.ping();
    },
    async cut() {
      for (const connection of connections) connection.disconnect();
    },
  };
}
