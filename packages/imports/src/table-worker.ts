import { parentPort, workerData } from "node:worker_threads";
import { redactForbidden } from "@minka/language/redact";
import { readCsv } from "./read-csv.ts";
import { readXlsx } from "./read-xlsx.ts";
import { UnreadableFile, type Table, type TableLimits } from "./table.ts";

/** What the worker is given, and what it says. */
export type TableTask = { readonly bytes: Uint8Array; readonly limits: TableLimits };
export type TableReply = { readonly table: Table } | { readonly unreadable: string };

const oldExcel = [0xd0, 0xcf, 0x11, 0xe0];
const zip = [0x50, 0x4b, 0x03, 0x04];

async function readTable({ bytes, limits }: TableTask): Promise<Table> {
  const startsWith = (mark: readonly number[]) => mark.every((byte, at) => bytes[at] === byte);
  if (startsWith(oldExcel)) throw new UnreadableFile("file-old-excel");
  const table = startsWith(zip) ? await readXlsx(bytes, limits) : readCsv(bytes, limits);
  return { ...table, rows: table.rows.map(({ row, cells }) => ({ row, cells: cells.map(redacted) })) };
}

const letters = /\p{L}{2}/u;
const known = new Map<string, string>();

/** Cells repeat (districts, crops): each is looked at once. */
function redacted(cell: string): string {
  if (!letters.test(cell)) return cell;
  const before = known.get(cell);
  if (before !== undefined) return before;
  const { text } = redactForbidden(cell);
  if (known.size < 100_000) known.set(cell, text);
  return text;
}

async function reply(): Promise<TableReply> {
  try {
    return { table: await readTable(workerData as TableTask) };
  } catch (error) {
    if (error instanceof UnreadableFile) return { unreadable: error.reason };
    throw error;
  }
}

// A thread's port, not a window.
// oxlint-disable-next-line unicorn/require-post-message-target-origin
parentPort?.postMessage(await reply());
