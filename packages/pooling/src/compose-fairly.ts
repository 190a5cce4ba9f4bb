import type { SizeClass } from "@minka/domain/size-class";
import { noFloors, ownGrams, type Floors, type Stage } from "./compose-model.ts";
import { solveStage, type Choice, type Solve, type StageResult } from "./compose-stage.ts";
import { SolverOutOfTime } from "./solver.ts";

/** What a rule has reached so far: floors for the next stage, a start for it, and whether all of it is proven. */
type Reached = { floors: Floors; start?: Float64Array; proven: boolean };

/**
 * The best choice by the lot's fairness rule, one stage after the other, each keeping exactly what those before it
 * reached; the last is always what members are paid. `seconds` are for all stages together.
 */
export function composeFairly(
  solve: Solve,
  lot: Omit<Stage, "goal" | "floors">,
  seconds: number,
): StageResult {
  const until = performance.now() + seconds * 1_000;
  const left = (): number => Math.max(1, (until - performance.now()) / 1_000);
  const run = (stage: Pick<Stage, "goal" | "floors">, start?: Float64Array): StageResult => {
    // Always enough is kept for what is paid.
    const share = stage.goal.most === "pay" ? 1 : 0.7;
    return solveStage(solve, { ...lot, ...stage }, { start, seconds: left() * share });
  };

  const reached = {
    "most-paid": (): Reached => ({ floors: noFloors, proven: true }),
    "small-first": () => smallFirst(lot, run),
    "equal-shares": () => equalShares(lot, run),
  }[lot.instance.fairness]();
  if (!reached) return { outcome: "impossible" };
  const last = run({ goal: { most: "pay" }, floors: reached.floors }, reached.start);
  return last.outcome === "chosen" ? { ...last, proven: last.proven && reached.proven } : last;
}

type Run = (stage: Pick<Stage, "goal" | "floors">, start?: Float64Array) => StageResult;

function smallFirst({ usable }: Pick<Stage, "usable">, run: Run): Reached | null {
  const classes = new Map<SizeClass, number>();
  let reached: Reached = { floors: noFloors, proven: true };
  for (const ofClass of ["small", "medium"] as const) {
    if (!usable.some(({ contribution }) => contribution.sizeClass === ofClass)) continue;
    const stage = run({ goal: { most: "grams", ofClass }, floors: reached.floors }, reached.start);
    if (stage.outcome === "impossible") return null;
    let grams = 0;
    for (const { contribution } of usable) {
      if (contribution.sizeClass === ofClass) grams += stage.choice.get(contribution.id) ?? 0;
    }
    classes.set(ofClass, grams);
    reached = {
      floors: { ...noFloors, classes: new Map(classes) },
      start: stage.values,
      proven: reached.proven && stage.proven,
    };
  }
  return reached;
}

/**
 * Where every member can have at least a share, every member can have any smaller one: so it is halved in on, each try
 * with its floors in whole grams, until not every member can have a gram above the share that is reached.
 */
function equalShares({ usable }: Pick<Stage, "usable">, run: Run): Reached | null {
  const own = ownGrams(usable);
  const goal = { most: "nothing" } as const;
  const first = run({ goal, floors: noFloors });
  if (first.outcome === "impossible") return null;
  let best = first;
  let share = smallestShare(usable, own, best.choice);
  // In parts of `fine`: what is reached, and the least that is known to be too much.
  let tooMuch = fine + 1n;
  for (;;) {
    const reached = (share.grams * fine) / share.of;
    const middle = (reached + tooMuch) / 2n;
    const isLast = middle <= reached;
    const floors = isLast ? floorsAt(own, share, "above") : floorsAt(own, { grams: middle, of: fine }, "at");
    const stage = triedInTime(() => run({ goal, floors }));
    if (stage === null || (stage.outcome === "impossible" && isLast)) {
      const kept = floorsAt(own, share, "at");
      return { floors: kept, start: best.values, proven: stage !== null };
    }
    if (stage.outcome === "impossible") tooMuch = middle;
    else {
      best = stage;
      share = smallestShare(usable, own, best.choice);
    }
  }
}

const fine = 1_000_000n;

function triedInTime(run: () => StageResult): StageResult | null {
  try {
    return run();
  } catch (error) {
    if (error instanceof SolverOutOfTime) return null;
    throw error;
  }
}

type Share = { grams: bigint; of: bigint };

function smallestShare(usable: Stage["usable"], own: ReadonlyMap<string, number>, choice: Choice): Share {
  const taken = new Map<string, number>();
  for (const { contribution } of usable) {
    const { id, personId } = contribution;
    taken.set(personId, (taken.get(personId) ?? 0) + (choice.get(id) ?? 0));
  }
  let smallest: Share = { grams: 1n, of: 1n };
  for (const [personId, of] of own) {
    const share = { grams: BigInt(taken.get(personId) ?? 0), of: BigInt(of) };
    if (share.grams * smallest.of < smallest.grams * share.of) smallest = share;
  }
  return smallest;
}

/** The least whole grams of each person that are at the share, or above it. */
function floorsAt(own: ReadonlyMap<string, number>, { grams, of }: Share, side: "at" | "above"): Floors {
  const persons = new Map<string, number>();
  for (const [personId, mine] of own) {
    const product = grams * BigInt(mine);
    persons.set(personId, Number(side === "above" ? product / of + 1n : (product + of - 1n) / of));
  }
  return { ...noFloors, persons };
}
