import { excessOf, type Limit } from "./compose-limits.ts";
import { buildModel, costOf, type LotModel, type Stage } from "./compose-model.ts";
import { payCentimos } from "./compose-usable.ts";
import type { LotInstance } from "./lot-instance.ts";
import type { Program, Solved, SolveOptions } from "./solver.ts";

/** What does the solving. */
export type Solve = (program: Program, options: SolveOptions) => Solved;

/** Grams by contribution: what is not taken is absent. */
export type Choice = ReadonlyMap<string, number>;

export type StageResult =
  | {
      readonly outcome: "chosen";
      readonly choice: Choice;
      /** What no choice passes, in the goal's unit (céntimos or grams). */
      readonly atMost: number;
      readonly proven: boolean;
      /** The solver's own solution, a start for the next stage. */
      readonly values: Float64Array;
    }
  | { readonly outcome: "impossible" };

/** Everything that a stage counts in is whole: what differs by less than this is the same. */
const wholeGap = 0.5;
const tolerances = [1e-7, 1e-9, 1e-10, 1e-10];

/**
 * The best choice for a stage's goal, with every row checked again in whole numbers. Where the solver's tolerance let
 * through what breaks a limit, that limit is tightened by as much and the stage solved again; the bound stays that of
 * the first solving. Throws when that does not help, or when time ends before anything is found.
 */
export function solveStage(
  solve: Solve,
  stage: Stage,
  { start, seconds }: { start?: Float64Array | undefined; seconds: number },
): StageResult {
  if (stage.usable.length === 0) return nothing(stage.instance);
  const tightening = new Map<Limit, bigint>();
  let atMost = Infinity;
  for (const tolerance of tolerances) {
    const model = buildModel(stage, tightening);
    const options = { gap: wholeGap, tolerance, seconds, orBest: true };
    // A tightened limit may have made the start impossible.
    const solved = solve(model.program, start && tightening.size === 0 ? { ...options, start } : options);
    if (solved.outcome === "infeasible") {
      if (tightening.size === 0) return { outcome: "impossible" };
      break;
    }
    const choice = readChoice(stage, model, solved.values);
    if (tightening.size === 0) atMost = Math.floor(1e-3 - solved.bound);
    const broken = brokenLimits(stage, choice);
    if (broken.size === 0 && keepsAmounts(stage, choice)) {
      const proven = solved.outcome === "optimal" && tightening.size === 0;
      return { outcome: "chosen", choice, atMost, proven, values: solved.values };
    }
    for (const [limit, excess] of broken) tightening.set(limit, (tightening.get(limit) ?? 0n) + excess);
  }
  throw new Error("the solver's solutions break the lot's limits");
}

/** Pay less pickups. */
export function netOf(instance: LotInstance, choice: Choice): { pay: number; pickup: number } {
  let pay = 0;
  const points = new Set<string>();
  for (const contribution of instance.contributions) {
    const grams = choice.get(contribution.id) ?? 0;
    if (grams === 0) continue;
    pay += payCentimos(contribution, grams);
    if (contribution.point !== null) points.add(contribution.point);
  }
  let pickup = 0;
  for (const point of points) pickup += costOf(instance, point);
  return { pay, pickup };
}

function nothing({ minimumGrams }: LotInstance): StageResult {
  if (minimumGrams > 0) return { outcome: "impossible" };
  return { outcome: "chosen", choice: new Map(), atMost: 0, proven: true, values: new Float64Array(0) };
}

function readChoice({ usable }: Stage, { terms }: LotModel, values: Float64Array): Choice {
  const choice = new Map<string, number>();
  for (const [index, { contribution }] of usable.entries()) {
    let grams = 0;
    for (const term of terms[index] ?? []) grams += Math.round(values[term.column] ?? 0) * term.grams;
    if (grams > 0) choice.set(contribution.id, grams);
  }
  return choice;
}

function brokenLimits({ usable, limits }: Stage, choice: Choice): Map<Limit, bigint> {
  const contributions = usable.map(({ contribution }) => contribution);
  return new Map(
    limits
      .map((limit) => [limit, excessOf(limit, contributions, choice)] as const)
      .filter(([, excess]) => excess > 0n),
  );
}

/** Whether volume, parts and floors are kept to the gram. */
function keepsAmounts({ instance, usable, floors }: Stage, choice: Choice): boolean {
  let total = 0;
  const classes = new Map<string | null, number>();
  const persons = new Map<string, number>();
  for (const { contribution, whole, part } of usable) {
    const grams = choice.get(contribution.id) ?? 0;
    if (grams === 0) continue;
    const kg = grams / 1_000;
    const inPart = part !== null && Number.isInteger(kg) && kg >= part.fromKg && kg <= part.toKg;
    if (!inPart && !(whole && grams === contribution.grams)) return false;
    total += grams;
    classes.set(contribution.sizeClass, (classes.get(contribution.sizeClass) ?? 0) + grams);
    persons.set(contribution.personId, (persons.get(contribution.personId) ?? 0) + grams);
  }
  return (
    total >= instance.minimumGrams &&
    total <= instance.maximumGrams &&
    [...floors.classes].every(([sizeClass, floor]) => (classes.get(sizeClass) ?? 0) >= floor) &&
    [...floors.persons].every(([personId, floor]) => (persons.get(personId) ?? 0) >= floor)
  );
}
