import { priceNow, type PriceNowInstance } from "@minka/pooling/price-now";
import { expect, test } from "vitest";
import { drawFrom, smallPool } from "./award-cases.ts";

const quote = {
  id: "agro",
  stockPacks: null,
  casePacks: 1,
  tiers: [
    { minimumPacks: 10, priceCentimos: 10_500 },
    { minimumPacks: 50, priceCentimos: 9_800 },
  ],
  deliveryCentimos: { muelle: 0 },
};

test("38 packs are 12 from S/ 98", () => {
  expect(priceNow(wants(38))).toEqual({
    packs: 38,
    priceCentimos: 10_500,
    next: { missingPacks: 12, priceCentimos: 9_800 },
  });
  expect(priceNow(wants(50))).toEqual({ packs: 50, priceCentimos: 9_800, next: null });
});

test("below the least order there is no price yet, and what is missing for the first", () => {
  const first = { missingPacks: 6, priceCentimos: 10_500 };
  expect(priceNow(wants(4))).toEqual({ packs: 4, priceCentimos: null, next: first });
  expect(priceNow({ ...wants(4), orders: [] })).toMatchObject({ packs: 0, next: { missingPacks: 10 } });
  expect(priceNow({ ...wants(4), quotes: [] })).toEqual({ packs: 4, priceCentimos: null, next: null });
});

test("a tier that the stock or the case does not reach is not promised", () => {
  expect(priceNow(wants(38, { stockPacks: 49 })).next).toBeNull();
  expect(priceNow(wants(38, { casePacks: 20 })).next).toEqual({ missingPacks: 22, priceCentimos: 9_800 });
});

test("delivery to every point and the fee are in the price, rounded up", () => {
  const deliveryCentimos = { muelle: 100, plaza: 101 };
  const orders = [
    { point: "muelle", packs: 20 },
    { point: "plaza", packs: 10 },
  ];
  const instance = { quotes: [{ ...quote, deliveryCentimos }], orders, feeCentimosPerPack: 50 };
  expect(priceNow(instance).priceCentimos).toBe(10_500 + 7 + 50);
  // Cheaper, but it does not go to the plaza.
  const partial = { ...quote, id: "partial", tiers: [{ minimumPacks: 1, priceCentimos: 100 }] };
  expect(priceNow({ ...instance, quotes: [...instance.quotes, partial] })).toEqual(priceNow(instance));
});

test("more packs never raise the price, and the packs that are missing bring the price that is said", () => {
  let told = 0;
  for (let seed = 1; seed <= 400; seed++) {
    const { orders, ...rest } = smallPool(drawFrom(seed));
    let last = Infinity;
    for (let more = 0; more <= 12; more++) {
      const wanted = orders.map((order, index) =>
        index === 0 ? { ...order, packs: order.packs + more } : order,
      );
      const { packs, priceCentimos, next } = priceNow({ ...rest, orders: wanted });
      expect(packs).toBe(orders.reduce((sum, order) => sum + order.packs, more));
      expect(priceCentimos ?? Infinity).toBeLessThanOrEqual(last);
      last = priceCentimos ?? last;
      if (next === null) continue;
      told++;
      expect(next.priceCentimos).toBeLessThan(priceCentimos ?? Infinity);
      expect(next.missingPacks).toBeGreaterThan(0);
      const [first, ...others] = wanted;
      if (!first) continue;
      const reached = [{ ...first, packs: first.packs + next.missingPacks }, ...others];
      const everywhere = rest.quotes.some((one) =>
        wanted.every(({ point }) => point in one.deliveryCentimos),
      );
      // Where no supplier goes everywhere, a pack counts only for those who go to its point.
      if (everywhere) expect(priceNow({ ...rest, orders: reached }).priceCentimos).toBe(next.priceCentimos);
    }
  }
  expect(told).toBeGreaterThan(300);
});

function wants(packs: number, own: Partial<typeof quote> | { stockPacks: number } = {}): PriceNowInstance {
  return { orders: [{ point: "muelle", packs }], quotes: [{ ...quote, ...own }], feeCentimosPerPack: 0 };
}
