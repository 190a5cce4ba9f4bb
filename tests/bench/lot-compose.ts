import { composeLot } from "@minka/pooling/compose-lot";
import { limitsOf } from "@minka/pooling/compose-limits";
import { buildModel, noFloors } from "@minka/pooling/compose-model";
import { sortUsable } from "@minka/pooling/compose-usable";
import type { Composition, Contribution, LotInstance } from "@minka/pooling/lot-instance";
import { adjustPrice, type PriceAdjustment } from "@minka/pooling/price-adjustments";
import { loadSolver, solveProgram, type Solved } from "@minka/pooling/solver";
import { createChance, type Chance } from "../day/chance.ts";
import type { Figure } from "./run-benches.ts";
import { round } from "./statistics.ts";

/** Turns, of which the least disturbed counts. */
const turns = 2;

/**
 * A lot of cacao out of 3,000 contributions at 60 points, taken in parts, with six limits (moisture, defects,
 * fermentation, cup, cadmium, women's share): the whole composition, checks and reasons included, in milliseconds of
 * the processor, beside HiGHS alone on the same model. Fails unless both prove the same pay, to the céntimo.
 */
export async function benchLotCompose(): Promise<Figure[]> {
  const highs = await loadSolver();
  const lot = makeLot(3_000);
  const limits = limitsOf(lot);
  const { usable } = sortUsable(lot, limits);
  const goal = { most: "pay" } as const;
  const { program } = buildModel({ instance: lot, usable, limits, goal, floors: noFloors });
  let [whole, bare] = [Infinity, Infinity];
  for (let turn = 0; turn < turns; turn += 1) {
    const from = process.cpuUsage();
    const composition = await composeLot(lot);
    const { user, system } = process.cpuUsage(from);
    whole = Math.min(whole, (user + system) / 1_000);
    const solved = solveProgram(highs, program, { gap: 0.5 });
    bare = Math.min(bare, solved.ms);
    refuseDifference(composition, solved);
  }
  const ratio = round(whole / bare);
  return [{ bench: "lot-compose-3000x6", value: round(whole), unit: "ms", limit: round(bare), ratio }];
}

function refuseDifference(composition: Composition, bare: Solved): void {
  if (composition.outcome !== "composed" || !composition.proven || composition.gapCentimos > 0) {
    throw new Error("the lot is not proven best");
  }
  const found = bare.outcome === "infeasible" ? Number.NaN : Math.round(-bare.objective);
  if (found !== composition.netCentimos) {
    throw new Error(`members are paid ${composition.netCentimos}, by HiGHS alone ${found}`);
  }
}

const points = 60;

/** The price of a contract and its clauses, by which every contribution has its own. */
const baseCentimosPerKg = 1_100;
const clause = { counts: "full", atMostCentimosPerKg: null } as const;
const adjustments: readonly PriceAdjustment[] = [
  { ...clause, measure: "moisturePercent", beyond: "above", from: 7, per: 0.5, centimosPerKg: -10 },
  { ...clause, measure: "defectsPercent", beyond: "above", from: 2, per: 1, centimosPerKg: -20 },
  { ...clause, measure: "cupPoints", beyond: "above", from: 82, per: 1, centimosPerKg: 15 },
];

/** Three fifths of what is offered, as it is measured in the Amazon's cacao: every limit is close to the average. */
function makeLot(size: number): LotInstance {
  const chance = createChance(20_261_122);
  const cadmium = Array.from({ length: points }, () => 0.3 + 0.6 * chance.next());
  const contributions = Array.from({ length: size }, (_, index): Contribution => {
    const point = Math.floor(points * chance.next() ** 1.5);
    const quality = {
      moisturePercent: measured(7 + 0.5 * bell(chance), 100),
      defectsPercent: measured(2 + 0.8 * bell(chance), 100),
      fermentationPercent: measured(74 + 7 * bell(chance), 100),
      cupPoints: measured(83 + 2 * bell(chance), 100),
      cadmiumMgPerKg: measured((cadmium[point] ?? 0) + 0.12 * bell(chance), 1_000),
    };
    return {
      id: `contribution-${index}`,
      personId: `person-${index}`,
      grams: Math.round((30 + Math.exp(4.8 + 0.8 * bell(chance))) * 1_000),
      woman: chance.happens(0.3),
      sizeClass: null,
      point: `point-${point}`,
      pledgedOrder: index,
      quality,
      certificates: [],
      centimosPerKg: adjustPrice(baseCentimosPerKg, quality, adjustments).centimosPerKg,
    };
  });
  const offered = contributions.reduce((sum, { grams }) => sum + grams, 0);
  const maximumGrams = Math.round(offered * 0.6);
  return {
    contributions,
    minimumGrams: Math.round(maximumGrams * 0.9),
    maximumGrams,
    limits: {
      maximumMoisturePercent: 7,
      maximumDefectsPercent: 2,
      minimumFermentationPercent: 74,
      minimumCupPoints: 83,
      maximumCadmiumMgPerKg: 0.5,
    },
    certificates: [],
    minimumWomenSharePercent: 30,
    pickupCentimos: Object.fromEntries(
      Array.from({ length: points }, (_, point) => [`point-${point}`, chance.between(8_000, 30_000)]),
    ),
    parts: true,
    minimumPartGrams: 20_000,
    fairness: "most-paid",
  };
}

function measured(value: number, units: number): number {
  return Math.max(1, Math.min(100 * units, Math.round(value * units))) / units;
}

/** Of the normal distribution (Box and Muller). */
function bell(chance: Chance): number {
  return Math.sqrt(-2 * Math.log(1 - chance.next())) * Math.cos(2 * Math.PI * chance.next());
}
