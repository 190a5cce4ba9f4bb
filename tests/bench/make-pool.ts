import type { AwardInstance } from "@minka/pooling/award-instance";
import { seeded } from "../planning/seeded.ts";

export type PoolOf = { members: number; suppliers: number; tiers: number; points: number; seed: number };

/** A pool of fertilizer: sacks of about S/ 100, tiers up to the whole of it, stocks of which some are too small. */
export function makePool({ members, suppliers, tiers, points, seed }: PoolOf): AwardInstance {
  const random = seeded(seed);
  const draw = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));
  // Some points are large and most are small.
  const pointOf = () => `point-${Math.floor(points * random() ** 1.5)}`;
  const orders = Array.from({ length: members }, (_, index) => {
    const packs = draw(1, 12);
    return {
      id: `member-${index}`,
      minimumPacks: Math.max(1, packs - draw(0, 2)),
      packs,
      maximumPacks: packs + draw(0, 2),
      point: pointOf(),
    };
  });
  const wanted = orders.reduce((sum, { packs }) => sum + packs, 0);
  const quotes = Array.from({ length: suppliers }, (_, index) => {
    let [minimumPacks, priceCentimos] = [draw(1, 100), draw(9_500, 10_500)];
    return {
      id: `supplier-${index}`,
      stockPacks: random() < 0.33 ? null : draw(Math.floor(wanted * 0.2), Math.floor(wanted * 0.7)),
      casePacks: [1, 5, 10, 20][draw(0, 3)] ?? 1,
      tiers: Array.from({ length: tiers }, () => {
        const tier = { minimumPacks, priceCentimos };
        minimumPacks += draw(Math.floor(wanted / 40), Math.floor(wanted / 8));
        priceCentimos -= draw(20, 180);
        return tier;
      }),
      deliveryCentimos: Object.fromEntries(
        Array.from(
          { length: points },
          (_unused, point) => [`point-${point}`, draw(200, 2_500) * 100] as const,
        ).filter(() => random() < 0.85),
      ),
    };
  });
  return {
    orders,
    quotes,
    split: true,
    minimumPacks: Math.floor(wanted / 2),
    feeCentimosPerPack: 50,
    deliveryShared: "by-point",
    useTolerance: true,
  };
}
