import {
  choiceColumn,
  dayColumn,
  decimalColumn,
  dniColumn,
  integerColumn,
  phoneColumn,
  solesColumn,
  textColumn,
} from "@minka/imports/cells";
import { foldHeader, mapHeaders, type Column } from "@minka/imports/columns";
import { expect, test } from "vitest";

const columns = {
  dni: dniColumn(["DNI", "Documento de identidad"], "required"),
  phone: phoneColumn(["Celular"], "required"),
  note: textColumn(5)(["Nota"]),
};

test.each([
  ["Nro. de DNI", "NRO DE DNI"],
  ["AÑO_DE_NACIMIENTO", "Año de nacimiento"],
  ["Hectáreas", "hectarea"],
  ["Celulares", "celular"],
  ["  Caserío ", "CASERIO"],
])("%s and %s name one column", (one, other) => {
  expect(foldHeader(one)).toBe(foldHeader(other));
});

test("headers that are missing, doubled or unknown are told", () => {
  const headers = ["dni", "Documentos de Identidad", "Zona", ""];
  const { positions, errors, warnings } = mapHeaders(columns, { headerRow: 3, headers, rows: [] });
  expect([...positions]).toEqual([["dni", 0]]);
  expect(errors).toEqual([
    { row: 3, column: "Documentos de Identidad", code: "column-doubled" },
    { row: 3, column: "Celular", code: "column-missing" },
  ]);
  expect(warnings).toEqual([{ row: 3, column: "Zona", code: "column-unknown" }]);
});

const cases: [Column, string, unknown][] = [
  [dniColumn([]), "01234567", "01234567"],
  [dniColumn([]), "01.234.567", "01234567"],
  [dniColumn([]), "1234567", "dni-seven-digits"],
  [dniColumn([]), "123456789", "dni-wrong"],
  [phoneColumn([]), "987 654 321", "+51987654321"],
  [phoneColumn([]), "042-521234", "phone-wrong"],
  [decimalColumn({ least: 0, most: 10 })([]), "2,5", 2.5],
  [decimalColumn({ least: 0, most: 10_000 })([]), "1.250,5", 1250.5],
  [decimalColumn({ least: 0, most: 10_000 })([]), "1,250.5", 1250.5],
  [decimalColumn({ least: 0, most: 10_000 })([]), "1,250", 1250],
  [decimalColumn({ least: 0, most: 10 })([]), "11", "number-out-of-range"],
  [decimalColumn({ least: 0, most: 10 })([]), "dos", "number-unreadable"],
  [integerColumn({ least: 0, most: 10 })([]), "2.5", "number-not-whole"],
  [solesColumn(100_000)([]), "S/ 120.50", 12_050],
  [solesColumn(100_000)([]), "1.999", "price-unreadable"],
  [dayColumn([]), "15/03/2024", "2024-03-15"],
  [dayColumn([]), "5-3-2024", "2024-03-05"],
  [dayColumn([]), "2024-03-15", "2024-03-15"],
  [dayColumn([]), "31/02/2024", "day-unreadable"],
  [dayColumn([]), "03/15/2024", "day-unreadable"],
  [choiceColumn({ a: ["Sí", "S"], b: ["No"] })([]), "si", "a"],
  [choiceColumn({ a: ["Sí", "S"], b: ["No"] })([]), "quizás", "choice-unknown"],
  [textColumn(5)([]), "larguísimo", "text-too-long"],
];

test.each(cases)("cell %#: %s %s", (column, text, expected) => {
  const parsed = column.parse(text);
  expect("value" in parsed ? parsed.value : parsed.error).toBe(expected);
});
