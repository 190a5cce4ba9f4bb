import { array, assert, asyncProperty, constantFrom, string } from "fast-check";
import { readCsv } from "@minka/imports/read-csv";
import { readTable } from "@minka/imports/read-table";
import { readXlsx } from "@minka/imports/read-xlsx";
import { writeTable } from "@minka/imports/write-table";
import { expect, test } from "vitest";
import { limits } from "./files.ts";

const letters = ["a", "é", ";", ",", '"', "'", "ñ", " ", "0", "=", "+", "\t", "\n"];
const shape = { fileName: "socios", sheetName: "Socios", headers: ["Nombre", "Nota"] };

test.each(["csv", "xlsx"] as const)(
  "what starts like a formula does not run from %s, and reads back as it was",
  async (format) => {
    const cells = ["=1+1", "+51987654321", "-3", "@suma", "normal"];
    const { bytes, fileName, contentType } = await writeTable(
      { ...shape, rows: cells.map((cell) => ["x", cell]) },
      format,
    );
    expect(fileName).toBe(`socios.${format}`);
    expect(contentType).toContain(format === "csv" ? "text/csv" : "spreadsheetml");
    if (format === "csv") expect(Buffer.from(bytes).toString()).toContain("'=1+1");
    const { rows } = await readTable(bytes, limits);
    expect(rows.map((row) => row.cells[1])).toEqual(cells);
  },
);

test("any text comes back from both formats", async () => {
  const text = string({ unit: constantFrom(...letters), maxLength: 12 }).map((each) => `x${each}`);
  await assert(
    asyncProperty(
      array(text, { minLength: 1, maxLength: 5 }),
      constantFrom("csv" as const, "xlsx" as const),
      async (cells, format) => {
        const { bytes } = await writeTable({ ...shape, rows: cells.map((cell) => ["n", cell]) }, format);
        const { rows } = await (format === "csv" ? readCsv : readXlsx)(bytes, limits);
        expect(rows.map((row) => row.cells[1])).toEqual(
          cells.map((cell) => cell.replace(/\s+/g, " ").trim()),
        );
      },
    ),
    { numRuns: 50 },
  );
});
