import { Worker } from "node:worker_threads";
import type { Placing, PlacingTask } from "./placing.ts";

const heapMb = 1_024;
const withinMs = 120_000;

/** What a thread says: what it found, or what went wrong. */
export type PlacingReply = { readonly placing: Placing } | { readonly failed: string };

/** Places visits in a thread of its own: messages and requests go on being answered meanwhile. */
export function placeInThread(task: PlacingTask): Promise<Placing> {
  const worker = new Worker(new URL("./place-worker.ts", import.meta.url), {
    workerData: task,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
  });
  return new Promise<Placing>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("placing visits takes too long")), withinMs);
    worker.once("message", (reply: PlacingReply) =>
      "placing" in reply ? resolve(reply.placing) : reject(new Error(reply.failed)),
    );
    worker.once("error", reject);
    worker.once("exit", () => {
      clearTimeout(timer);
      reject(new Error("placing visits ended without a result"));
    });
  }).finally(() => void worker.terminate());
}
