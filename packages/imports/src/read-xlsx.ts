import { EncryptedFileError } from "hucre";
import { readXlsx as readWorkbook } from "hucre/xlsx";
import { tableOf, UnreadableFile, type Table, type TableLimits } from "./table.ts";

type Workbook = Awaited<ReturnType<typeof readWorkbook>>;
type Value = Workbook["sheets"][number]["rows"][number][number];

/** A hundred thousand rows of twenty columns take about half of it. */
const maximumUnpackedBytes = 256 * 1024 * 1024;

/** The first sheet that is not hidden. Of a formula the value it last showed is read; nothing is calculated. */
export async function readXlsx(bytes: Uint8Array, limits: TableLimits): Promise<Table> {
  refuseBomb(bytes);
  const sheet = await firstSheet(bytes);
  const grid = sheet.rows.map((cells, row) =>
    cells.map((value, column) => shown(value, sheet.cells?.get(`${row},${column}`)?.style?.numFmt)),
  );
  return tableOf(grid, limits);
}

async function firstSheet(bytes: Uint8Array): Promise<Workbook["sheets"][number]> {
  let seen = false;
  try {
    const workbook = await readWorkbook(bytes, {
      sheets: (info) => {
        if (seen || info.hidden || info.veryHidden) return false;
        seen = true;
        return true;
      },
      readStyles: true,
    });
    const sheet = workbook.sheets[0];
    if (sheet) return sheet;
  } catch (error) {
    throw new UnreadableFile(error instanceof EncryptedFileError ? "file-protected" : "file-unreadable");
  }
  throw new UnreadableFile("file-empty");
}

/**
 * A few kilobytes can unpack to gigabytes. The reader unpacks no part beyond the size that the archive's
 * directory declares for it, so their sum is what it can cost. An archive that declares none is refused.
 * Source: APPNOTE.TXT 4.3.12 (PKWARE), central directory header.
 */
function refuseBomb(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let parts = 0;
  let unpacked = 0;
  for (let at = 0; at + 46 <= bytes.byteLength; at++) {
    if (bytes[at] !== 0x50 || view.getUint32(at, true) !== 0x02014b50) continue;
    const packedSize = view.getUint32(at + 20, true);
    const size = view.getUint32(at + 24, true);
    parts++;
    unpacked += size;
    if (parts > 2_000 || unpacked > maximumUnpackedBytes || (size === 0 && packedSize > 2))
      throw new UnreadableFile("file-too-large");
  }
  if (parts === 0) throw new UnreadableFile("file-unreadable");
}

/** A cell as the person sees it, or near enough: numbers without rounding noise, dates as days. */
function shown(value: Value, format: string | undefined): string {
  if (value === null) return "";
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "" : value.toISOString().slice(0, 10);
  if (typeof value === "boolean") return value ? "SI" : "NO";
  if (typeof value === "number") {
    // "00000000" is how people keep the leading zeros of a DNI in a column of numbers.
    if (format && /^0{2,}$/.test(format) && Number.isInteger(value))
      return String(value).padStart(format.length, "0");
    return Number.isInteger(value) ? BigInt(value).toString() : Number(value.toPrecision(15)).toString();
  }
  // Our own exports keep a spreadsheet from running what looks like a formula.
  return /^'[=+\-@]/.test(value) ? value.slice(1) : value;
}
