import { excessOf, unitsOf, type Limit } from "./compose-limits.ts";
import { costOf, type Stage } from "./compose-model.ts";
import type { Choice } from "./compose-stage.ts";
import { inPledgedOrder, payCentimos, type Sorted, type Usable } from "./compose-usable.ts";
import type { Composed, Contribution, LotReasonCode, Reason } from "./lot-instance.ts";

type Left = Composed["left"][number];

/** The lot as it was composed: what every reason is told against. */
type Lot = Omit<Stage, "goal" | "floors"> & {
  readonly grams: number;
  readonly excess: ReadonlyMap<Limit, bigint>;
  readonly visited: ReadonlySet<string>;
  readonly lowestPrice: number;
};

/** What stays available, each contribution or rest of one with why no more of it was taken. */
export function whatIsLeft(
  stage: Omit<Stage, "goal" | "floors">,
  { unusable, usable }: Sorted,
  choice: Choice,
): Left[] {
  const byId = new Map(usable.map((one) => [one.contribution.id, one]));
  const lot = composedLot(stage, choice);
  return inPledgedOrder(stage.instance.contributions).flatMap((contribution): Left[] => {
    const { id } = contribution;
    const taken = choice.get(id) ?? 0;
    const grams = contribution.grams - taken;
    if (grams === 0) return [];
    const one = byId.get(id);
    const reason = one ? whyNotMore(lot, one, taken) : unusable.get(id);
    return [{ id, grams, reason: reason ?? { code: "not-chosen", parameters: {} } }];
  });
}

function composedLot(stage: Omit<Stage, "goal" | "floors">, choice: Choice): Lot {
  const contributions = stage.usable.map(({ contribution }) => contribution);
  const taken = contributions.filter(({ id }) => choice.has(id));
  return {
    ...stage,
    grams: taken.reduce((sum, { id }) => sum + (choice.get(id) ?? 0), 0),
    excess: new Map(stage.limits.map((limit) => [limit, excessOf(limit, contributions, choice)])),
    visited: new Set(taken.flatMap(({ point }) => (point === null ? [] : [point]))),
    lowestPrice: taken.reduce((lowest, { centimosPerKg }) => Math.min(lowest, centimosPerKg), Infinity),
  };
}

/** What the least more of it would break; where nothing, whether it would pay its pickup; and then what all of it would. */
function whyNotMore(lot: Lot, one: Usable, taken: number): Reason<LotReasonCode> {
  const { contribution } = one;
  const rest = contribution.grams - taken;
  const broken = whatBreaks(lot, contribution, leastMore(one, taken));
  if (broken) return broken;
  const pay = payCentimos(contribution, contribution.grams) - payCentimos(contribution, taken);
  const { point } = contribution;
  const pickup = point === null || lot.visited.has(point) ? 0 : costOf(lot.instance, point);
  const worthIt = pay > pickup ? whatBreaks(lot, contribution, rest) : null;
  if (worthIt) return worthIt;
  if (pickup === 0) return { code: "not-chosen", parameters: {} };
  return { code: "pickup-not-worth", parameters: { pickupCentimos: pickup, payCentimos: pay } };
}

/** The smallest amount by which more of it could be taken. */
function leastMore({ contribution, whole, part }: Usable, taken: number): number {
  if (!part) return contribution.grams;
  if (taken === 0) return Math.min(part.fromKg * 1_000, whole ? contribution.grams : Infinity);
  const all = contribution.grams - taken;
  return Math.min(all, 1_000);
}

function whatBreaks(lot: Lot, contribution: Contribution, grams: number): Reason<LotReasonCode> | null {
  for (const limit of lot.limits) {
    const over = (lot.excess.get(limit) ?? 0n) + BigInt(limit.excess(contribution)) * BigInt(grams);
    if (over > 0n) return aboveLimit(limit, contribution);
  }
  const { fairness, maximumGrams } = lot.instance;
  if (lot.grams + grams <= maximumGrams) return null;
  const { centimosPerKg } = contribution;
  if (fairness !== "most-paid" && centimosPerKg > lot.lowestPrice) {
    const parameters = { centimosPerKg, lowestTakenCentimosPerKg: lot.lowestPrice };
    return { code: "left-for-fairness", parameters };
  }
  return { code: "lot-full", parameters: { maximumGrams } };
}

function aboveLimit(
  { what, limit, scale, brokenCode }: Limit,
  { quality }: Contribution,
): Reason<LotReasonCode> {
  if (what === "womenShare") return { code: brokenCode, parameters: { minimum: limit / scale } };
  const value = Math.round((quality[what] ?? 0) * unitsOf[what]) / unitsOf[what];
  return { code: brokenCode, parameters: { value, limit: limit / scale } };
}
