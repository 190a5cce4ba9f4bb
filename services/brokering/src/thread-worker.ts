import { parentPort } from "node:worker_threads";
import type { ThreadReply, ThreadWork } from "./in-thread.ts";
import { threadTasks } from "./thread-tasks.ts";

parentPort?.on("message", (work: ThreadWork) => void answer(work));

async function answer(work: ThreadWork): Promise<void> {
  // A thread's port, not a window.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  parentPort?.postMessage(await replyTo(work));
}

async function replyTo({ task, input }: ThreadWork): Promise<ThreadReply> {
  const compute = threadTasks[task] as (input: unknown) => Promise<unknown>;
  try {
    return { found: await compute(input) };
  } catch (error) {
    return { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
