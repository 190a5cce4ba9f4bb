import { awardPool } from "@minka/pooling/award";
import type { AwardInstance } from "@minka/pooling/award-instance";
import { awardModel } from "@minka/pooling/award-model";
import { demandByPoint, partsOf, reachableSupplies } from "@minka/pooling/award-parts";
import { worthOf } from "@minka/pooling/award-plan";
import { loadSolver, solveProgram, type Program } from "@minka/pooling/solver";
import { makePool } from "./make-pool.ts";
import type { Figure } from "./run-benches.ts";
import { round } from "./statistics.ts";

/** One pool says little about a solver: these are awarded one after the other. */
const seeds = [1, 2, 3, 4, 5];

/**
 * Pools of 5,000 members × 10 suppliers × 8 tiers and 8 points, split and with tolerance, awarded from the orders to each
 * member's céntimos, on average in milliseconds of the processor; beside HiGHS alone on the two programs of least cost,
 * without tolerance and with it, that such an award cannot do without.
 */
export async function benchPoolAward(): Promise<Figure[]> {
  const highs = await loadSolver();
  const pools = seeds.map((seed) => makePool({ members: 5_000, suppliers: 10, tiers: 8, points: 8, seed }));
  // The solver's WebAssembly is at its best only after some work.
  for (const pool of pools.slice(0, 1)) await awardPool(pool);
  let [value, limit] = [0, 0];
  for (const pool of pools) {
    for (const program of programsOf(pool)) {
      limit += await processorMs(() => solveProgram(highs, program, { gap: 0.9 }));
    }
    value += await processorMs(async () => {
      const award = await awardPool(pool);
      if (award.outcome !== "awarded") throw new Error(`a pool of the bench ended as ${award.outcome}`);
    });
  }
  return [
    {
      bench: "pool-award-5000x10x8",
      value: round(value / pools.length),
      unit: "ms",
      limit: round(limit / pools.length),
      ratio: round(value / limit),
    },
  ];
}

function programsOf({ orders, quotes }: AwardInstance): Program[] {
  return [false, true].flatMap((tolerance) => {
    const demands = demandByPoint(orders, { tolerance });
    const supplies = reachableSupplies(demands, quotes);
    const worth = worthOf(supplies);
    return partsOf(demands, supplies).map((part) => {
      const got = part.demands.map(({ least, wanted }) => ({ lower: least, upper: wanted }));
      return awardModel(part, { kind: "cheapest", worth, got, short: null }).program;
    });
  });
}

/** Of the processor, not of the clock: what else the machine does takes nothing from it. */
async function processorMs(work: () => unknown): Promise<number> {
  const from = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
}
