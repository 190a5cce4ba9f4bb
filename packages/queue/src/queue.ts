import { randomUUID } from "node:crypto";
import type { Nudge } from "@minka/contracts/jobs";
import type { ServiceName } from "@minka/contracts/service-names";
import { createPostgresBackend, Queue, withBackend, Worker } from "bullmq";
import { Redis } from "ioredis";
import { Pool } from "pg";
import type { Logger } from "pino";

/** Where nudges travel: Redis (or Valkey) when `redisUrl` is given, otherwise PostgreSQL. */
export type QueueBackend =
  | { readonly redisUrl: string; readonly prefix?: string }
  | { readonly postgresUrl: string };

/**
 * The wires between "something is due" and the worker that does it. Nothing depends on a nudge arriving:
 * they are sent without waiting, gathered for a few milliseconds, and forgotten when sending fails.
 */
export type NudgeQueue = {
  send(nudges: readonly Nudge[]): void;
  /** Calls `handle` for each batch that arrives for `service`. A batch never fails: the sweep repeats it. */
  receive(service: ServiceName, handle: (nudges: Nudge[]) => Promise<void>): Promise<void>;
  /** Nothing gathered, and nothing waiting or being handled for the services received here. */
  isIdle(): Promise<boolean>;
  /** Throws when the backend does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
};

const gatherMs = 5;
/** Nudges are worth sending only while they are cheap; above this many waiting ones the sweep takes over. */
const maximumGathered = 5_000;

export async function openNudgeQueue(backend: QueueBackend, log: Logger): Promise<NudgeQueue> {
  const wires = "redisUrl" in backend ? redisWires(backend, log) : postgresWires(backend, log);
  const queues = new Map<ServiceName, Queue>();
  const workers: Worker[] = [];
  const received = new Set<ServiceName>();
  const gathered = new Map<ServiceName, Nudge[]>();
  const sending = new Set<Promise<unknown>>();
  let timer: NodeJS.Timeout | undefined;
  let closing = false;

  function queueOf(service: ServiceName): Queue {
    let queue = queues.get(service);
    if (!queue) {
      queue = wires.queue(service);
      queue.on("error", (error: Error) => log.warn({ err: error, service }, "nudge queue error"));
      queues.set(service, queue);
    }
    return queue;
  }

  function flush(): void {
    timer = undefined;
    for (const [service, nudges] of gathered) {
      gathered.delete(service);
      // An id of our own and a new one each time: counted ids would need a sequence that the services' roles may
      // not create, and a repeated id would be ignored after a failure.
      const sent = queueOf(service)
        .add("nudge", { nudges }, { jobId: randomUUID(), removeOnComplete: true, removeOnFail: true })
        .catch((error: unknown) =>
          log.warn({ err: error, service, lost: nudges.length }, "nudges lost; the sweep will find the work"),
        )
        .finally(() => sending.delete(sent));
      sending.add(sent);
    }
  }

  return {
    send(nudges) {
      if (closing) return;
      for (const nudge of nudges) {
        const waiting = gathered.get(nudge.service) ?? [];
        if (waiting.length < maximumGathered) waiting.push(nudge);
        gathered.set(nudge.service, waiting);
      }
      timer ??= setTimeout(flush, gatherMs);
    },
    async receive(service, handle) {
      const worker = wires.worker(service, async (job: { data: { nudges: Nudge[] } }) =>
        handle(job.data.nudges),
      );
      worker.on("error", (error: Error) => log.warn({ err: error, service }, "nudge worker error"));
      workers.push(worker);
      received.add(service);
      await worker.waitUntilReady();
    },
    async isIdle() {
      if (gathered.size > 0 || sending.size > 0) return false;
      for (const service of received) {
        const counts = await queueOf(service).getJobCounts("waiting", "active", "delayed");
        if (Object.values(counts).some((count) => count > 0)) return false;
      }
      return true;
    },
    ping: wires.ping,
    async close() {
      closing = true;
      clearTimeout(timer);
      await Promise.allSettled(sending);
      await Promise.allSettled(workers.map((worker) => worker.close()));
      await Promise.allSettled([...queues.values()].map((queue) => queue.close()));
      await wires.close();
    },
  };
}

type Processor = (job: { data: { nudges: Nudge[] } }) => Promise<void>;
type Wires = {
  queue(service: ServiceName): Queue;
  worker(service: ServiceName, process: Processor): Worker;
  ping(): Promise<void>;
  close(): Promise<void>;
};

/** How many batches one process handles at a time for one service. */
const workerConcurrency = 8;

function postgresWires({ postgresUrl }: { postgresUrl: string }, log: Logger): Wires {
  // A pool that is passed in ignores BullMQ's own `schema`, so the search path is set here; every worker
  // keeps one client of it for LISTEN, and a pool with none left hangs silently.
  const pool = new Pool({
    connectionString: postgresUrl,
    max: 15,
    options: "-c search_path=bullmq",
    application_name: "minka-queue",
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
  pool.on("error", (error) => log.warn({ err: error }, "queue database connection lost"));
  const classes = withBackend(createPostgresBackend);
  return {
    queue: (service) => new classes.Queue(service, { connection: pool }) as unknown as Queue,
    worker: (service, process) =>
      new classes.Worker(service, process, {
        connection: pool,
        concurrency: workerConcurrency,
        removeOnComplete: { count: 0 },
        removeOnFail: { count: 0 },
      }) as unknown as Worker,
    async ping() {
      await pool.query("select 1");
    },
    close: () => pool.end(),
  };
}

function redisWires(
  { redisUrl, prefix = "minka" }: { redisUrl: string; prefix?: string },
  log: Logger,
): Wires {
  // BullMQ's workers need a connection that waits for ever; adding must fail soon instead.
  const connect = (forever: boolean) => {
    const redis = new Redis(redisUrl, { maxRetriesPerRequest: forever ? null : 1, connectTimeout: 5_000 });
    redis.on("error", (error) => log.warn({ err: error }, "redis connection error"));
    return redis;
  };
  const producer = connect(false);
  const consumer = connect(true);
  return {
    queue: (service) => new Queue(service, { connection: producer, prefix }),
    worker: (service, process) =>
      new Worker(service, process, {
        connection: consumer,
        prefix,
        concurrency: workerConcurrency,
        removeOnComplete: { count: 0 },
        removeOnFail: { count: 0 },
      }),
    async ping() {
      await producer.ping();
    },
    async close() {
      producer.disconnect();
      consumer.disconnect();
    },
  };
}
