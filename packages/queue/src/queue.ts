import { randomUUID } from "node:crypto";
import type { Nudge } from "@minka/contracts/jobs";
import type { ServiceName } from "@minka/contracts/service-names";
import type { Queue, Worker } from "bullmq";
import type { Logger } from "pino";
import { warnSparingly } from "./warn-sparingly.ts";
import { openWires, type QueueBackend } from "./wires.ts";
import { within } from "./within.ts";

export type { QueueBackend } from "./wires.ts";

/**
 * The wires between "something is due" and the worker that does it. Nothing depends on a nudge arriving:
 * they are sent without waiting, gathered for a few milliseconds, and forgotten when sending fails.
 */
export type NudgeQueue = {
  send(nudges: readonly Nudge[]): void;
  /**
   * Calls `handle` for each batch that arrives for `service`. A batch never fails: the sweep repeats it.
   * A Redis that is away is waited for in the background; a PostgreSQL that refuses throws.
   */
  receive(service: ServiceName, handle: (nudges: Nudge[]) => Promise<void>): Promise<void>;
  /** Whether this process knows of something under way, without asking the backend. */
  isBusyHere(): boolean;
  /** Nothing gathered, and nothing waiting or being handled for the services received here. */
  isIdle(): Promise<boolean>;
  /** Throws when the backend does not answer. */
  ping(): Promise<void>;
  /** Waits a moment for what is being handled, then cuts the connections: little more than a second in all. */
  close(): Promise<void>;
};

const gatherMs = 5;
/** Nudges are worth sending only while they are cheap; above this many waiting ones the sweep takes over. */
const maximumGathered = 5_000;
/** Batches under way at once; more means that the backend does not answer. */
const maximumSending = 50;
const readyWithinMs = 3_000;
const closeWithinMs = 800;
/** What was sent from here and is received here comes sooner, unless it was lost or another process has taken it. */
const comesWithinMs = 100;

export async function openNudgeQueue(backend: QueueBackend, log: Logger): Promise<NudgeQueue> {
  const warn = warnSparingly(log);
  const wires = openWires(backend, warn);
  const queues = new Map<ServiceName, Queue>();
  const workers: Worker[] = [];
  const received = new Set<ServiceName>();
  const gathered = new Map<ServiceName, Nudge[]>();
  const sending = new Set<Promise<unknown>>();
  /** Batches sent from here for services received here, and when. */
  const expected = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;
  let closing = false;
  let closed: Promise<void> | undefined;

  function queueOf(service: ServiceName): Queue {
    const known = queues.get(service);
    if (known) return known;
    const queue = wires.queue(service);
    queue.on("error", (error: Error) => warn({ err: error, service }, "nudge queue error"));
    queues.set(service, queue);
    // On PostgreSQL a queue that was first used during an outage stays broken for ever: the next send makes another.
    queue.waitUntilReady().catch(() => {
      if (queues.get(service) === queue) queues.delete(service);
    });
    return queue;
  }

  function flush(): void {
    timer = undefined;
    expectNoMore();
    for (const [service, nudges] of gathered) {
      gathered.delete(service);
      if (sending.size >= maximumSending) {
        warn({ service, lost: nudges.length }, "the queue does not answer; the sweep will find the work");
        continue;
      }
      // An id of our own and a new one each time: counted ids would need a sequence that the services' roles may
      // not create, and a repeated id would be ignored after a failure.
      const jobId = randomUUID();
      if (received.has(service)) expected.set(jobId, performance.now());
      const sent = queueOf(service)
        .add("nudge", { nudges }, { jobId, removeOnComplete: true, removeOnFail: true })
        .catch((error: unknown) => {
          expected.delete(jobId);
          warn({ err: error, service, lost: nudges.length }, "nudges lost; the sweep will find the work");
        })
        .finally(() => sending.delete(sent));
      sending.add(sent);
    }
  }

  /** The oldest come first. */
  function expectNoMore(): void {
    for (const [jobId, at] of expected) {
      if (performance.now() - at < comesWithinMs) return;
      expected.delete(jobId);
    }
  }

  function isBusyHere(): boolean {
    expectNoMore();
    return gathered.size > 0 || sending.size > 0 || expected.size > 0;
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
      const worker = wires.worker(service, async ({ id, data }) =>
        handle(data.nudges).finally(() => expected.delete(id ?? "")),
      );
      worker.on("error", (error: Error) => {
        if (!closing) warn({ err: error, service }, "nudge worker error");
      });
      workers.push(worker);
      received.add(service);
      if (!(await within(readyWithinMs, worker.waitUntilReady())))
        warn({ service }, "the queue is away; until it is back the sweep finds the work");
    },
    isBusyHere,
    async isIdle() {
      if (isBusyHere()) return false;
      const counted = [...received].map((service) =>
        queueOf(service).getJobCounts("waiting", "active", "delayed"),
      );
      const counts = (await Promise.all(counted)).flatMap((states) => Object.values(states));
      return counts.every((count) => count === 0);
    },
    ping: wires.ping,
    close: () => (closed ??= close()),
  };

  async function close(): Promise<void> {
    closing = true;
    clearTimeout(timer);
    gathered.clear();
    const gracefully = async () => {
      await Promise.allSettled(sending);
      await Promise.allSettled(workers.map((worker) => worker.close()));
      await Promise.allSettled([...queues.values()].map((queue) => queue.close()));
    };
    await within(closeWithinMs, gracefully());
    await wires.cut();
  }
}
