import { apportion } from "@minka/domain/apportion";

/** What an order pays still, before the credit. */
export type Paying = {
  readonly id: string;
  readonly pointId: string;
  readonly goodsCentimos: number;
  readonly deliveryCentimos: number;
  readonly feeCentimos: number;
};
export type Credit = {
  readonly claimId: string;
  readonly orderId: string;
  readonly goodsCentimos: number;
  readonly deliveryCentimos: number;
  readonly feeCentimos: number;
};

export type CreditInput = {
  /** In their order; of orders below. */
  readonly claims: readonly { readonly id: string; readonly orderId: string; readonly packs: number }[];
  /** What the supplier asks for a pack. */
  readonly priceCentimos: number;
  readonly feeCentimosPerPack: number;
  /** What it asked for going to the point; 0 unless nothing of it is left to pay for there. */
  readonly deliveryCentimos: number;
  /** Who shares what going there costs: who fetches at this point; null: all. */
  readonly deliveryOf: string | null;
  readonly orders: readonly Paying[];
};

/**
 * What packs that did not come take off: of the invoice the supplier's price for each, of members the same sum to the
 * céntimo. It is off what those pay who did not get the packs. A blended price may be lower than the supplier's own:
 * what is then more than they pay for goods is off all members' goods, by what these are (largest remainder), so that
 * nobody's due falls below nothing and nobody's rises. The organizer's fee for the packs goes too.
 */
export function shareCredit(input: CreditInput): Credit[] {
  const { claims, priceCentimos, feeCentimosPerPack, deliveryCentimos, deliveryOf } = input;
  const left = new Map(input.orders.map((order) => [order.id, { ...order }]));
  const credits: Credit[] = [];
  const take = (claimId: string, orderId: string, part: Omit<Credit, "claimId" | "orderId">) => {
    const order = left.get(orderId);
    if (!order || part.goodsCentimos + part.deliveryCentimos + part.feeCentimos === 0) return;
    left.set(orderId, {
      ...order,
      goodsCentimos: order.goodsCentimos - part.goodsCentimos,
      deliveryCentimos: order.deliveryCentimos - part.deliveryCentimos,
      feeCentimos: order.feeCentimos - part.feeCentimos,
    });
    credits.push({ claimId, orderId, ...part });
  };
  for (const claim of claims) {
    const order = left.get(claim.orderId);
    if (!order) continue;
    const worth = claim.packs * priceCentimos;
    const goodsCentimos = Math.min(worth, order.goodsCentimos);
    const feeCentimos = Math.min(claim.packs * feeCentimosPerPack, order.feeCentimos);
    take(claim.id, claim.orderId, { goodsCentimos, deliveryCentimos: 0, feeCentimos });
    for (const [orderId, centimos] of spread(worth - goodsCentimos, left, "goodsCentimos"))
      take(claim.id, orderId, { goodsCentimos: centimos, deliveryCentimos: 0, feeCentimos: 0 });
  }
  const last = claims.at(-1);
  if (last) {
    const sharing = new Map(
      [...left].filter(([, { pointId }]) => deliveryOf === null || pointId === deliveryOf),
    );
    for (const [orderId, centimos] of spread(deliveryCentimos, sharing, "deliveryCentimos"))
      take(last.id, orderId, { goodsCentimos: 0, deliveryCentimos: centimos, feeCentimos: 0 });
  }
  return credits;
}

/** By what each pays of it, and never more than all of it. */
function spread(
  centimos: number,
  orders: ReadonlyMap<string, Paying>,
  of: "goodsCentimos" | "deliveryCentimos",
): [string, number][] {
  const each = [...orders.values()];
  const weights = each.map((order) => order[of]);
  const most = weights.reduce((sum, weight) => sum + weight, 0);
  const parts = apportion(Math.min(centimos, most), weights);
  return each.map(({ id }, index) => [id, parts[index] ?? 0]);
}
