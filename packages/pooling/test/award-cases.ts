import type { AwardInstance, AwardOrder, AwardQuote } from "@minka/pooling/award-instance";

/** Whole numbers from `least` to `most`, the same for a seed. */
export type Draw = (least: number, most: number) => number;

/** Mulberry32. */
export function drawFrom(seed: number): Draw {
  let state = seed >>> 0;
  return (least, most) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return least + (((mixed ^ (mixed >>> 14)) >>> 0) % (most - least + 1));
  };
}

/** Small enough to look at everything, with all that makes pools hard: stock, cases, tiers, points not served. */
export function smallPool(draw: Draw): AwardInstance {
  const points = ["muelle", "plaza", "km 12"].slice(0, draw(1, 3));
  const most = points.length === 3 ? 4 : 7;
  const orders: AwardOrder[] = points.flatMap((point, at) => {
    const first = draw(1, most - 1);
    const packs = first > 1 && draw(0, 1) === 1 ? [first - 1, 1] : [first];
    let room = most - first;
    return packs.map((own, index) => {
      const more = draw(0, Math.min(room, 2));
      room -= more;
      return {
        id: `${at}-${index}`,
        minimumPacks: Math.max(1, own - draw(0, 2)),
        packs: own,
        maximumPacks: own + more,
        point,
      };
    });
  });
  const wanted = orders.reduce((sum, { packs }) => sum + packs, 0);
  return {
    orders,
    quotes: Array.from({ length: draw(0, 12) === 0 ? 0 : draw(1, 3) }, (_, index) =>
      quote(draw, { id: `quote-${index}`, points, wanted }),
    ),
    split: draw(0, 2) > 0,
    minimumPacks: draw(0, 2) > 0 ? 1 : draw(0, wanted + 2),
    feeCentimosPerPack: draw(0, 2) * 50,
    deliveryShared: draw(0, 1) === 0 ? "by-point" : "by-pack",
    useTolerance: draw(0, 3) > 0,
  };
}

function quote(
  draw: Draw,
  { id, points, wanted }: { id: string; points: readonly string[]; wanted: number },
): AwardQuote {
  let [minimumPacks, priceCentimos] = [draw(1, 3), draw(8, 12) * 1000];
  const tiers = Array.from({ length: draw(1, 3) }, () => {
    const tier = { minimumPacks, priceCentimos };
    minimumPacks += draw(1, 4);
    priceCentimos -= draw(0, 25) * 100;
    return tier;
  });
  const served = points.filter(() => draw(0, 4) > 0);
  return {
    id,
    stockPacks: draw(0, 1) === 0 ? null : draw(0, wanted + 1),
    casePacks: [1, 1, 1, 2, 3, 5][draw(0, 5)] ?? 1,
    tiers,
    deliveryCentimos: Object.fromEntries(
      served.map((point) => [point, [0, 500, 3000, 12_000, 25_000][draw(0, 4)] ?? 0]),
    ),
  };
}
