import { Worker } from "node:worker_threads";
import type { ThreadTasks } from "./thread-tasks.ts";

const heapMb = 1_024;
const withinMs = 120_000;
/** A thread takes a while to begin: one that has just ended its work waits so long for more. */
const idleMs = 10_000;

type Name = keyof ThreadTasks;
type Input<Task extends Name> = Parameters<ThreadTasks[Task]>[0];
type Output<Task extends Name> = Awaited<ReturnType<ThreadTasks[Task]>>;

/** What a thread is given, and what it says: what it found, or what went wrong. */
export type ThreadWork = { readonly task: Name; readonly input: unknown };
export type ThreadReply = { readonly found: unknown } | { readonly failed: string };

let idle: { readonly worker: Worker; readonly timer: NodeJS.Timeout } | undefined;

/**
 * Does one of the long computations in a thread of its own: messages and requests go on being answered meanwhile. A
 * thread in which something went wrong is not used again.
 */
export async function inThread<Task extends Name>(task: Task, input: Input<Task>): Promise<Output<Task>> {
  const worker = takeIdle() ?? begin();
  worker.ref();
  try {
    const found = await ask(worker, { task, input });
    keepIdle(worker);
    return found as Output<Task>;
  } catch (error) {
    void worker.terminate();
    throw error;
  }
}

function begin(): Worker {
  const worker = new Worker(new URL("./thread-worker.ts", import.meta.url), {
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
  });
  // Whoever waits for it hears of its end by listeners of their own; one that is idle is just no longer there.
  worker.on("error", () => {});
  worker.on("exit", () => {
    if (idle?.worker === worker) takeIdle();
  });
  return worker;
}

function takeIdle(): Worker | undefined {
  const taken = idle;
  idle = undefined;
  clearTimeout(taken?.timer);
  return taken?.worker;
}

/** One at most, which keeps no process alive. */
function keepIdle(worker: Worker): void {
  void takeIdle()?.terminate();
  worker.unref();
  const timer = setTimeout(() => {
    idle = undefined;
    void worker.terminate();
  }, idleMs).unref();
  idle = { worker, timer };
}

async function ask(worker: Worker, work: ThreadWork): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const timer = setTimeout(() => reject(new Error(`${work.task} takes too long`)), withinMs);
  const onMessage = (reply: ThreadReply) =>
    "found" in reply ? resolve(reply.found) : reject(new Error(reply.failed));
  const onExit = () => reject(new Error(`${work.task} ended without a result`));
  worker.once("message", onMessage).once("error", reject).once("exit", onExit);
  // A thread, not a window.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  worker.postMessage(work);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    worker.off("message", onMessage).off("error", reject).off("exit", onExit);
  }
}
