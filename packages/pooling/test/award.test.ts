import { awardPool } from "@minka/pooling/award";
import { awardProblem, type Award, type AwardInstance } from "@minka/pooling/award-instance";
import { expect, test } from "vitest";
import { drawFrom, smallPool } from "./award-cases.ts";
import { largestRemainders, sum } from "./award-search.ts";

type Awarded = Extract<Award, { outcome: "awarded" }>;

/** Larger than what can be searched: up to 60 orders. */
function pool(seed: number): AwardInstance {
  const draw = drawFrom(seed);
  const small = smallPool(draw);
  const points = [...new Set(small.orders.map(({ point }) => point))];
  const orders = Array.from({ length: draw(5, 60) }, (_, index) => {
    const packs = draw(1, 9);
    return {
      id: `order-${index}`,
      minimumPacks: Math.max(1, packs - draw(0, 2)),
      packs,
      maximumPacks: packs + draw(0, 3),
      point: points[draw(0, points.length - 1)] ?? "muelle",
    };
  });
  const larger = draw(5, 30);
  const quotes = small.quotes.map((quote) => ({
    ...quote,
    stockPacks: quote.stockPacks === null ? null : quote.stockPacks * larger,
    tiers: quote.tiers.map((tier, index) => ({
      minimumPacks: 1 + (tier.minimumPacks - 1) * larger + index,
      priceCentimos: tier.priceCentimos - draw(0, 99) * (index + 1),
    })),
  }));
  const falling = quotes.map((quote) => ({
    ...quote,
    tiers: quote.tiers.map((tier, index) => ({
      ...tier,
      priceCentimos: Math.min(...quote.tiers.slice(0, index + 1).map(({ priceCentimos }) => priceCentimos)),
    })),
  }));
  return { ...small, orders, quotes: falling, minimumPacks: 1 };
}

async function awardedOf(instance: AwardInstance): Promise<Awarded | null> {
  const award = await awardPool(instance);
  return award.outcome === "awarded" ? award : null;
}

const cases = await Promise.all(
  Array.from({ length: 120 }, async (_, seed) => {
    const instance = pool(seed + 10_000);
    const [award, without] = [
      await awardedOf(instance),
      await awardedOf({ ...instance, useTolerance: false }),
    ];
    return { instance, award, without };
  }),
);
const awarded = cases.flatMap(({ award, ...rest }) => (award ? [{ ...rest, award }] : []));

test("what members pay is what suppliers are due, to the céntimo", () => {
  expect(awarded.length).toBeGreaterThan(90);
  for (const { instance, award } of awarded) {
    const of = (value: (order: Awarded["orders"][number]) => number) => sum(award.orders.map(value));
    const invoices = award.suppliers.map(({ quoteId, packs, tierPriceCentimos, points }) => {
      const quote = instance.quotes.find(({ id }) => id === quoteId);
      const price = quote?.tiers.findLast(({ minimumPacks }) => minimumPacks <= packs)?.priceCentimos;
      expect(tierPriceCentimos).toBe(price);
      expect(packs).toBe(sum(Object.values(points)));
      expect(packs % (quote?.casePacks ?? 0)).toBe(0);
      expect(packs).toBeLessThanOrEqual(quote?.stockPacks ?? packs);
      return {
        goods: packs * (price ?? Number.NaN),
        delivery: sum(Object.keys(points).map((point) => quote?.deliveryCentimos[point] ?? Number.NaN)),
      };
    });
    const [goods, delivery] = [
      sum(invoices.map((one) => one.goods)),
      sum(invoices.map((one) => one.delivery)),
    ];
    expect(of((order) => order.goodsCentimos)).toBe(goods);
    expect(of((order) => order.deliveryCentimos)).toBe(delivery);
    expect(of((order) => order.feeCentimos)).toBe(award.packs * instance.feeCentimosPerPack);
    expect(of((order) => order.totalCentimos)).toBe(award.totalCentimos);
    expect(award.totalCentimos).toBe(goods + delivery + award.feeCentimos);
    expect(of((order) => order.packs)).toBe(sum(award.suppliers.map(({ packs }) => packs)));
  }
});

test("a pack's goods cost all members the same, and so does its delivery within a point, but for a céntimo", () => {
  for (const { instance, award } of awarded) {
    for (const [index, order] of award.orders.entries()) {
      expect(Math.abs(order.goodsCentimos - (award.goodsCentimos * order.packs) / award.packs)).toBeLessThan(
        1,
      );
      const point = instance.orders[index]?.point ?? "";
      const mates =
        instance.deliveryShared === "by-pack"
          ? award.orders
          : award.orders.filter((_, mate) => instance.orders[mate]?.point === point);
      const share =
        (sum(mates.map((mate) => mate.deliveryCentimos)) * order.packs) /
        (sum(mates.map((mate) => mate.packs)) || 1);
      expect(Math.abs(order.deliveryCentimos - share)).toBeLessThan(1);
    }
  }
});

test("nobody is outside their tolerance but by a shortage that is stated, and spread pro rata within the point", () => {
  let short = 0;
  for (const { instance, award } of awarded) {
    for (const point of new Set(instance.orders.map((order) => order.point))) {
      const own = instance.orders.flatMap((order, index) => {
        const got = award.orders[index];
        return order.point === point && got ? [{ order, got }] : [];
      });
      const stated = own.filter(({ got }) => got.reasons.some(({ code }) => code === "shortage"));
      if (stated.length > 0) {
        short++;
        const packs = own.map(({ got }) => got.packs);
        expect(packs).toEqual(
          largestRemainders(
            sum(packs),
            own.map(({ order }) => order.packs),
          ),
        );
        for (const { order, got } of stated) expect(got.packs).toBeLessThan(order.packs);
        continue;
      }
      for (const { order, got } of own) {
        const [least, most] = instance.useTolerance
          ? [order.minimumPacks, order.maximumPacks]
          : [order.packs, order.packs];
        expect(got.packs).toBeGreaterThanOrEqual(least);
        expect(got.packs).toBeLessThanOrEqual(most);
        const says = got.reasons.some(({ code }) => code === "tolerance-used");
        expect(says).toBe(got.packs !== order.packs);
      }
    }
  }
  expect(short).toBeGreaterThan(15);
});

test("tolerance raises nobody's price per pack by more than its rounding", () => {
  const used = awarded.filter(({ award }) => award.toleranceUsed);
  expect(used.length).toBeGreaterThan(15);
  for (const { award, without } of used) {
    for (const [index, order] of award.orders.entries()) {
      const before = without?.orders[index];
      if (!before || before.packs === 0) continue;
      expect(order.packs).toBeGreaterThan(0);
      // Goods and delivery are each rounded up or down by less than a céntimo, in either award.
      const rounding = 2 / order.packs + 2 / before.packs;
      const landed = (of: typeof order) => (of.goodsCentimos + of.deliveryCentimos) / of.packs;
      expect(landed(order)).toBeLessThan(landed(before) + rounding);
    }
  }
});

const order = { id: "one", minimumPacks: 4, packs: 5, maximumPacks: 6, point: "muelle" };
const quote = {
  id: "agro",
  stockPacks: null,
  casePacks: 1,
  tiers: [
    { minimumPacks: 1, priceCentimos: 10_000 },
    { minimumPacks: 6, priceCentimos: 8_000 },
  ],
  deliveryCentimos: { muelle: 1_000 },
};
const instance: AwardInstance = {
  orders: [order],
  quotes: [quote],
  split: true,
  minimumPacks: 1,
  feeCentimosPerPack: 50,
  deliveryShared: "by-point",
  useTolerance: true,
};

test("one order takes the pack more that reaches the tier, and reads what it saved", async () => {
  expect(await awardPool(instance)).toMatchObject({
    outcome: "awarded",
    packs: 6,
    toleranceUsed: true,
    orders: [
      {
        totalCentimos: 6 * 8_000 + 1_000 + 6 * 50,
        reasons: [
          // Without it a pack is S/ 102 with its share of the delivery.
          { code: "tolerance-used", parameters: { wanted: 5, got: 6, saved: 6 * 10_200 - 49_000 } },
          { code: "tier-reached", parameters: { price: 8_000 } },
        ],
      },
    ],
  });
});

test("a case that the wanted packs do not fill is filled by who takes a pack more", async () => {
  const inFives = { ...quote, casePacks: 5, tiers: [{ minimumPacks: 1, priceCentimos: 10_000 }] };
  const orders = [
    { ...order, minimumPacks: 4, packs: 4, maximumPacks: 5 },
    { ...order, id: "two", minimumPacks: 5, packs: 5, maximumPacks: 5 },
  ];
  const award = await awardPool({ ...instance, orders, quotes: [inFives] });
  expect(award).toMatchObject({ packs: 10, orders: [{ packs: 5 }, { packs: 5, reasons: [] }] });
  expect(award).toHaveProperty("orders.0.reasons.1", { code: "case-filled", parameters: { casePacks: 5 } });
});

test("without quotes, without one for the point, and without orders there is no award", async () => {
  expect(await awardPool({ ...instance, quotes: [] })).toEqual({ outcome: "no-quote" });
  const elsewhere = { ...quote, deliveryCentimos: { plaza: 0 } };
  expect(await awardPool({ ...instance, quotes: [elsewhere] })).toEqual({ outcome: "no-quote" });
  expect(await awardPool({ ...instance, orders: [] })).toMatchObject({ outcome: "minimum-missed", packs: 0 });
  expect(await awardPool({ ...instance, minimumPacks: 7 })).toMatchObject({
    outcome: "minimum-missed",
    packs: 5,
  });
});

test("points and ids may be called like what every object has", async () => {
  const point = "__proto__";
  const deliveryCentimos = Object.fromEntries([[point, 700]]);
  const award = await awardPool({
    ...instance,
    orders: [
      { ...order, point },
      { ...order, id: "constructor", point: "toString" },
    ],
    quotes: [{ ...quote, deliveryCentimos }],
  });
  expect(award).toMatchObject({ deliveryCentimos: 700, orders: [{ packs: 6 }, { packs: 0 }] });
});

test("the largest pool that is taken is awarded to the céntimo", async () => {
  const orders = ["muelle", "plaza"].map((point, index) => ({
    id: point,
    minimumPacks: 400_000 - index,
    packs: 499_999 - index,
    maximumPacks: 500_000,
    point,
  }));
  const quotes = ["a", "b", "c"].map((id, index) => ({
    id,
    stockPacks: 700_000 + index,
    casePacks: 1 + 6 * index,
    tiers: [
      { minimumPacks: 1, priceCentimos: 10_000_000 },
      { minimumPacks: 300_000 + index, priceCentimos: 9_999_999 - index },
      { minimumPacks: 650_000, priceCentimos: 9_900_001 - index },
    ],
    deliveryCentimos: { muelle: 100_000_000, plaza: 99_999_999 },
  }));
  const award = await awardPool({ ...instance, orders, quotes });
  if (award.outcome !== "awarded") throw new Error(award.outcome);
  expect(award.packs).toBeGreaterThan(999_000);
  expect(sum(award.orders.map(({ totalCentimos }) => totalCentimos))).toBe(award.totalCentimos);
});

test("what is wrong with an instance is said, all of it, and none of it is awarded", async () => {
  const wrong = {
    ...instance,
    minimumPacks: -1,
    feeCentimosPerPack: 0.5,
    orders: [order, order, { ...order, id: "none", packs: 0 }, { ...order, id: "many", packs: 7 }],
    quotes: [
      quote,
      { ...quote, tiers: quote.tiers.toReversed() },
      { ...quote, id: "rise", tiers: [quote.tiers[0], { minimumPacks: 2, priceCentimos: 10_001 }] },
      {
        ...quote,
        id: "no",
        stockPacks: -1,
        casePacks: 0,
        tiers: [],
        deliveryCentimos: { muelle: Number.NaN },
      },
      { ...quote, id: "odd", tiers: [{ minimumPacks: 1.5, priceCentimos: -3 }] },
    ],
  } as AwardInstance;
  expect(awardProblem(wrong).map(({ code, id }) => `${code} ${id ?? ""}`.trim())).toEqual([
    "order-repeated one",
    "quote-repeated agro",
    "packs-invalid none",
    "tolerance-invalid many",
    "tier-minimum-falls agro",
    "tiers-rise agro",
    "tiers-rise rise",
    "stock-invalid no",
    "case-invalid no",
    "tiers-missing no",
    "delivery-invalid no",
    "tier-minimum-invalid odd",
    "price-invalid odd",
    "minimum-invalid",
    "fee-invalid",
  ]);
  await expect(awardPool(wrong)).rejects.toThrow(RangeError);
  const huge = { ...order, maximumPacks: Number.MAX_SAFE_INTEGER };
  expect(awardProblem({ ...instance, orders: [huge] })).toEqual([{ code: "too-many-packs", id: null }]);
});
