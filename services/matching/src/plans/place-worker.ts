import { parentPort, workerData } from "node:worker_threads";
import type { PlacingReply } from "./place-in-thread.ts";
import { placeVisits } from "./place-visits.ts";
import type { PlacingTask } from "./placing.ts";

function reply(): PlacingReply {
  try {
    return { placing: placeVisits(workerData as PlacingTask) };
  } catch (error) {
    return { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

// A thread's port, not a window.
// oxlint-disable-next-line unicorn/require-post-message-target-origin
parentPort?.postMessage(reply());
