import type { Limit } from "./compose-limits.ts";
import { noFloors, type Stage } from "./compose-model.ts";
import { solveStage, type Solve } from "./compose-stage.ts";
import type { Composition, ImpossibleCode, Reason } from "./lot-instance.ts";

type Because = Reason<ImpossibleCode>;

/** Why a lot that has no composition has none: what alone makes it impossible, or else what does so together. */
export function whyImpossible(
  solve: Solve,
  lot: Omit<Stage, "goal" | "floors">,
  seconds: number,
): Composition {
  const { instance, usable, limits } = lot;
  const { minimumGrams } = instance;
  const sum = (all: readonly { grams: number }[]): number =>
    all.reduce((total, { grams }) => total + grams, 0);
  const usableGrams = sum(usable.map(({ contribution }) => contribution));
  const mostGrams = mostThatFits(solve, lot, seconds);
  const because: Because[] = [{ code: "least-volume-not-reached", parameters: { mostGrams, minimumGrams } }];
  if (usableGrams < minimumGrams) {
    const pledgedGrams = sum(instance.contributions);
    because.push({ code: "not-enough-usable", parameters: { usableGrams, pledgedGrams, minimumGrams } });
  } else {
    const alone = limits.flatMap((limit) => unreachable(limit, lot));
    because.push(...(alone.length > 0 ? alone : [together(solve, lot, seconds)]));
  }
  return { outcome: "impossible", because, most: mostGrams === 0 ? null : { grams: mostGrams } };
}

function mostThatFits(solve: Solve, lot: Omit<Stage, "goal" | "floors">, seconds: number): number {
  const instance = { ...lot.instance, minimumGrams: 0 };
  const stage = { ...lot, instance, goal: { most: "grams" }, floors: noFloors } as const;
  const result = solveStage(solve, stage, { seconds });
  // Nothing at all keeps every limit, so there is always an answer.
  if (result.outcome === "impossible") throw new Error("the solver finds no room for an empty lot");
  return [...result.choice.values()].reduce((total, grams) => total + grams, 0);
}

/** The best average that the least volume can have, were any gram for the taking: beyond the limit nothing helps. */
function unreachable(limit: Limit, { instance, usable }: Omit<Stage, "goal" | "floors">): Because[] {
  const byExcess = usable
    .map(({ contribution }) => ({ grams: contribution.grams, excess: limit.excess(contribution) }))
    .toSorted((a, b) => a.excess - b.excess);
  let open = instance.minimumGrams;
  let over = 0n;
  for (const { grams, excess } of byExcess) {
    const taken = Math.min(open, grams);
    over += BigInt(excess) * BigInt(taken);
    open -= taken;
  }
  if (over <= 0n) return [];
  // Rounded away from the limit, so that it never reads as if it were kept.
  const volume = BigInt(instance.minimumGrams);
  const units = Number((over + volume - 1n) / volume);
  const best = (limit.limit + limit.side * units) / limit.scale;
  const asked = limit.limit / limit.scale;
  const asks = limit.what === "womenShare" ? "minimum" : "limit";
  return [{ code: limit.unreachableCode, parameters: { best, [asks]: asked } }];
}

function together(solve: Solve, lot: Omit<Stage, "goal" | "floors">, seconds: number): Because {
  const mostGrams = mostThatFits(solve, { ...lot, limits: [] }, seconds);
  if (mostGrams < lot.instance.minimumGrams) return { code: "amounts-do-not-fit", parameters: { mostGrams } };
  return { code: "limits-together", parameters: { limits: lot.limits.map(({ what }) => what).join(",") } };
}
