/** A table as a person sees it in a spreadsheet: text in cells, and rows counted from 1, the headers' own too. */
export type Table = {
  readonly headerRow: number;
  readonly headers: readonly string[];
  readonly rows: readonly TableRow[];
};

export type TableRow = { readonly row: number; readonly cells: readonly string[] };

export type TableLimits = { readonly maximumRows: number };

/** Why a file is no table that can be read. */
export const unreadableReasons = {
  "file-empty": "The file has no rows.",
  "file-unreadable": "The file is neither CSV nor XLSX, or it is damaged.",
  "file-old-excel": "The file is of an old Excel; save it as XLSX or CSV.",
  "file-protected": "The file is protected by a password.",
  "file-too-large": "The file holds more than can be read.",
  "file-too-many-rows": "The file has too many rows.",
  "file-cell-too-long": "A cell is too long; a quotation mark may be missing its other half.",
} as const;
export type UnreadableReason = keyof typeof unreadableReasons;

export class UnreadableFile extends Error {
  readonly reason: UnreadableReason;

  constructor(reason: UnreadableReason) {
    super(unreadableReasons[reason]);
    this.reason = reason;
  }
}

/** Longer than any cell that is a value, and far shorter than a file that a lone quotation mark swallowed. */
const maximumCellLength = 2_000;
const maximumColumns = 200;

/** Line ends, control characters and halves of characters are nothing that a person typed into a cell. */
function tidy(cell: string): string {
  return cell
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
}

/**
 * The table in a grid of cells. The headers are in the first row in which at least two cells, or all there are,
 * hold text: titles above them are common. Empty rows are left out and keep their number.
 */
export function tableOf(grid: readonly (readonly string[])[], { maximumRows }: TableLimits): Table {
  const filled = grid.flatMap((cells, index) => {
    const trimmed = cells.slice(0, maximumColumns).map(tidy);
    return trimmed.some((cell) => cell !== "") ? [{ row: index + 1, cells: trimmed }] : [];
  });
  const headerAt = filled.findIndex(({ cells }) => cells.filter((cell) => cell !== "").length >= 2);
  const header = filled[Math.max(headerAt, 0)];
  if (!header) throw new UnreadableFile("file-empty");
  const rows = filled.slice(Math.max(headerAt, 0) + 1);
  if (rows.length === 0) throw new UnreadableFile("file-empty");
  if (rows.length > maximumRows) throw new UnreadableFile("file-too-many-rows");
  if (filled.some(({ cells }) => cells.some((cell) => cell.length > maximumCellLength)))
    throw new UnreadableFile("file-cell-too-long");
  return { headerRow: header.row, headers: header.cells, rows };
}
