import { writeXlsx } from "hucre/xlsx";

/** A workbook with one sheet. */
export async function workbook(rows: string[][]): Promise<Uint8Array> {
  return writeXlsx({ sheets: [{ name: "Hoja1", rows }] });
}

export const limits = { maximumRows: 1_000 };
