import * as fc from "fast-check";
import { expect, test } from "vitest";
import { withhold } from "../src/sponsorships/report.ts";
import { bestPayer, shareOf } from "../src/sponsorships/share.ts";

const share = fc.record({
  sharePercent: fc.integer({ min: 1, max: 100 }),
  mostPerServiceCentimos: fc.integer({ min: 1, max: 1_000_000 }),
});
const price = fc.integer({ min: 0, max: 1_000_000 });
const payer = fc
  .record({
    id: fc.uuid(),
    until: fc.constantFrom("2026-11-30", "2026-12-31"),
    share,
    budgetCentimos: fc.integer({ min: 1, max: 1_000_000 }),
  })
  .map(({ share: its, ...rest }) => ({ ...rest, ...its, reservedCentimos: 0, spentCentimos: 0 }));

test("a sponsor pays whole céntimos of a price: never more than it, nor than it said, and no less for a higher one", () => {
  fc.assert(
    fc.property(share, price, price, (its, one, other) => {
      const [low, high] = one < other ? [one, other] : [other, one];
      const pays = shareOf(its, low);
      expect(Number.isInteger(pays)).toBe(true);
      expect(pays).toBeLessThanOrEqual(Math.min(low, its.mostPerServiceCentimos));
      expect(shareOf(its, high)).toBeGreaterThanOrEqual(pays);
    }),
  );
});

test("who pays most and has it is named, in whatever order they are found", () => {
  fc.assert(
    fc.property(fc.uniqueArray(payer, { selector: ({ id }) => id, maxLength: 6 }), price, (payers, one) => {
      const best = bestPayer(payers, one);
      expect(bestPayer(payers.toReversed(), one)).toEqual(best);
      const able = payers
        .map((each) => shareOf(each, one))
        .filter((pays, index) => pays <= payers[index]!.budgetCentimos);
      expect(best?.paysCentimos ?? 0).toBe(Math.max(0, ...able));
    }),
  );
});

const cell = fc.integer({ min: 1, max: 20 });

test("of a report nobody reads a cell of fewer than five persons, nor works out those that are missing", () => {
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 8 }), (persons) => {
      const cells = persons.map((count, index) => ({
        by: "district" as const,
        value: String(220_000 + index),
        services: count,
        persons: count,
        reservedCentimos: 0,
        spentCentimos: count * 100,
      }));
      const shown = withhold(cells);
      const missing = shown.filter((each) => each.persons === null);
      expect(shown.every((each) => each.persons === null || each.persons >= 5)).toBe(true);
      expect(missing.every((each) => each.services === null && each.spentCentimos === null)).toBe(true);
      const few = persons.filter((count) => count < 5).length;
      if (few === 0) expect(missing).toEqual([]);
      if (few > 0 && cells.length > 1) expect(missing.length).toBeGreaterThanOrEqual(2);
      // Those who are missing can be counted together: by what the total says beyond the rest.
      const told = shown.reduce((sum, each) => sum + (each.persons ?? 0), 0);
      const all = persons.reduce((sum, count) => sum + count, 0);
      if (missing.length > 0 && all >= 5) expect(all - told).toBeGreaterThanOrEqual(5);
    }),
  );
});
