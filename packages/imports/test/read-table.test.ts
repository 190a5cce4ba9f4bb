import { writeXlsx } from "hucre/xlsx";
import { strToU8, unzipSync, zipSync } from "fflate";
import { readTable } from "@minka/imports/read-table";
import { expect, test } from "vitest";
import { limits, workbook } from "./files.ts";

const read = (text: string, encoding: BufferEncoding = "utf8") =>
  readTable(Buffer.from(text, encoding), limits);

const refusal = async (bytes: Uint8Array, maximumRows = 1_000): Promise<string> => {
  const error: unknown = await readTable(bytes, { maximumRows }).then(
    () => "was read",
    (reason: unknown) => reason,
  );
  return (error as { code: string }).code;
};

test.each([
  ["commas", "Nombre,DNI\nRosa,01234567"],
  ["semicolons", "Nombre;DNI\r\nRosa;01234567\r\n"],
  ["tabs", "Nombre\tDNI\nRosa\t01234567"],
  ["a byte order mark", "\uFEFFNombre;DNI\nRosa;01234567"],
  ["quotes around everything", '"Nombre";"DNI"\n"Rosa";"01234567"'],
])("a CSV with %s is read", async (_, text) => {
  const table = await read(text);
  expect(table.headers).toEqual(["Nombre", "DNI"]);
  expect(table.rows).toEqual([{ row: 2, cells: ["Rosa", "01234567"] }]);
});

test("letters of Windows-1252 and of UTF-16 are read as those of UTF-8", async () => {
  const text = "Nombre;Caserío\nMaría Ñahui;Alto Piñal";
  const expected = await read(text);
  expect(expected.rows[0]?.cells).toEqual(["María Ñahui", "Alto Piñal"]);
  expect(await read(text, "latin1")).toEqual(expected);
  expect(await read(`\uFEFF${text}`, "utf16le")).toEqual(expected);
});

test("rows keep the numbers that the spreadsheet shows, over titles, empty rows and cells of two lines", async () => {
  const table = await read('Padrón de socios 2026;\n;\nNombre;DNI\n"Rosa\nHuamán";1\n\n;\nJosé;2\n');
  expect(table.headerRow).toBe(3);
  expect(table.rows).toEqual([
    { row: 4, cells: ["Rosa Huamán", "1"] },
    { row: 7, cells: ["José", "2"] },
  ]);
});

test("delimiters and doubled quotes inside quotes belong to the cell", async () => {
  const table = await read('Nombre;Nota\n"Pérez; Juan";"dijo ""sí"", vino"');
  expect(table.rows[0]?.cells).toEqual(["Pérez; Juan", 'dijo "sí", vino']);
});

test("a workbook's cells are read as they are shown", async () => {
  const bytes = await writeXlsx({
    sheets: [
      {
        name: "Notas",
        hidden: true,
        rows: [
          ["no", "esta"],
          ["a", "b"],
        ],
      },
      {
        name: "Socios",
        rows: [
          ["Nombre", "DNI", "Celular", "Ingreso", "Ha", "Activo"],
          ["Rosa", "01234567", 987654321, new Date("2020-03-15T00:00:00Z"), 0.1 + 0.2, true],
        ],
      },
    ],
  });
  const table = await readTable(bytes, limits);
  expect(table.rows).toEqual([
    { row: 2, cells: ["Rosa", "01234567", "987654321", "2020-03-15", "0.3", "SI"] },
  ]);
});

test("a number format of zeros keeps the zeros before a number, and a formula shows what it last showed", async () => {
  const bytes = await writeXlsx({
    sheets: [
      {
        name: "Socios",
        columns: [
          { header: "DNI", key: "dni", numFmt: "00000000" },
          { header: "Suma", key: "sum" },
        ],
        data: [{ dni: 1_234_567, sum: 1 }],
        cells: new Map([["1,1", { value: 3, formula: "1+2", formulaResult: 3 }]]),
      },
    ],
  });
  const table = await readTable(bytes, limits);
  expect(table.rows[0]?.cells).toEqual(["01234567", "3"]);
});

test("what must not be stored is out of every cell, headers aside", async () => {
  const table = await readTable(
    await workbook([
      ["Nombre", "Cultivos"],
      ["Rosa", "cacao y coca"],
    ]),
    limits,
  );
  expect(table.rows[0]?.cells).toEqual(["Rosa", "cacao y […]"]);
});

test("what no column can hold is not in any cell", async () => {
  const table = await readTable(
    await workbook([
      ["Nombre", "Nota"],
      ["Ro\uD800sa", "a\u0001b"],
    ]),
    limits,
  );
  expect(table.rows[0]?.cells.every((cell) => cell.isWellFormed())).toBe(true);
  expect(table.rows[0]?.cells[1]).toBe("a b");
});

test("files that are no tables say why", async () => {
  expect(await refusal(Buffer.from(""))).toBe("file-empty");
  expect(await refusal(Buffer.from("Nombre;DNI\n;\n"))).toBe("file-empty");
  expect(await refusal(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0, 0, 0]))).toBe("file-old-excel");
  expect(await refusal(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 1, 2]))).toBe("file-unreadable");
  expect(await refusal(Buffer.from([0x50, 0x4b, 3, 4, 9, 9, 9, 9]))).toBe("file-unreadable");
  expect(await refusal(zipSync({ "hello.txt": strToU8("no workbook") }))).toBe("file-unreadable");
  expect(await refusal(Buffer.from("a;b\n1;2\n3;4\n"), 1)).toBe("file-too-many-rows");
  expect(await refusal(Buffer.from(`a;b\n"1;2\n${"3;4\n".repeat(900)}`))).toBe("file-cell-too-long");
});

test("an archive that unpacks to gigabytes is refused before it is unpacked", async () => {
  const bomb = zipSync({ "xl/worksheets/sheet1.xml": new Uint8Array(1_000_000) });
  const directory = Buffer.from(bomb).indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  for (const declared of [0xf000_0000, 0]) {
    new DataView(bomb.buffer, bomb.byteOffset).setUint32(directory + 24, declared, true);
    expect(await refusal(bomb)).toBe("file-too-large");
  }
});

test("a sheet with a cell in its farthest corner harms nothing", async () => {
  const parts = unzipSync(
    await workbook([
      ["a", "b"],
      ["1", "2"],
    ]),
  );
  const sheet = Object.keys(parts).find((name) => name.includes("worksheets/sheet1")) ?? "";
  const far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>';
  parts[sheet] = strToU8(new TextDecoder().decode(parts[sheet]).replace("</sheetData>", far));
  expect(await refusal(zipSync(parts))).toBe("file-unreadable");
});

test("of many files at once some are sent back instead of being held, and later ones are read again", async () => {
  const answers = await Promise.allSettled(
    Array.from({ length: 30 }, () => read("Nombre;DNI\nRosa;01234567")),
  );
  const refused = answers.flatMap((answer) => (answer.status === "rejected" ? [answer.reason.code] : []));
  expect(refused).toEqual(Array.from({ length: 20 }, () => "too-many-files"));
  expect((await read("Nombre;DNI\nRosa;01234567")).rows).toHaveLength(1);
});
