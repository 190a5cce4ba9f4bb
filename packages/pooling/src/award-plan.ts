import { apportion } from "@minka/domain/apportion";
import type { Highs } from "highs";
import type { AwardQuote } from "./award-instance.ts";
import { solveChecked, type Plan } from "./award-answer.ts";
import type { Aim, Worth } from "./award-model.ts";
import { partsOf, reachableSupplies, type Demand, type Part, type Supply } from "./award-parts.ts";

/**
 * The best plan. First as many of the wanted packs as can be had; then, where that is not all, points that share
 * suppliers get them pro rata to what they wanted (largest remainder), or as near to it as suppliers can go: the fewest
 * packs below those shares; then the least landed cost, less what packs beyond the wanted are worth, plus what packs
 * given up are. Packs are given up only in a part where everything wanted could be had. Without `split` one supplier
 * brings all: the one whose own best plan is best.
 */
export function planPool(
  highs: Highs,
  { demands, quotes, split }: { demands: readonly Demand[]; quotes: readonly AwardQuote[]; split: boolean },
): Plan {
  const supplies = reachableSupplies(demands, quotes);
  const worth = worthOf(supplies);
  if (split) return planParts(highs, partsOf(demands, supplies), worth);
  return supplies
    .map((supply) => planParts(highs, partsOf(demands, [supply]), worth))
    .reduce(
      (best, plan) =>
        plan.filled > best.filled || (plan.filled === best.filled && plan.score < best.score) ? plan : best,
      planParts(highs, partsOf(demands, []), worth),
    );
}

/** The lowest and the highest price within reach: a price that so many packs could never have says nothing here. */
export function worthOf(supplies: readonly Supply[]): Worth {
  const prices = supplies.flatMap(({ tiers }) => tiers.map(({ priceCentimos }) => priceCentimos));
  return prices.length === 0
    ? { lowest: 0, highest: 0 }
    : { lowest: Math.min(...prices), highest: Math.max(...prices) };
}

function planParts(highs: Highs, parts: readonly Part[], worth: Worth): Plan {
  const plans = parts.map((part) => planPart(highs, part, worth));
  return {
    supplies: plans.flatMap(({ supplies }) => supplies),
    byPoint: new Map(plans.flatMap(({ byPoint }) => [...byPoint])),
    short: new Set(plans.flatMap(({ short }) => [...short])),
    filled: plans.reduce((sum, { filled }) => sum + filled, 0),
    score: plans.reduce((sum, { score }) => sum + score, 0),
  };
}

function planPart(highs: Highs, part: Part, worth: Worth): Plan {
  const { demands, supplies } = part;
  const wanted = demands.map((demand) => demand.wanted);
  const all = wanted.reduce((sum, packs) => sum + packs, 0);
  const ask = (aim: Aim, filled: number) => solveChecked(highs, part, aim, { filled, worth });
  const { filled } = supplies.length === 0 ? { filled: 0 } : ask({ kind: "most" }, all);
  if (filled === all) {
    const got = demands.map(({ least, wanted: upper }) => ({ lower: least, upper }));
    return ask({ kind: "cheapest", worth, got, short: null }, filled);
  }
  const targets = apportion(filled, wanted);
  const under = below(targets, ask({ kind: "fair", filled, targets }, filled), demands);
  if (under === 0) {
    const got = targets.map((target) => ({ lower: target, upper: target }));
    return ask({ kind: "cheapest", worth, got, short: null }, filled);
  }
  const got = wanted.map((upper) => ({ lower: 0, upper }));
  return ask({ kind: "cheapest", worth, got, short: { filled, targets, under } }, filled);
}

/** By how many packs together the points miss their targets. */
function below(targets: readonly number[], { byPoint }: Plan, demands: readonly Demand[]): number {
  return demands.reduce(
    (sum, { point }, index) => sum + Math.max(0, (targets[index] ?? 0) - (byPoint.get(point) ?? 0)),
    0,
  );
}
