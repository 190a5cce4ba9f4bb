import type { Part, Supply } from "./award-parts.ts";
import { addColumn, addRow, newProgram, type Entry, type Program } from "./solver.ts";

/**
 * What tolerance is worth, as ten times céntimos a pack. A pack more than was wanted counts as worth nine tenths of the
 * lowest price, so that it is bought for what it saves on the others and never for itself; a pack fewer as a loss
 * of eleven tenths of the highest.
 */
export type Worth = { lowest: number; highest: number };

/**
 * What is asked of the solver. `got` are the bounds of what each point gets of what it wanted. `most`: as many of the
 * wanted packs as can be. `fair`: with `filled` packs, the fewest below the points' targets. `cheapest`: least cost,
 * where `short` with so many packs filled and at most `under` of them below targets.
 */
export type Aim =
  | { kind: "most" }
  | { kind: "fair"; filled: number; targets: readonly number[] }
  | {
      kind: "cheapest";
      worth: Worth;
      got: readonly { lower: number; upper: number }[];
      short: { filled: number; targets: readonly number[]; under: number } | null;
    };

/** `packs[s][d]`: the column of what supply s brings to demand d, undefined where it does not go. */
export type AwardModel = {
  program: Program;
  packs: (number | undefined)[][];
  /** The objective in tenths of céntimos is the program's times this, plus a constant. */
  unit: number;
};

/**
 * Orders are in it by point, so that its size knows nothing of how many they are. Columns: the tier that each supplier
 * is paid by, what it brings to each point at each tier (no more than what is there to bring, and only if the tier is
 * chosen, whose bounds the sum then keeps: this is what makes the relaxation tight), whether it goes to a point,
 * its number of cases, and what each point gets of what it wanted and beyond. Only choices and cases need be said to
 * be whole: what is left once these are known is a flow between whole numbers.
 */
export function awardModel({ demands, supplies }: Part, aim: Aim): AwardModel {
  const program = newProgram();
  const column = (cost: number, lower: number, upper: number) =>
    addColumn(program, { cost, lower, upper, integer: true });
  const cheapest = aim.kind === "cheapest" ? aim : null;
  const { lowest, highest } = cheapest?.worth ?? { lowest: 0, highest: 0 };

  // Costs are counted from the lowest price: large sums that are the same in all answers would blur the small ones.
  const packs = supplies.map((supply) => {
    const tiers = addTiers(program, cheapest ? supply : { ...supply, tiers: wholeRange(supply) }, (price) =>
      cheapest ? 10 * (price - lowest) : 0,
    );
    const brought = demands.map(({ point, most }) => {
      const delivery = supply.deliveryCentimos.get(point);
      if (delivery === undefined) return undefined;
      const reach = Math.min(most, supply.capacity);
      const amount = addColumn(program, { upper: reach });
      const byTier = tiers.map((tier): Entry => {
        const part = addColumn(program, { cost: tier.costOfPack });
        const upper = Math.min(reach, tier.mostPacks);
        addRow(
          program,
          [
            [part, 1],
            [tier.chosen, -upper],
          ],
          { upper: 0 },
        );
        tier.packs.push([part, 1]);
        return [part, 1];
      });
      addRow(program, [...byTier, [amount, -1]], { lower: 0, upper: 0 });
      if (!cheapest || delivery === 0) return amount;
      const goes = column(10 * delivery, 0, 1);
      addRow(
        program,
        [
          [amount, 1],
          [goes, -reach],
        ],
        { upper: 0 },
      );
      addRow(program, [[goes, 1], ...tiers.map(({ chosen }): Entry => [chosen, -1])], { upper: 0 });
      return amount;
    });
    for (const tier of tiers) {
      addRow(program, [...tier.packs, [tier.chosen, -tier.mostPacks]], { upper: 0 });
      addRow(program, [...tier.packs, [tier.chosen, -tier.leastPacks]], { lower: 0 });
    }
    if (supply.casePacks > 1) {
      const cases = column(0, 0, supply.capacity / supply.casePacks);
      const amounts = brought.flatMap((amount): Entry[] => (amount === undefined ? [] : [[amount, 1]]));
      addRow(program, [...amounts, [cases, -supply.casePacks]], { lower: 0, upper: 0 });
    }
    return brought;
  });

  const missed = cheapest ? 11 * highest - 10 * lowest : 1;
  const got = demands.map(({ wanted, most }, index) => {
    const { lower, upper } = cheapest?.got[index] ?? { lower: 0, upper: wanted };
    const own = addColumn(program, { cost: aim.kind === "fair" ? 0 : -missed, lower, upper });
    const extra: Entry[] =
      most > wanted ? [[addColumn(program, { cost: lowest, upper: most - wanted }), -1]] : [];
    const amounts = packs.flatMap((brought): Entry[] => {
      const amount = brought[index];
      return amount === undefined ? [] : [[amount, 1]];
    });
    addRow(program, [...amounts, [own, -1], ...extra], { lower: 0, upper: 0 });
    return own;
  });

  const shared = aim.kind === "fair" ? { ...aim, under: Infinity } : cheapest?.short;
  if (shared) addTargets(program, got, shared, aim.kind === "fair" ? 1 : 0);
  return { program, packs, unit: divideCosts(program) };
}

/** What a supplier sells at all, where prices do not matter: its tiers follow each other without a hole. */
function wholeRange({ tiers }: Supply): Supply["tiers"] {
  const [first, last] = [tiers[0], tiers.at(-1)];
  return first && last ? [{ ...first, mostCases: last.mostCases }] : [];
}

type TierColumns = {
  chosen: number;
  leastPacks: number;
  mostPacks: number;
  costOfPack: number;
  packs: Entry[];
};

function addTiers(
  program: Program,
  { tiers, casePacks }: Supply,
  costOfPack: (priceCentimos: number) => number,
): TierColumns[] {
  const added = tiers.map(({ priceCentimos, leastCases, mostCases }): TierColumns => ({
    chosen: addColumn(program, { upper: 1, integer: true }),
    leastPacks: leastCases * casePacks,
    mostPacks: mostCases * casePacks,
    costOfPack: costOfPack(priceCentimos),
    packs: [],
  }));
  addRow(
    program,
    added.map(({ chosen }): Entry => [chosen, 1]),
    { upper: 1 },
  );
  return added;
}

function addTargets(
  program: Program,
  got: readonly number[],
  { filled, targets, under }: { filled: number; targets: readonly number[]; under: number },
  cost: number,
): void {
  addRow(
    program,
    got.map((own): Entry => [own, 1]),
    { lower: filled, upper: filled },
  );
  const below = got.map((own, index): Entry => {
    const target = targets[index] ?? 0;
    const short = addColumn(program, { cost, upper: target, integer: true });
    addRow(
      program,
      [
        [own, 1],
        [short, 1],
      ],
      { lower: target },
    );
    return [short, 1];
  });
  if (Number.isFinite(under)) addRow(program, below, { upper: under });
}

/** Costs are whole numbers: divided by what divides all, they stay so, and two different sums are 1 apart or more. */
function divideCosts(program: Program): number {
  const unit =
    program.columns.reduce((divisor, { cost }) => greatestCommonDivisor(divisor, Math.abs(cost)), 0) || 1;
  for (const column of program.columns) column.cost /= unit;
  return unit;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
