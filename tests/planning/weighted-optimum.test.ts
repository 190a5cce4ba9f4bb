import { describe, expect, test } from "vitest";
import { assignVisits } from "@minka/visit-planning/assign-visits";
import { highsOptimum, highsSolver } from "./highs-optimum.ts";
import { minimized } from "./minimized.ts";
import { smallMonth, weightedShapes } from "./small-months.ts";

const seeds = Array.from({ length: 6 }, (_, index) => index);
const highs = await highsSolver();

describe("visits of mixed weights, six months of each shape", { timeout: 120_000 }, () => {
  test.each(Object.keys(weightedShapes))(
    "%s: weight within 1% of the general solver's bound, km within 1% (5% where sizes are no whole places)",
    (name) => {
      // Sizes that are no whole places leave more to be searched than is searched.
      const share = name === "parts of places" ? 0.05 : 0.01;
      for (const seed of seeds) {
        const month = smallMonth(weightedShapes[name] ?? {}, seed);
        const optimum = highsOptimum(highs, month, 3);
        const plan = assignVisits(month);
        expect(plan.servedWeight, `seed ${seed}`).toBeGreaterThanOrEqual(0.99 * optimum.weightBound);
        // A bound is true: what the general solver reaches never beats it.
        expect(plan.weightBound, `seed ${seed}`).toBeGreaterThan(optimum.weight - 1e-5);
        if (plan.servedWeight < optimum.weight - 1e-5) continue;
        expect(minimized(month, plan), `seed ${seed}`).toBeLessThan(
          optimum.costBound + share * Math.abs(optimum.costBound) + 1e-4,
        );
        const least = minimized(month, plan) - (plan.totalKm - plan.bound);
        expect(least, `seed ${seed}`).toBeLessThan(optimum.cost + 1e-4);
      }
    },
  );
});
