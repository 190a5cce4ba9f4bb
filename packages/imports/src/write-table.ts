import { writeCsv } from "hucre/csv";
import { writeXlsx } from "hucre/xlsx";

export type OutputFormat = "csv" | "xlsx";

export type OutputTable = {
  /** Without its ending. */
  readonly fileName: string;
  readonly sheetName: string;
  readonly headers: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
};

export const outputTypes = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const;

/** A spreadsheet runs what starts like a formula, also years later on another's machine. */
const startsFormula = /^[=+\-@\t\r]/;

function harmless(cell: string | number | null): string | number | null {
  return typeof cell === "string" && startsFormula.test(cell) ? `'${cell}` : cell;
}

/**
 * A file that spreadsheets open and that an import takes back. Text stays text (a DNI keeps its zeros); CSV is
 * UTF-8 with a mark and semicolons, as Excel with Peru's settings reads it.
 */
export async function writeTable(
  { fileName, sheetName, headers, rows }: OutputTable,
  format: OutputFormat,
): Promise<{ fileName: string; contentType: string; bytes: Uint8Array }> {
  const grid = [[...headers], ...rows.map((row) => row.map(harmless))];
  const bytes =
    format === "csv"
      ? Buffer.from(writeCsv(grid, { delimiter: ";", bom: true }))
      : await writeXlsx({ sheets: [{ name: sheetName, rows: grid }] });
  return { fileName: `${fileName}.${format}`, contentType: outputTypes[format], bytes };
}
