import type { Highs } from "highs";
import { awardModel, type Aim, type AwardModel, type Worth } from "./award-model.ts";
import { tierPrice, type Part, type Supply } from "./award-parts.ts";
import { solveProgram } from "./solver.ts";

/** Who brings how many packs where. */
export type Plan = {
  supplies: PlannedSupply[];
  /** Packs that come to each point; every point is in it. */
  byPoint: Map<string, number>;
  /** Points that get less than wanted because it cannot be had; who gives packs up by tolerance is not among them. */
  short: Set<string>;
  /** Of what was wanted, as many packs as could be had (who gave up packs by tolerance is not taken off). */
  filled: number;
  /** Least for the best, in tenths of céntimos: landed cost and what tolerance is worth. */
  score: number;
};

export type PlannedSupply = {
  quoteId: string;
  casePacks: number;
  packs: number;
  tierPriceCentimos: number;
  /** The supplier's dearest price that was within its reach. */
  firstPriceCentimos: number;
  /** By point, only where it goes. */
  points: Map<string, { packs: number; deliveryCentimos: number }>;
};

/**
 * What the solver finds for a part, read from its floating point as whole numbers. What the numbers do not bear out (a
 * bound, a case, a tier, a cost) is thrown, after a second try without presolve in which also the packs must
 * be whole to the solver, and so is that there is no answer. `filled`:
 * the packs of the wanted ones that can be had.
 */
export function solveChecked(highs: Highs, part: Part, aim: Aim, of: { filled: number; worth: Worth }): Plan {
  const model = awardModel(part, aim);
  let wrong: unknown;
  for (const presolve of ["choose", "off"] as const) {
    const solved = solveProgram(highs, model.program, { gap: 0.9, presolve });
    try {
      if (solved.outcome === "infeasible") throw new Error("HiGHS found no award where there is one");
      return checkedPlan(part, aim, { ...of, model, solved });
    } catch (error) {
      wrong = error;
      for (const amount of model.packs.flat()) {
        const column = model.program.columns[amount ?? -1];
        if (column) column.integer = true;
      }
    }
  }
  throw wrong;
}

function checkedPlan(
  part: Part,
  aim: Aim,
  {
    filled,
    worth,
    model,
    solved,
  }: {
    filled: number;
    worth: Worth;
    model: AwardModel;
    solved: { values: Float64Array; objective: number };
  },
): Plan {
  const plan = readPlan(part, model, solved.values);
  const got = part.demands.map(({ point, wanted }) => Math.min(wanted, plan.byPoint.get(point) ?? 0));
  const sum = total(got);
  if (aim.kind === "most") {
    expect(-sum <= solved.objective + 0.5, "fewer packs than promised");
    return { ...plan, filled: sum };
  }
  if (aim.kind === "fair") {
    expect(sum === filled, "another number of packs than demanded");
    return { ...plan, filled };
  }
  for (const [index, { lower, upper }] of aim.got.entries()) {
    const own = got[index] ?? 0;
    expect(lower <= own && own <= upper, "a point outside its bounds");
  }
  if (aim.short) {
    const below = total(aim.short.targets.map((target, index) => Math.max(0, target - (got[index] ?? 0))));
    expect(sum === aim.short.filled && below <= aim.short.under, "an unfair share");
  }
  const score = scoreOf(plan, { filled, got: sum, worth });
  // The program leaves out what is the same in all its answers.
  const promised = solved.objective * model.unit + 11 * worth.highest * filled;
  expect(score <= promised + 0.5 * model.unit, "a dearer award than promised");
  const lacking = part.demands.filter(({ wanted }, index) => (got[index] ?? 0) < wanted);
  const forced = filled < total(part.demands.map(({ wanted }) => wanted));
  return { ...plan, filled, score, short: new Set(forced ? lacking.map(({ point }) => point) : []) };
}

function readPlan({ demands, supplies }: Part, { packs }: AwardModel, values: Float64Array): Plan {
  const byPoint = new Map(demands.map(({ point }) => [point, 0]));
  const planned = supplies.flatMap((supply, s): PlannedSupply[] => {
    const points: PlannedSupply["points"] = new Map();
    for (const [d, { point }] of demands.entries()) {
      const column = packs[s]?.[d];
      const amount = column === undefined ? 0 : wholeNumber(values[column]);
      if (amount === 0) continue;
      points.set(point, { packs: amount, deliveryCentimos: supply.deliveryCentimos.get(point) ?? 0 });
      byPoint.set(point, (byPoint.get(point) ?? 0) + amount);
    }
    return points.size === 0 ? [] : [plannedSupply(supply, points)];
  });
  for (const { point, most } of demands) expect((byPoint.get(point) ?? 0) <= most, "more than a point takes");
  return { supplies: planned, byPoint, short: new Set(), filled: 0, score: 0 };
}

function plannedSupply(supply: Supply, points: PlannedSupply["points"]): PlannedSupply {
  const packs = total([...points.values()].map((at) => at.packs));
  const tierPriceCentimos = tierPrice(supply, packs);
  if (tierPriceCentimos === undefined) throw new Error(`HiGHS gave ${packs} packs, which nobody sells`);
  const firstPriceCentimos = supply.tiers[0]?.priceCentimos ?? tierPriceCentimos;
  const { quoteId, casePacks } = supply;
  return { quoteId, casePacks, packs, tierPriceCentimos, firstPriceCentimos, points };
}

function scoreOf(
  { supplies }: Plan,
  { filled, got, worth: { lowest, highest } }: { filled: number; got: number; worth: Worth },
): number {
  const cost = total(
    supplies.map(
      ({ packs, tierPriceCentimos, points }) =>
        packs * tierPriceCentimos + total([...points.values()].map((at) => at.deliveryCentimos)),
    ),
  );
  const extra = total(supplies.map(({ packs }) => packs)) - got;
  return 10 * cost - 9 * lowest * extra + 11 * highest * (filled - got);
}

function wholeNumber(value = Number.NaN): number {
  const whole = Math.round(value);
  expect(whole >= 0 && Math.abs(value - whole) < 1e-3, "a broken number of packs");
  return whole;
}

function expect(is: boolean, otherwise: string): void {
  if (!is) throw new Error(`HiGHS gave ${otherwise}`);
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
