import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { composeLot } from "../src/compose-lot.ts";
import type { Composition, Contribution, LotInstance } from "../src/lot-instance.ts";
import { amountsOf, bestLot, canBeUsed, keepsLimits, moneyOf, scoreOf } from "./exhaustive-lot.ts";
import { randomLot } from "./random-lots.ts";

describe("a lot's composition", () => {
  it.each([
    ["wholes", false, 330],
    ["parts", true, 220],
  ])(
    "equals the best of every way to make it up, of %s",
    async (_, parts, numRuns) => {
      const outcomes = { composed: 0, impossible: 0 };
      await fc.assert(
        fc.asyncProperty(randomLot(parts), async (lot) => {
          const composition = await composeLot(lot);
          outcomes[composition.outcome] += 1;
          expectTheBest(lot, composition);
        }),
        { numRuns },
      );
      // Both sides of the edge were tried.
      expect(outcomes.composed).toBeGreaterThan(numRuns / 5);
      expect(outcomes.impossible).toBeGreaterThan(numRuns / 20);
    },
    15_000,
  );

  it("leaves nothing without a reason, and gives the same answer to the same instance however it is ordered", async () => {
    await fc.assert(
      fc.asyncProperty(randomLot(true), async (lot) => {
        const composition = await composeLot(lot);
        const turned = await composeLot({ ...lot, contributions: lot.contributions.toReversed() });
        expect(turned).toEqual(composition);
        if (composition.outcome !== "composed") return;
        for (const { id, grams } of lot.contributions) {
          const taken = composition.taken.find((one) => one.id === id)?.grams ?? 0;
          const left = composition.left.filter((one) => one.id === id);
          expect(taken + left.reduce((sum, one) => sum + one.grams, 0)).toBe(grams);
          expect(left).toHaveLength(taken === grams ? 0 : 1);
        }
      }),
      { numRuns: 25 },
    );
  });
});

function expectTheBest(lot: LotInstance, composition: Composition): void {
  const best = bestLot(lot);
  if (composition.outcome === "impossible") {
    expect(best).toBeNull();
    const { minimumGrams: _, ...rest } = lot;
    const most = bestLot({ ...rest, minimumGrams: 0, ...byGrams(lot) });
    const grams = [...(most?.grams.values() ?? [])].reduce((sum, one) => sum + one, 0);
    expect(composition.most?.grams ?? 0).toBe(grams);
    return;
  }
  const grams = new Map(composition.taken.map((one) => [one.id, one.grams]));
  const usable = lot.contributions.filter((one) => canBeUsed(one, lot));
  expect(keepsLimits(lot, grams)).toBe(true);
  for (const one of composition.taken) {
    const contribution = usable.find(({ id }) => id === one.id);
    expect(contribution && amountsOf(contribution, lot)).toContain(one.grams);
  }
  expect(scoreOf(lot, usable, grams)).toEqual(best?.score);
  const [pay, pickup] = moneyOf(lot, grams);
  expect(composition).toMatchObject({
    payCentimos: pay,
    pickupCentimos: pickup,
    netCentimos: pay - pickup,
    proven: true,
    gapCentimos: 0,
  });
}

/** The same lot asked for the most grams: everybody small, which no pickup or price outweighs. */
function byGrams(lot: LotInstance): { contributions: Contribution[]; fairness: "small-first" } {
  const contributions = lot.contributions.map((one) => ({ ...one, sizeClass: "small" as const }));
  return { contributions, fairness: "small-first" };
}
