import { isLenderNumber, readLenderNumber } from "@minka/domain/lender-registers";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

describe("a lender's register number", () => {
  test.each([
    ["sbs", "4977-2018", "4977-2018"],
    ["sbs", "Resolución SBS N° 4977-2018", "4977-2018"],
    ["sbs", "res. s.b.s. nº 540-99", "540-99"],
    ["sbs_coopac", "N° 0142-2019-reg.coopac-sbs", "0142-2019-REG.COOPAC-SBS"],
    ["other", "apci  0123/2020", "APCI 0123/2020"],
  ] as const)("%s %s is read as %s", (register, written, number) => {
    expect(readLenderNumber(register, written)).toBe(number);
    expect(isLenderNumber(register, number)).toBe(true);
  });

  test.each([
    ["sbs", "4977"],
    ["sbs", "4977-18A"],
    ["sbs", "4977-1718"],
    ["sbs_coopac", "0142-2019"],
    ["other", "APCI"],
    ["other", "1"],
  ] as const)("%s %s has not the register's form", (register, number) => {
    expect(isLenderNumber(register, number)).toBe(false);
  });

  test("is read whatever people write before it, and reading twice changes nothing more", () => {
    const prefix = fc.constantFrom("", "SBS ", "Res. SBS N° ", "N° ", "Resolución ");
    const number = fc.tuple(fc.integer({ min: 1, max: 999_999 }), fc.integer({ min: 1990, max: 2030 }));
    fc.assert(
      fc.property(prefix, number, (prefix, [first, year]) => {
        const read = readLenderNumber("sbs", `${prefix}${first}-${year}`);
        expect(read).toBe(`${first}-${year}`);
        expect(readLenderNumber("sbs", read)).toBe(read);
        expect(isLenderNumber("sbs", read)).toBe(true);
      }),
    );
  });
});
