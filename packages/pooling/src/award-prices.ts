import type { Plan } from "./award-answer.ts";
import type { AwardInstance } from "./award-instance.ts";

/** Landed cost of so many packs at a point: exact, as a fraction of céntimos over packs. */
export type LandedPrice = { centimos: bigint; packs: bigint };

/** What a pack costs at each point that gets any: goods and delivery before they are rounded to céntimos. */
export function landedPrices(
  plan: Plan,
  deliveryShared: AwardInstance["deliveryShared"],
): Map<string, LandedPrice> {
  const delivery = deliveryByPoint(plan);
  const packs = BigInt(total([...plan.byPoint.values()]));
  const goods = BigInt(total(plan.supplies.map((supply) => supply.packs * supply.tierPriceCentimos)));
  const all = BigInt(total([...delivery.values()]));
  const prices = new Map<string, LandedPrice>();
  for (const [point, own] of plan.byPoint) {
    if (own === 0) continue;
    const here = BigInt(own);
    prices.set(
      point,
      deliveryShared === "by-pack"
        ? { centimos: goods + all, packs }
        : { centimos: goods * here + BigInt(delivery.get(point) ?? 0) * packs, packs: packs * here },
    );
  }
  return prices;
}

/** What all who go to a point ask for it together. */
export function deliveryByPoint({ supplies }: Plan): Map<string, number> {
  const costs = new Map<string, number>();
  for (const { points } of supplies) {
    for (const [point, { deliveryCentimos }] of points) {
      costs.set(point, (costs.get(point) ?? 0) + deliveryCentimos);
    }
  }
  return costs;
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
