import { stockMovements } from "@minka/contracts/stock";
import { newId } from "@minka/database/new-id";
import { addDays } from "@minka/domain/lima-time";
import * as fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { moveStock, type OnHand } from "../src/stock/move-stock.ts";
import { assistance, newRuc, other, runCatalog, tocache, type CatalogRun, type Who } from "./catalog-run.ts";

let run: CatalogRun;
beforeAll(async () => {
  run = await runCatalog();
});
afterAll(() => run.stop());

const today = "2026-11-24";
const somebody = (): Who => ({ id: newId(), operator: false });
const codeOf = (answer: { statusCode: number; json: () => { code: string } }) => [
  answer.statusCode,
  answer.json().code,
];

let owner: Who;
let provider: string;
beforeEach(async () => {
  owner = somebody();
  const document = { type: "ruc", number: newRuc() };
  const entry = {
    form: "company",
    kinds: ["agent", "supplier"],
    name: "Agro Tocache",
    districtCode: tocache,
    document,
  };
  const { providerId } = (await run.sendAs(owner, "POST", "/api/catalog/providers", entry)).json();
  provider = `/api/catalog/providers/${providerId}`;
});

async function itemFor(body: object = { name: "Urea 46%, saco de 50 kg" }): Promise<string> {
  return (await run.sendAs(owner, "POST", `${provider}/stock`, body)).json().item.id;
}
const write = (itemId: string, body: object, who = owner, key?: string) =>
  run.sendAs(who, "POST", `/api/catalog/stock/${itemId}/movements`, { day: today, ...body }, key);
const stock = async () => (await run.sendAs(owner, "GET", `${provider}/stock`)).json().items;
const margins = async () => (await run.sendAs(owner, "GET", `${provider}/stock-margins`)).json().months;

test("what is bought and sold is on hand, and its margin is in the month of its day", async () => {
  const urea = await itemFor();
  await write(urea, { kind: "bought", packs: 10, priceCentimos: 9_000, day: "2026-10-30" });
  await write(urea, { kind: "bought", packs: 10, priceCentimos: 10_000, day: "2026-11-02" });
  const sale = await write(urea, { kind: "sold", packs: 4, priceCentimos: 11_500, day: "2026-11-20" });
  expect([sale.statusCode, sale.json()]).toMatchObject([
    201,
    {
      // At the average of twenty sacks.
      movement: { kind: "sold", packs: 4, costCentimos: 38_000, packsAfter: 16, writtenBy: owner.id },
      item: { packs: 16, valueCentimos: 152_000, lastOn: "2026-11-20" },
    },
  ]);
  await write(urea, { kind: "lost", packs: 1, reason: "Se mojó" });
  await write(urea, { kind: "found", packs: 2, reason: "Conteo" });
  expect(await stock()).toMatchObject([{ id: urea, packs: 17, valueCentimos: 161_500, lastOn: today }]);
  expect(await margins()).toEqual([
    {
      month: "2026-11",
      boughtCentimos: 100_000,
      soldCentimos: 46_000,
      soldPacks: 4,
      costOfSoldCentimos: 38_000,
      marginCentimos: 8_000,
      lostCentimos: 9_500,
    },
    expect.objectContaining({ month: "2026-10", boughtCentimos: 90_000, marginCentimos: 0 }),
  ]);
  const lines = (await run.sendAs(owner, "GET", `/api/catalog/stock/${urea}/movements?limit=2`)).json();
  expect(lines.items).toMatchObject([
    { kind: "found", reason: "Conteo", priceCentimos: null },
    { kind: "lost", reason: "Se mojó" },
  ]);
  const rest = await run.sendAs(
    owner,
    "GET",
    `/api/catalog/stock/${urea}/movements?limit=3&cursor=${lines.next}`,
  );
  expect(rest.json()).toMatchObject({ items: [{ kind: "sold" }, {}, {}], next: null });
});

test("no more goes than there is, however many sell at once, and a repeated line counts once", async () => {
  const urea = await itemFor();
  await write(urea, { kind: "bought", packs: 5, priceCentimos: 9_000 });
  const sold = await Promise.all(
    Array.from({ length: 8 }, () => write(urea, { kind: "sold", packs: 1, priceCentimos: 10_000 })),
  );
  expect(sold.filter(({ statusCode }) => statusCode === 201)).toHaveLength(5);
  expect(sold.find(({ statusCode }) => statusCode !== 201)?.json()).toMatchObject({
    status: 409,
    code: "stock-short",
    packs: 0,
  });
  const key = newId();
  const bought = { kind: "bought", packs: 3, priceCentimos: 9_000 };
  expect((await write(urea, bought, owner, key)).json()).toEqual(
    (await write(urea, bought, owner, key)).json(),
  );
  expect(await stock()).toMatchObject([{ packs: 3, valueCentimos: 27_000 }]);
});

test("a page is for goods that the provider offers, or a product by name, once", async () => {
  const offer = async (terms: object) =>
    (await run.sendAs(owner, "POST", `${provider}/offers`, { terms, coverage: ["22"] })).json().offerId;
  const goods = await offer(other("input"));
  const add = (body: object, who = owner) => run.sendAs(who, "POST", `${provider}/stock`, body);
  const page = await add({ offerId: goods });
  expect(page.json().item).toMatchObject({ offerId: goods, name: other("input").title, packs: 0 });
  const again = (await add({ offerId: goods })).json();
  expect(again).toMatchObject({ status: 409, code: "stock-item-exists", itemId: page.json().item.id });
  expect((await add({ name: "Machete" })).statusCode).toBe(201);
  expect(codeOf(await add({ name: "MACHETE" }))).toEqual([409, "stock-item-exists"]);
  expect(codeOf(await add({ offerId: await offer(assistance(1)) }))).toEqual([422, "nothing-in-stock"]);
  expect(codeOf(await add({ offerId: newId() }))).toEqual([404, "offer-unknown"]);
  expect(codeOf(await add({ offerId: goods, name: "Urea" }))).toEqual([422, "invalid-input"]);
});

test("its managers and staff keep the book; days ahead and long ago are refused, and a difference says why", async () => {
  const urea = await itemFor();
  const seller = somebody();
  await run.sendAs(owner, "POST", `${provider}/staff`, { personId: seller.id, role: "staff" });
  const bought = { kind: "bought", packs: 1, priceCentimos: 9_000 };
  expect((await write(urea, bought, seller)).json().movement).toMatchObject({ writtenBy: seller.id });
  expect(codeOf(await write(urea, bought, somebody()))).toEqual([403, "not-your-provider"]);
  for (const url of [
    `${provider}/stock`,
    `${provider}/stock-margins`,
    `/api/catalog/stock/${urea}/movements`,
  ])
    expect(codeOf(await run.sendAs(somebody(), "GET", url))).toEqual([403, "not-your-provider"]);
  for (const day of [addDays(today, 1), addDays(today, -400)])
    expect(codeOf(await write(urea, { ...bought, day }))).toEqual([422, "stock-day-out-of-range"]);
  expect(codeOf(await write(urea, { kind: "lost", packs: 1 }))).toEqual([422, "invalid-input"]);
  expect(codeOf(await write(newId(), bought))).toEqual([404, "stock-item-unknown"]);
});

test("no céntimo is made or lost, and nothing is left of an empty shelf", () => {
  const movement = fc.record({
    kind: fc.constantFrom(...stockMovements),
    packs: fc.integer({ min: 1, max: 100_000 }),
    priceCentimos: fc.integer({ min: 0, max: 1_000_000_000 }),
  });
  fc.assert(
    fc.property(fc.array(movement, { maxLength: 60 }), (movements) => {
      let onHand: OnHand = { packs: 0, valueCentimos: 0 };
      let inward = 0n;
      let outward = 0n;
      for (const each of movements) {
        const moved = moveStock(onHand, each);
        const goes = each.kind === "sold" || each.kind === "lost";
        expect(moved === null).toBe(goes && each.packs > onHand.packs);
        if (!moved) continue;
        if (goes) outward += BigInt(moved.costCentimos);
        else inward += BigInt(moved.costCentimos);
        onHand = moved;
        expect(onHand.packs).toBeGreaterThanOrEqual(0);
        expect(BigInt(onHand.valueCentimos)).toBe(inward - outward);
        if (onHand.packs === 0) expect(onHand.valueCentimos).toBe(0);
      }
    }),
  );
});
