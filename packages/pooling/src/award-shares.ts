import { apportion } from "@minka/domain/apportion";
import type { Plan } from "./award-answer.ts";
import type { Award, AwardedOrder, AwardedSupplier, AwardInstance, AwardOrder } from "./award-instance.ts";
import { deliveryByPoint } from "./award-prices.ts";
import { explainer } from "./award-reasons.ts";

/**
 * What each member gets and pays under a plan, and what each supplier is due. All pay the same for a pack's goods, and
 * the same for its delivery within a point or in the whole pool; shares to the céntimo by largest remainder, so that
 * they sum to the invoices. `without` is the plan without tolerance, where this one uses it.
 */
export function shareOut(instance: AwardInstance, plan: Plan, without: Plan | null): Award {
  const { orders, feeCentimosPerPack, deliveryShared } = instance;
  const byPoint = Map.groupBy(orders.keys(), (index) => orders[index]?.point ?? "");
  const packs = orders.map(() => 0);
  for (const [point, members] of byPoint) {
    const got = packsOf(
      members.map((index) => orders[index]).filter((order) => order !== undefined),
      { packs: plan.byPoint.get(point) ?? 0, short: plan.short.has(point) },
    );
    for (const [place, index] of members.entries()) packs[index] = got[place] ?? 0;
  }
  const suppliers = plan.supplies.map(invoice);
  const goodsCentimos = total(suppliers.map((supplier) => supplier.goodsCentimos));
  const deliveryCentimos = total(suppliers.map((supplier) => supplier.deliveryCentimos));
  const goods = apportion(goodsCentimos, packs);
  const delivery =
    deliveryShared === "by-pack"
      ? apportion(deliveryCentimos, packs)
      : shareByPoint(byPoint, packs, deliveryByPoint(plan));
  const explain = explainer(instance, plan, without);
  const awarded = orders.map((order, index): AwardedOrder => {
    const [own, ownGoods, ownDelivery] = [packs[index] ?? 0, goods[index] ?? 0, delivery[index] ?? 0];
    const feeCentimos = own * feeCentimosPerPack;
    return {
      id: order.id,
      packs: own,
      goodsCentimos: ownGoods,
      deliveryCentimos: ownDelivery,
      feeCentimos,
      totalCentimos: ownGoods + ownDelivery + feeCentimos,
      reasons: explain(order, own, ownGoods + ownDelivery),
    };
  });
  const sum = total(packs);
  const feeCentimos = sum * feeCentimosPerPack;
  return {
    outcome: "awarded",
    packs: sum,
    suppliers,
    orders: awarded,
    goodsCentimos,
    deliveryCentimos,
    feeCentimos,
    totalCentimos: goodsCentimos + deliveryCentimos + feeCentimos,
    toleranceUsed: without !== null,
  };
}

/**
 * What the point's packs are for each of its orders. Shortage is spread pro rata to what was wanted; beyond, or below
 * by tolerance, pro rata to the room that each left. Whole packs by largest remainder, of equal ones the first order.
 */
function packsOf(orders: readonly AwardOrder[], of: { packs: number; short: boolean }): number[] {
  const wanted = orders.map(({ packs }) => packs);
  const more = of.packs - total(wanted);
  if (of.short) return apportion(of.packs, wanted);
  const room = orders.map(({ minimumPacks, packs, maximumPacks }) =>
    more < 0 ? packs - minimumPacks : maximumPacks - packs,
  );
  const moved = apportion(Math.abs(more), room);
  return wanted.map((packs, index) => packs + Math.sign(more) * (moved[index] ?? 0));
}

function invoice({ quoteId, packs, tierPriceCentimos, points }: Plan["supplies"][number]): AwardedSupplier {
  return {
    quoteId,
    packs,
    tierPriceCentimos,
    goodsCentimos: packs * tierPriceCentimos,
    deliveryCentimos: total([...points.values()].map((at) => at.deliveryCentimos)),
    points: Object.fromEntries([...points].map(([point, at]) => [point, at.packs])),
  };
}

function shareByPoint(
  byPoint: ReadonlyMap<string, readonly number[]>,
  packs: readonly number[],
  costs: ReadonlyMap<string, number>,
): number[] {
  const shares = packs.map(() => 0);
  for (const [point, members] of byPoint) {
    const own = apportion(
      costs.get(point) ?? 0,
      members.map((index) => packs[index] ?? 0),
    );
    for (const [place, index] of members.entries()) shares[index] = own[place] ?? 0;
  }
  return shares;
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
