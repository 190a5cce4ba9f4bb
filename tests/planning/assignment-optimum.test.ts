import { describe, expect, test } from "vitest";
import { assignVisits } from "@minka/visit-planning/assign-visits";
import { highsOptimum, highsSolver } from "./highs-optimum.ts";
import { minimized } from "./minimized.ts";
import { shapes, smallMonth } from "./small-months.ts";

const seeds = Array.from({ length: 20 }, (_, index) => index);
const highs = await highsSolver();

describe("visits of weight 1, twenty months of each shape", () => {
  test.each(Object.keys(shapes))("%s: as many and as few km as the general solver's optimum", (name) => {
    for (const seed of seeds) {
      const month = smallMonth(shapes[name] ?? {}, seed);
      const optimum = highsOptimum(highs, month);
      const plan = assignVisits(month);
      expect(plan.assignments.length, `seed ${seed}`).toBe(optimum.weight);
      expect(Math.abs(minimized(month, plan) - optimum.cost), `seed ${seed}`).toBeLessThan(
        1e-6 * (1 + Math.abs(optimum.cost)),
      );
      expect(plan.gap, `seed ${seed}`).toBe(0);
      expect(plan.bound, `seed ${seed}`).toBe(plan.totalKm);
    }
  });
});
