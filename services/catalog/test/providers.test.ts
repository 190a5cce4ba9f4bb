import { newId } from "@minka/database/new-id";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { assistance, other, runCatalog, tocache, type CatalogRun } from "./catalog-run.ts";

let run: CatalogRun;
beforeEach(async () => {
  run = await runCatalog();
});
afterEach(() => run.stop());

const codeOf = (answer: { statusCode: number; json: () => { code: string } }) => [
  answer.statusCode,
  answer.json().code,
];

describe("publishing an offer", () => {
  test("is for the provider's own person and for operators", async () => {
    const { providerId, personId } = await run.provide({ name: "Nelly", terms: assistance(1) });
    const url = `/api/catalog/providers/${providerId}/offers`;
    const offer = { terms: other("equipment", { product: "sprayer" }), coverage: ["2210"] };
    expect(codeOf(await run.post(url, offer, newId()))).toEqual([403, "not-your-provider"]);
    const published = await run.post(url, offer, personId);
    expect([published.statusCode, published.json().version]).toEqual([201, 1]);
    expect((await run.find({ kind: "equipment", product: "sprayer" })).names).toEqual(["Nelly"]);
    expect(codeOf(await run.post(url, { ...offer, coverage: ["22", "2299"] }))).toEqual([
      422,
      "area-unknown",
    ]);
  });

  test("refuses a base point outside Peru, and says which field is wrong", async () => {
    const { providerId, personId } = await run.provide({ name: "Nelly", terms: assistance(1) });
    const terms = { ...assistance(1), base: { latitude: 60, longitude: 100 } };
    const answer = await run.post(
      `/api/catalog/providers/${providerId}/offers`,
      { terms, coverage: ["22"] },
      personId,
    );
    expect(codeOf(answer)).toEqual([422, "invalid-input"]);
    expect(answer.json().errors.map(({ path }: { path: string }) => path)).toEqual([
      "body.terms.base.latitude",
      "body.terms.base.longitude",
    ]);
  });
});

describe("the public lists", () => {
  test("show no base point, person or document, and no unverified provider", async () => {
    const { personId } = await run.provide({ name: "Nelly", terms: assistance(1) });
    await run.provide({ name: "Draft", terms: assistance(1), verified: false });
    const answer = await run.app.inject({ url: "/api/catalog/offers" });
    expect(answer.json().items).toHaveLength(1);
    expect(answer.json().items[0].provider.name).toBe("Nelly");
    for (const hidden of ["base", "latitude", personId, "document"])
      expect(answer.body).not.toContain(hidden);
  });

  test("narrow by kind and by who reaches a district, a page at a time", async () => {
    for (const name of ["One", "Two", "Three"]) await run.provide({ name, terms: assistance(1) });
    await run.provide({ name: "Beyond", terms: assistance(40) });
    await run.provide({ name: "Region", terms: other("credit"), coverage: ["22"] });
    const list = async (query: string) =>
      (await run.app.inject({ url: `/api/catalog/offers?${query}` })).json();
    const names = (page: { items: { provider: { name: string } }[] }) =>
      page.items.map(({ provider }) => provider.name);
    expect(names(await list("kind=credit"))).toEqual(["Region"]);
    const first = await list(`districtCode=${tocache}&limit=3`);
    const second = await list(`districtCode=${tocache}&limit=3&cursor=${first.next}`);
    expect([...names(first), ...names(second)].sort()).toEqual(["One", "Region", "Three", "Two"]);
    expect(second.next).toBeNull();
    expect((await list("cursor=nonsense")).code).toBe("cursor-wrong");
  });

  test("the overview counts verified offers by the provider's district", async () => {
    await run.provide({ name: "One", terms: assistance(1) });
    await run.provide({ name: "Two", terms: assistance(2) });
    await run.provide({ name: "Draft", terms: assistance(2), verified: false });
    const overview = (await run.app.inject({ url: "/api/catalog/overview" })).json();
    expect(overview).toEqual({
      districts: [{ districtCode: tocache, kind: "assistance", offers: 2 }],
      asOf: "2026-11-24T14:00:00.000Z",
    });
  });
});
