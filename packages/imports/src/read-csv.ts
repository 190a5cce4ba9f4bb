import { parseCsv } from "hucre/csv";
import { tableOf, UnreadableFile, type Table, type TableLimits } from "./table.ts";

/**
 * CSV as spreadsheets write it here: UTF-8 with or without a mark, Windows-1252 or UTF-16, with commas,
 * semicolons or tabs. Apostrophes before formulas, as our own exports write them, are taken off.
 */
export function readCsv(bytes: Uint8Array, limits: TableLimits): Table {
  const text = decode(bytes);
  if (text.includes("\0")) throw new UnreadableFile("file-unreadable");
  const grid = parseCsv(text, { delimiter: delimiterOf(text), unescapeFormulae: true });
  return tableOf(
    grid.map((cells) => cells.map((cell) => (cell === null ? "" : String(cell)))),
    limits,
  );
}

function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

const delimiters = [";", "\t", ","] as const;

/** What separates most cells of the first line that has any; decimal commas in later lines do not count. */
function delimiterOf(text: string): string {
  const counts = new Map<string, number>();
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === "\n" && counts.size > 0) break;
    else if (character === ";" || character === "\t" || character === ",")
      counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  const [best] = delimiters.toSorted((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
  return best ?? ",";
}
