import { afterAll, beforeAll, expect, test } from "vitest";
import { startBrokering, type BrokeringRun } from "./brokering-run.ts";
import { tocache } from "./fake-world.ts";
import { orderedPool } from "./ordered-pool.ts";

let run: BrokeringRun;
beforeAll(async () => {
  run = await startBrokering();
});
afterAll(() => run.stop());

test("a supplier sees what is looked for of its own products by district and month, and nothing of fewer than five people", async () => {
  const supplier = { priceCentimos: 9_000, deliveryCentimos: 0 };
  await orderedPool(run, { members: [1, 1, 1, 1], suppliers: [{ ...supplier, packs: 4 }] });
  const seller = run.world.provider(["supplier"]);
  run.world.sell(seller.id, {
    product: "urea",
    pack: { amount: 50, unit: "kg" },
    tiers: [{ minimumPacks: 1, priceCentimos: 9_500 }],
  });
  run.world.lenders.demand.push(
    { districtCode: tocache, product: "urea", month: "2026-11", requests: 7, open: 2 },
    { districtCode: "220101", product: "urea", month: "2026-11", requests: null, open: null },
    { districtCode: tocache, product: "npk", month: "2026-11", requests: 9, open: 9 },
  );
  const owner = run.signIn(seller.owner);
  const read = async (query = "") =>
    (await owner("GET", `/api/brokering/demand?providerId=${seller.id}${query}`)).body;
  const asked = { districtCode: tocache, product: "urea", month: "2026-11", requests: 7, openRequests: 2 };
  // Four people's orders say who they are.
  expect((await read()).demand).toEqual([{ ...asked, pack: null, orderedPacks: null }]);
  await orderedPool(run, { members: [2, 3], suppliers: [{ ...supplier, packs: 5 }] });
  const { demand } = await read(`&districts=${tocache}`);
  expect(demand).toContainEqual(
    expect.objectContaining({
      product: "urea",
      pack: { amount: 50, unit: "kg" },
      orderedPacks: 9,
      requests: null,
    }),
  );
  expect((await read("&districts=220101")).demand).toEqual([]);
  expect((await read("&product=npk")).code).toBe("not-your-product");
  const stranger = run.signIn(run.world.person());
  expect((await stranger("GET", `/api/brokering/demand?providerId=${seller.id}`)).body.code).toBe(
    "not-your-provider",
  );
  expect((await stranger("GET", "/api/brokering/demand")).body.code).toBe("not-your-provider");
  const operator = run.signIn(run.world.person(), true);
  const all = (await operator("GET", "/api/brokering/demand?product=npk")).body.demand;
  expect(all).toMatchObject([{ product: "npk", requests: 9 }]);
});
