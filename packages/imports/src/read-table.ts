import { Worker } from "node:worker_threads";
import { DomainError } from "@minka/domain/errors";
import type { TableReply, TableTask } from "./table-worker.ts";
import { unreadableReasons, type Table, type TableLimits, type UnreadableReason } from "./table.ts";

const heapMb = 512;
const withinMs = 12_000;
const atOnce = 2;
/** Each holds a whole file in memory. */
const mostWaiting = 8;

let reading = 0;
const waiting: (() => void)[] = [];

/**
 * The table in a CSV or XLSX file from anywhere, told apart by its content, with what must not be stored taken
 * out. A thread with limits of its own reads it: messages go on being answered meanwhile, and a file made to
 * exhaust memory or time ends that thread and nothing else. Throws `invalid` with the reason as its code, and
 * `too-many-files` (429) where many wait already.
 */
export async function readTable(bytes: Uint8Array, limits: TableLimits): Promise<Table> {
  if (reading >= atOnce) {
    if (waiting.length >= mostWaiting)
      throw new DomainError(
        "too-many",
        "too-many-files",
        "Many files are being read; send it again in a minute.",
      );
    // Who is next takes over the place of who is done.
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else reading++;
  try {
    const reply = await inThread({ bytes, limits });
    if ("table" in reply) return reply.table;
    throw unreadable(reply.unreadable as UnreadableReason);
  } finally {
    const next = waiting.shift();
    if (next) next();
    else reading--;
  }
}

function inThread(task: TableTask): Promise<TableReply> {
  const worker = new Worker(new URL("./table-worker.ts", import.meta.url), {
    workerData: task,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
  });
  return new Promise<TableReply>((resolve, reject) => {
    const timer = setTimeout(() => reject(unreadable("file-too-large")), withinMs);
    worker.once("message", (reply: TableReply) => resolve(reply));
    worker.once("error", (error: Error & { code?: string }) =>
      reject(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? unreadable("file-too-large") : error),
    );
    worker.once("exit", () => {
      clearTimeout(timer);
      reject(unreadable("file-too-large"));
    });
  }).finally(() => void worker.terminate());
}

function unreadable(reason: UnreadableReason): DomainError {
  return new DomainError("invalid", reason, unreadableReasons[reason]);
}
