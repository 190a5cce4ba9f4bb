import { findDistrict } from "@minka/geography/districts";
import { afterEach, beforeEach, expect, test } from "vitest";
import { assistance, other, runCatalog, tocache, type CatalogRun } from "./catalog-run.ts";

let run: CatalogRun;
beforeEach(async () => void (run = await runCatalog()));
afterEach(() => run.stop());

const read = async (what: string, query: string) =>
  (await run.sendAs(run.operators.checker, "GET", `/api/catalog/${what}?${query}`)).json();
type Row = { districtCode: string; kind: string };
const at = async (districtCode: string, query = `area=${districtCode}`) =>
  (await read("coverage", query)).rows
    .filter((row: Row) => row.districtCode === districtCode)
    .map((row: Row) => ({ ...row, districtCode: undefined }));
const daysLater = async (days: number) => {
  run.clock.advance({ days });
  await run.settle();
};
const input = (title: string) => other("input", { title });
const none = { providers: 0, fresh: 0, sunk: 0, hidden: 0 };

test("by district and kind: a provider counts once, an offer where it is found, and visits as far as they reach", async () => {
  const { providerId } = await run.provide({ name: "Norte", terms: input("Urea"), coverage: ["22"] });
  await run.post(`/api/catalog/providers/${providerId}/offers`, {
    terms: input("Dap"),
    coverage: [tocache, "2208"],
  });
  await run.provide({ name: "Todo", terms: input("Npk"), coverage: ["PE"] });
  await run.provide({ name: "Nuevo", terms: input("Cal"), coverage: ["22"], verified: false });
  // From 100 km north of Tocache nobody comes to Tocache.
  await run.provide({ name: "Ana", terms: assistance(100, { reachKm: 20 }) });
  await run.provide({ name: "Eva", terms: assistance(10, { reachKm: 20 }) });

  const inputs = { ...none, kind: "input", providers: 2, fresh: 3 };
  const visits = { ...none, kind: "assistance", providers: 1, fresh: 1 };
  expect(await at(tocache)).toEqual([visits, inputs]);
  expect(await at(tocache, "area=22&kind=input")).toEqual([inputs]);
  expect(await at("220101")).toEqual([{ ...inputs, fresh: 2 }]);
  expect(await at("150101")).toEqual([{ ...inputs, providers: 1, fresh: 1 }]);
  const { rows } = await read("coverage", "area=22&kind=input");
  expect(rows.length).toBeGreaterThan(70);
  expect(rows.every((row: Row) => findDistrict(row.districtCode) && row.districtCode.startsWith("22"))).toBe(
    true,
  );
  expect((await read("coverage", "kind=input")).code).toBe("invalid-input");
});

test("what nobody confirms is told as sunk, then as hidden, and reaches nobody", async () => {
  await run.provide({ name: "Ana", terms: input("Urea"), coverage: [tocache] });
  await daysLater(46);
  await run.provide({ name: "Eva", terms: input("Dap"), coverage: [tocache] });
  expect(await at(tocache)).toEqual([{ ...none, kind: "input", providers: 2, fresh: 1, sunk: 1 }]);
  await daysLater(15);
  expect(await at(tocache)).toEqual([{ ...none, kind: "input", providers: 1, fresh: 1, hidden: 1 }]);
});

test("an operator reads which offers nobody has confirmed for longest, by stage, kind, place and provider", async () => {
  const old = await run.provide({ name: "Ana", terms: input("Urea"), coverage: [tocache] });
  await daysLater(10);
  const mid = await run.provide({ name: "Eva", terms: assistance(0) });
  await daysLater(37);
  const fresh = await run.provide({ name: "Luz", terms: input("Dap"), coverage: [tocache] });
  await run.provide({ name: "Nadie", terms: input("Cal"), verified: false });
  const ids = async (query: string) =>
    (await read("freshness", query)).items.map(({ offerId }: { offerId: string }) => offerId);

  const [first] = (await read("freshness", "")).items;
  expect(first).toEqual({
    offerId: old.offerId,
    kind: "input",
    title: "Urea",
    providerId: old.providerId,
    providerName: "Ana",
    districtCode: tocache,
    stage: "sunk",
    confirmedOn: "2026-11-24",
    asked: 1,
    askedAt: expect.any(String),
  });
  expect(await ids("")).toEqual([old.offerId, mid.offerId, fresh.offerId]);
  expect(await ids("stage=fresh")).toEqual([mid.offerId, fresh.offerId]);
  expect(await ids("kind=assistance")).toEqual([mid.offerId]);
  expect(await ids("area=2210")).toHaveLength(3);
  expect(await ids("area=15")).toEqual([]);
  expect(await ids(`providerId=${fresh.providerId}`)).toEqual([fresh.offerId]);
  expect(await ids("until=2026-12-04")).toEqual([old.offerId, mid.offerId]);
  const page = await read("freshness", "limit=2");
  expect(await ids(`limit=2&cursor=${page.next}`)).toEqual([fresh.offerId]);
  expect((await read("freshness", "cursor=nonsense")).code).toBe("cursor-wrong");
});

test("an operator narrows and turns round the list of providers", async () => {
  const names = async (query: string) =>
    (await read("provider-records", query)).items.map(({ name }: { name: string }) => name);
  await run.provide({ name: "Ana", terms: assistance(0) });
  run.clock.advance({ days: 1 });
  await run.provide({ name: "Norte", terms: input("Urea") });
  run.clock.advance({ minutes: 1 });
  await run.provide({ name: "Sur", terms: input("Dap"), verified: false });

  expect(await names("")).toEqual(["Ana", "Norte", "Sur"]);
  expect(await names("order=newest")).toEqual(["Sur", "Norte", "Ana"]);
  const page = await read("provider-records", "order=newest&limit=2");
  expect(await names(`order=newest&limit=2&cursor=${page.next}`)).toEqual(["Ana"]);
  expect(await names("kind=supplier&state=verified")).toEqual(["Norte"]);
  expect(await names("area=2210&kind=agent")).toEqual(["Ana"]);
  expect(await names("area=15")).toEqual([]);
  expect(await names("from=2026-11-25")).toEqual(["Norte", "Sur"]);
  expect(await names("until=2026-11-24")).toEqual(["Ana"]);
});
