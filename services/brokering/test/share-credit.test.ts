import { apportion } from "@minka/domain/apportion";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fillOrders } from "../src/deliveries/fill-orders.ts";
import { shareCredit, type Credit, type Paying } from "../src/deliveries/share-credit.ts";

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

type Purchase = {
  orders: (Paying & { packs: number })[];
  suppliers: { id: string; packs: number; priceCentimos: number; deliveryCentimos: number }[];
  feeCentimosPerPack: number;
};

/** Members at two points, two suppliers of different price; goods are blended, delivery shared by pack. */
const purchase: fc.Arbitrary<Purchase> = fc
  .record({
    packs: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 12 }),
    cut: fc.double({ min: 0, max: 1, noNaN: true }),
    prices: fc.tuple(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 1, max: 20_000 })),
    deliveries: fc.tuple(fc.nat({ max: 90_000 }), fc.nat({ max: 90_000 })),
    fee: fc.nat({ max: 500 }),
  })
  .map(({ packs, cut, prices, deliveries, fee }) => {
    const all = sum(packs);
    const first = Math.floor(all * cut);
    const suppliers = [first, all - first].map((each, index) => ({
      id: `s${index}`,
      packs: each,
      priceCentimos: prices[index] ?? 1,
      deliveryCentimos: each === 0 ? 0 : (deliveries[index] ?? 0),
    }));
    const goods = apportion(sum(suppliers.map((each) => each.packs * each.priceCentimos)), packs);
    const delivery = apportion(sum(suppliers.map((each) => each.deliveryCentimos)), packs);
    return {
      suppliers,
      feeCentimosPerPack: fee,
      orders: packs.map((each, index) => ({
        id: `o${index}`,
        pointId: "p",
        packs: each,
        goodsCentimos: goods[index] ?? 0,
        deliveryCentimos: delivery[index] ?? 0,
        feeCentimos: each * fee,
      })),
    };
  });

const missing = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 60, maxLength: 60 });

test("whatever is missing of whom, members' dues stay the suppliers' invoices and the fee to the céntimo, and nobody's rises", () => {
  fc.assert(
    fc.property(purchase, missing, ({ orders, suppliers, feeCentimosPerPack }, shares) => {
      let left: Paying[] = orders;
      let billed = 0;
      const lines = fillOrders(
        orders,
        suppliers.filter(({ packs }) => packs > 0),
      );
      const missed = lines.map((line, index) => ({
        ...line,
        packs: Math.round(line.packs * (shares[index] ?? 0)),
      }));
      for (const supplier of suppliers) {
        const claims = missed
          .filter(({ supplyId, packs }) => supplyId === supplier.id && packs > 0)
          .map(({ orderId, packs }, index) => ({ id: `c${index}`, orderId, packs }));
        const packs = sum(claims.map((claim) => claim.packs));
        const deliveryCentimos = packs === supplier.packs ? supplier.deliveryCentimos : 0;
        const credits = shareCredit({
          claims,
          priceCentimos: supplier.priceCentimos,
          feeCentimosPerPack,
          deliveryCentimos,
          deliveryOf: "p",
          orders: left,
        });
        const of = (part: "goodsCentimos" | "deliveryCentimos" | "feeCentimos") =>
          sum(credits.map((each) => each[part]));
        expect(of("goodsCentimos")).toBe(packs * supplier.priceCentimos);
        expect(of("deliveryCentimos")).toBe(packs === 0 ? 0 : deliveryCentimos);
        expect(of("feeCentimos")).toBe(packs * feeCentimosPerPack);
        left = left.map((order) => less(order, credits));
        const kept = (supplier.packs - packs) * supplier.priceCentimos;
        billed += kept + supplier.deliveryCentimos - (packs === 0 ? 0 : deliveryCentimos);
      }
      const due = sum(left.flatMap((each) => [each.goodsCentimos, each.deliveryCentimos]));
      expect(due).toBe(billed);
      for (const [index, order] of left.entries()) {
        const before = orders[index];
        for (const part of ["goodsCentimos", "deliveryCentimos", "feeCentimos"] as const) {
          expect(order[part]).toBeGreaterThanOrEqual(0);
          expect(order[part]).toBeLessThanOrEqual(before?.[part] ?? 0);
        }
      }
    }),
    { numRuns: 300 },
  );
});

function less(order: Paying, credits: readonly Credit[]): Paying {
  const off = credits.filter(({ orderId }) => orderId === order.id);
  return {
    ...order,
    goodsCentimos: order.goodsCentimos - sum(off.map((each) => each.goodsCentimos)),
    deliveryCentimos: order.deliveryCentimos - sum(off.map((each) => each.deliveryCentimos)),
    feeCentimos: order.feeCentimos - sum(off.map((each) => each.feeCentimos)),
  };
}

test("packs that do not match what is handed out are noticed before anything is written", () => {
  const orders = [{ id: "o", packs: 3 }];
  expect(() => fillOrders(orders, [{ id: "s", packs: 2 }])).toThrow("2 packs come for orders of 3");
});
