import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bitsSet, editDistance, letterSet } from "../src/edit-distance.ts";

/** The definition itself, letter by letter: slow and plainly right. */
function byDefinition(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, (_, row) =>
    Array.from({ length: b.length + 1 }, (_, column) => (row === 0 ? column : row)),
  );
  const at = (row: number, column: number) => table[row]?.[column] ?? Infinity;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      let cost = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1);
      cost = Math.min(cost, at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, at(i - 2, j - 2) + 1);
      const row = table[i];
      if (row) row[j] = j === 0 ? i : cost;
    }
  }
  return at(a.length, b.length);
}

const words = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 12 });

describe("editDistance", () => {
  test("counts a swap of neighbours as one slip", () => {
    expect(editDistance("tocahce", "tocache", 2)).toBe(1);
    expect(editDistance("pucalpa", "pucallpa", 2)).toBe(1);
    expect(editDistance("uchiza", "lamas", 2)).toBe(3);
  });

  test("agrees with the definition up to its limit, also after longer words", () => {
    fc.assert(
      fc.property(words, words, fc.integer({ min: 0, max: 4 }), (a, b, limit) => {
        editDistance("x".repeat(80), "y".repeat(80), 3);
        expect(editDistance(a, b, limit)).toBe(Math.min(byDefinition(a, b), limit + 1));
      }),
      { numRuns: 2000 },
    );
  });

  test("never passes over a word within reach by its set of letters", () => {
    fc.assert(
      fc.property(words, words, (a, b) => {
        expect(bitsSet(letterSet(a) ^ letterSet(b))).toBeLessThanOrEqual(2 * byDefinition(a, b));
      }),
    );
  });
});
