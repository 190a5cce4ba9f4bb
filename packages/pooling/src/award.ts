import type { Plan } from "./award-answer.ts";
import { awardProblem, type Award, type AwardInstance } from "./award-instance.ts";
import { demandByPoint } from "./award-parts.ts";
import { planPool } from "./award-plan.ts";
import { landedPrices } from "./award-prices.ts";
import { shareOut } from "./award-shares.ts";
import { loadSolver } from "./solver.ts";

/**
 * Which suppliers bring how much to which point, and what each member gets and pays: the proven best. Best is, in this
 * order: the most of the wanted packs (in a shortage pro rata, see `planPool`), then the least landed cost, goods and
 * delivery together.
 *
 * With tolerance a pack beyond the wanted counts as worth nine tenths of the lowest price within reach and a pack
 * given up as a loss of eleven tenths of the highest. Such an award stands only if by it no member's landed price per
 * pack (before rounding to céntimos) rises, nobody falls further below their minimum, and somebody's price falls or
 * more of the wanted packs come; otherwise the award without tolerance does.
 *
 * Among awards that are equally good one is taken, the same each time. Blocks its thread while the solver works: some
 * tens of milliseconds for a usual pool. Throws RangeError for an instance of which `awardProblem` says something.
 */
export async function awardPool(instance: AwardInstance): Promise<Award> {
  const problems = awardProblem(instance);
  if (problems.length > 0) {
    throw new RangeError(
      `no pool to award: ${problems.map(({ code, id }) => `${code} ${id ?? ""}`).join(", ")}`,
    );
  }
  const { orders, quotes, split, useTolerance } = instance;
  const minimumPacks = Math.max(1, instance.minimumPacks);
  const missed = (packs: number): Award => ({ outcome: "minimum-missed", packs, minimumPacks });
  const rigid = demandByPoint(orders, { tolerance: false });
  const lenient = demandByPoint(orders, { tolerance: useTolerance });
  const wanted = rigid.reduce((sum, demand) => sum + demand.wanted, 0);
  if (lenient.reduce((sum, { most }) => sum + most, 0) < minimumPacks) return missed(wanted);

  const highs = await loadSolver();
  const without = planPool(highs, { demands: rigid, quotes, split });
  const within = useTolerance
    ? better(instance, planPool(highs, { demands: lenient, quotes, split }), without)
    : null;
  const plan = within ?? without;
  const packs = packsOf(plan);
  if (packs === 0) return { outcome: "no-quote" };
  if (packs < minimumPacks) return missed(packs);
  return shareOut(instance, plan, within && without);
}

/** The plan with tolerance, or null where not everybody gains by it. */
function better(instance: AwardInstance, within: Plan, without: Plan): Plan | null {
  if (packsOf(within) < instance.minimumPacks && packsOf(without) >= instance.minimumPacks) return null;
  for (const { point, least } of demandByPoint(instance.orders, { tolerance: true })) {
    const [had, has] = [without.byPoint.get(point) ?? 0, within.byPoint.get(point) ?? 0];
    if (has < Math.min(least, had)) return null;
  }
  const { deliveryShared } = instance;
  const [before, after] = [landedPrices(without, deliveryShared), landedPrices(within, deliveryShared)];
  let gains = within.filled > without.filled;
  for (const [point, now] of after) {
    const old = before.get(point);
    if (!old) continue;
    const difference = now.centimos * old.packs - old.centimos * now.packs;
    if (difference > 0n) return null;
    gains ||= difference < 0n;
  }
  return gains ? within : null;
}

function packsOf({ byPoint }: Plan): number {
  return [...byPoint.values()].reduce((sum, packs) => sum + packs, 0);
}
