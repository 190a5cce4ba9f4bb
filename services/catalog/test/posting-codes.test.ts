import { crops, inputProducts, kinds } from "@minka/domain/vocabulary";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { subjectsOf, subjectWords } from "../src/candidates/asked-keys.ts";
import {
  anyWord,
  distanceOfPlace,
  everyWord,
  isSunk,
  placeCode,
  rangeCode,
  rangedBySubject,
  servedBits,
  wantedCrop,
  wantedSubject,
} from "../src/candidates/posting-codes.ts";
import { other } from "./catalog-run.ts";

describe("the codes of stored postings", () => {
  test("stay what they are: word lists only grow at the end", () => {
    const word = (kind: (typeof kinds)[number], name: string) => rangeCode("PE", kind, name) % 64;
    expect([word("assistance", "cacao"), word("credit", "cotton")]).toEqual([2, 13]);
    expect([word("input", "urea"), word("equipment", "sprayer"), word("service", "internet")]).toEqual([
      2, 18, 6,
    ]);
    expect(rangeCode("221001", "purchase", everyWord)).toBe(221_001 * 512 + 6 * 64);
    expect(servedBits("assistance", { crops: ["cacao"], subjects: ["pruning"] })).toBe(1 | (1 << 12));
    expect(servedBits("equipment", { crops: ["coffee"], subjects: ["sprayer"] })).toBe(2 | (1 << 12));
    expect(inputProducts.length).toBeLessThanOrEqual(16);
    expect(crops.length).toBeLessThanOrEqual(12);
  });

  test("no two of area, kind and word share a range, and each fits 32 bits", () => {
    const areas = ["PE", "22", "2210", "221001", "250401", "010101", "01", "0101"];
    const codes = areas.flatMap((area) =>
      kinds.flatMap((kind) => {
        const words = rangedBySubject.has(kind) ? subjectWords[kind] : crops;
        return [...words, everyWord, anyWord].map((word) => rangeCode(area, kind, word));
      }),
    );
    expect(new Set(codes).size).toBe(codes.length);
    expect(Math.max(...codes)).toBeLessThan(2 ** 31);
  });

  test("an offer shares a bit with what it serves and with nothing else", () => {
    for (const kind of kinds) {
      for (const subject of subjectWords[kind]) {
        const every = servedBits(kind, { crops: [], subjects: [] });
        expect(every & wantedSubject(kind, subject), `${kind} ${subject}`).not.toBe(0);
        const own = servedBits(kind, { crops: ["cacao"], subjects: [subject] });
        for (const asked of subjectWords[kind]) {
          const both = (own & wantedSubject(kind, asked)) !== 0;
          // Words that no offer of the kind can name are served by nobody who names one.
          const nameable = kind !== "input" || (inputProducts as readonly string[]).includes(subject);
          const sold =
            kind !== "equipment" || subjectWords.equipment.indexOf(subject) >= inputProducts.length;
          if (nameable && sold) expect(both, `${kind} ${subject} ${asked}`).toBe(asked === subject);
        }
        expect(own & wantedCrop("coffee")).toBe(0);
        expect(own & wantedCrop(undefined)).not.toBe(0);
      }
    }
  });
});

const posting = fc.record({
  sunk: fc.boolean(),
  distanceKm: fc.option(fc.double({ min: 0, max: 750, noNaN: true })),
  level: fc.integer({ min: 0, max: 3 }),
  offerId: fc.uuid(),
  confirmedOn: fc
    .date({ min: new Date("2020-01-01"), max: new Date("2060-01-01"), noInvalidDate: true })
    .map((at) => at.toISOString().slice(0, 10)),
});

test("places sort by freshness, distance, width of the area, day of confirmation, and the offer's id among equals", () => {
  fc.assert(
    fc.property(posting, posting, (a, b) => {
      const tie = (p: typeof a) => Number.parseInt(p.offerId.slice(-3), 16);
      const order = (p: typeof a) =>
        p.distanceKm === null
          ? [Number(p.sunk), 1, p.level, -Date.parse(p.confirmedOn), tie(p)]
          : [Number(p.sunk), 0, Math.round(p.distanceKm * 1000), 0, tie(p) % 512];
      const [x, y] = [order(a), order(b)];
      const differs = x.findIndex((value, at) => value !== y[at]);
      const wanted = differs < 0 ? 0 : Math.sign(x[differs]! - y[differs]!);
      expect(Math.sign(placeCode(a) - placeCode(b))).toBe(wanted);
      expect(isSunk(placeCode(a))).toBe(a.sunk);
      const km = distanceOfPlace(placeCode(a));
      if (a.distanceKm === null) expect(km).toBeNull();
      else expect(Math.abs((km ?? Infinity) - a.distanceKm)).toBeLessThan(0.001);
    }),
  );
});

test("a buyer serves every subject, and who sells one fertilizer serves who asks for fertilizer", () => {
  expect(subjectsOf(other("purchase"))).toEqual([]);
  expect(subjectsOf(other("input", { product: "copper" }))).toEqual(["copper"]);
  expect(subjectsOf(other("input", { product: "npk" }))).toEqual(["npk", "fertilizer"]);
});
