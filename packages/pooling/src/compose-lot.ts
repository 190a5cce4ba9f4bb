import { DomainError } from "@minka/domain/errors";
import { composeFairly } from "./compose-fairly.ts";
import { whyImpossible } from "./compose-impossible.ts";
import { limitsOf, unitsOf } from "./compose-limits.ts";
import { whatIsLeft } from "./compose-reasons.ts";
import { netOf, type Choice, type Solve } from "./compose-stage.ts";
import { inPledgedOrder, payCentimos, sortUsable } from "./compose-usable.ts";
import {
  checkLot,
  type Composition,
  type Contribution,
  type LotInstance,
  type Measure,
  type Quality,
} from "./lot-instance.ts";
import { loadSolver, solveProgram } from "./solver.ts";

/** Ten times what a lot of 3,000 parts needs where the rule is to pay the most. */
const defaultSeconds = 100;

/**
 * The contributions that make up a lot: within its volume and every limit, the best by its fairness rule and then what
 * pays members the most after pickups, in whole grams and céntimos. Exact when `proven`: large lots of wholes with many
 * tight limits can outlast `seconds`, and then the best found comes with how much better any other could be. The same
 * instance gives the same answer while it is proven. Throws `lot-absurd` with what `checkLot` finds.
 */
export async function composeLot(
  instance: LotInstance,
  { seconds = defaultSeconds, solve }: { seconds?: number; solve?: Solve } = {},
): Promise<Composition> {
  const flaws = checkLot(instance);
  if (flaws.length > 0) {
    const errors = flaws.map(({ code, at }) => ({ path: at, message: code }));
    throw new DomainError("invalid", "lot-absurd", "The lot holds figures that cannot be.", { errors });
  }
  const limits = limitsOf(instance);
  const sorted = sortUsable(instance, limits);
  const lot = { instance, usable: sorted.usable, limits };
  const solver = solve ?? (await solverOfThread());
  const best = composeFairly(solver, lot, seconds);
  if (best.outcome === "impossible") return whyImpossible(solver, lot, seconds);

  const { choice, atMost, proven } = best;
  const { pay, pickup } = netOf(instance, choice);
  const netCentimos = pay - pickup;
  return {
    outcome: "composed",
    taken: inPledgedOrder(instance.contributions).flatMap((contribution) => {
      const grams = choice.get(contribution.id) ?? 0;
      return grams === 0
        ? []
        : [{ id: contribution.id, grams, payCentimos: payCentimos(contribution, grams) }];
    }),
    left: whatIsLeft(lot, sorted, choice),
    ...averagesOf(instance.contributions, choice),
    payCentimos: pay,
    pickupCentimos: pickup,
    netCentimos,
    proven,
    gapCentimos: Math.max(0, atMost - netCentimos),
  };
}

async function solverOfThread(): Promise<Solve> {
  const highs = await loadSolver();
  return (program, options) => solveProgram(highs, program, options);
}

function averagesOf(
  contributions: readonly Contribution[],
  choice: Choice,
): { grams: number; averages: Quality; womenSharePercent: number } {
  const taken = contributions.flatMap((contribution) => {
    const grams = choice.get(contribution.id) ?? 0;
    return grams === 0 ? [] : [{ ...contribution, grams }];
  });
  const grams = taken.reduce((sum, one) => sum + one.grams, 0);
  const averages: { -readonly [measure in Measure]?: number } = {};
  for (const measure of Object.keys(unitsOf) as Measure[]) {
    const units = unitsOf[measure];
    let sum = 0n;
    if (taken.some(({ quality }) => quality[measure] === undefined)) continue;
    for (const one of taken)
      sum += BigInt(Math.round((one.quality[measure] ?? 0) * units)) * BigInt(one.grams);
    averages[measure] = rounded(sum, grams) / units;
  }
  const women = taken.filter(({ woman }) => woman).reduce((sum, one) => sum + one.grams, 0);
  return { grams, averages, womenSharePercent: rounded(BigInt(women) * 10_000n, grams) / 100 };
}

/** Of whole numbers, to the nearest. */
function rounded(sum: bigint, grams: number): number {
  const by = BigInt(grams);
  return Number((2n * sum + by) / (2n * by));
}
