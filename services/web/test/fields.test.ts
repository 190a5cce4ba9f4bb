import { allDistricts, districtLabel } from "@minka/geography/districts";
import { expect, test } from "vitest";
import { z } from "zod";
import { formState } from "../src/forms/attempt.ts";
import * as kinds from "../src/forms/field-kinds.ts";
import { areaLine, readArea } from "../src/pages/provider/coverage-field.ts";
import { goTo } from "../src/visits/destination.ts";
import { action } from "../src/visits/page.ts";

test("no field of a form is named like one that every form brings", () => {
  const named = (fields: z.ZodType) => () => action(fields, async () => goTo("/"));
  const text = kinds.text(30).optional;
  for (const name of ["quien", "clave", "accion"]) {
    const fields = z.object({ nota: text, [name]: text });
    expect(named(fields), name).toThrow(name);
    expect(named(fields.refine(() => true)), name).toThrow(name);
    expect(named(fields.transform((values) => values)), name).toThrow(name);
    expect(named(z.union([z.object({}), fields])), name).toThrow(name);
  }
  expect(named(z.object({ quienes: text, nota: text }))).not.toThrow();
});

test.each([
  ["12,500.5", 12_500.5],
  ["1 500", 1500],
  ["1.500.000", 1_500_000],
  ["1.250,50", 1250.5],
  ["12,5", 12.5],
  ["12.5", 12.5],
  ["0.125", 0.125],
  [".5", 0.5],
  ["1500", 1500],
  ["0,500", 0.5],
  ["0,850", 0.85],
  ["1250,500", 1250.5],
  ["1250.500", 1250.5],
  ["1 250,500", 1250.5],
  ["1,250,000", 1_250_000],
  ["-12,5", -12.5],
])("%s is read as %d", (written, value) => {
  expect(kinds.decimal({ least: -100, most: 10_000_000 }).required.parse(written)).toBe(value);
});

test("a mark before three digits is asked about where it may be either, and never guessed", () => {
  for (const written of ["1.500", "1,500"]) {
    const read = kinds.decimal({ most: 10_000 }).required.safeParse(written);
    expect(read.error?.issues[0]?.message, written).toBe("¿Son 1500 o 1.5? Escríbalo así: 1500, o 1.5.");
  }
  const asked = kinds.decimal().required.safeParse("1,125").error?.issues[0]?.message;
  expect(asked).toBe("¿Son 1125 o 1.125? Escríbalo así: 1125, o 1.1250.");
  expect(kinds.decimal().required.parse("1.1250")).toBe(1.125);
  // Only one of them is possible here.
  for (const written of ["7.125", "7,125"]) {
    expect(kinds.decimal({ most: 100 }).required.parse(written)).toBe(7.125);
    expect(kinds.decimal({ least: 100, most: 10_000 }).required.parse(written)).toBe(7125);
  }
});

test.each([
  ["12", 12],
  ["1,500", 1500],
  ["1.500", 1500],
  ["12 500", 12_500],
])("%s pieces are %d", (written, value) => {
  expect(kinds.wholeNumber().required.parse(written)).toBe(value);
});

test.each(["0,500", "1250.500", "12,5", "1.5"])("%s pieces are asked for again", (written) => {
  expect(kinds.wholeNumber().required.safeParse(written).success).toBe(false);
});

test.each([
  ["S/ 25", 2_500],
  ["25.50", 2_550],
  ["25,5", 2_550],
  ["1,250.81", 125_081],
  ["1.500", 150_000],
  ["1,500", 150_000],
  ["0,500", 50],
])("%s soles are %d céntimos", (written, value) => {
  expect(kinds.money().required.parse(written)).toBe(value);
});

test.each(["mucho", "1,2,3", "1..2", "12 sacos", "--3"])("%s is no number", (written) => {
  expect(kinds.decimal().required.safeParse(written).success).toBe(false);
});

test("a place that a form shows is read again as the same place, all over Peru", () => {
  const codes = allDistricts().map(({ code }) => code);
  const areas = [
    "PE",
    ...codes,
    ...codes.map((code) => code.slice(0, 4)),
    ...codes.map((code) => code.slice(0, 2)),
  ];
  expect(areas.filter((area) => readArea(areaLine(area)) !== area)).toEqual([]);
  const misread = allDistricts().filter(
    (one) => kinds.district().required.safeParse(districtLabel(one)).data !== one.code,
  );
  expect(misread).toEqual([]);
});

test("a number that a form shows is read again as the same number", () => {
  for (const value of [1.125, 12.5, 1500, 0.125, 999.999, 1234.567, -12.5]) {
    const shown = formState(null, "guardar", { cantidad: value }).value("cantidad");
    expect(kinds.decimal({ least: -100, most: 10_000 }).required.parse(shown)).toBe(value);
  }
});
