import { newId } from "@minka/database/new-id";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { assistance, other, runCatalog, tocache, type CatalogRun } from "./catalog-run.ts";

const pests = { kind: "assistance", topic: "pest_management", crop: "cacao" } as const;

let run: CatalogRun;
beforeEach(async () => {
  run = await runCatalog();
});
afterEach(() => run.stop());

describe("who is a candidate", () => {
  test("the nearest come first, with their distance, price and capacity", async () => {
    await run.provide({ name: "Far", terms: assistance(25) });
    const near = await run.provide({ name: "Near", terms: assistance(9.04) });
    await run.provide({ name: "Middle", terms: assistance(17) });
    const { candidates, emptyBecause } = await run.candidates(pests, { limit: 2 });
    expect(candidates.map(({ providerName }) => providerName)).toEqual(["Near", "Middle"]);
    expect(candidates[0]).toEqual({
      offerId: near.offerId,
      offerVersion: 1,
      providerId: near.providerId,
      providerName: "Near",
      providerPersonId: near.personId,
      distanceKm: 9,
      priceCentimos: 3_000,
      priceUnit: "visita",
      monthlyCapacity: 20,
      fits: { topic: true, crop: true },
      confirmedOn: "2026-11-24",
      title: "",
      product: null,
      state: null,
      byPhone: false,
      adviserSells: false,
      womenFocused: false,
      languages: [],
      topicLevel: "basic",
      certified: false,
      missing: [],
      asks: [],
      stockLeft: null,
    });
    expect(emptyBecause).toBeNull();
  });

  test("reach is a radius around the base, half as far again in a wider search", async () => {
    await run.provide({ name: "Just within", terms: assistance(29.5) });
    await run.provide({ name: "Just beyond", terms: assistance(30.5) });
    await run.provide({ name: "Within the wider", terms: assistance(44.5) });
    await run.provide({ name: "Beyond all", terms: assistance(45.5) });
    expect((await run.find(pests)).names).toEqual(["Just within"]);
    expect((await run.find(pests, { wider: true })).names).toEqual([
      "Just within",
      "Just beyond",
      "Within the wider",
    ]);
  });

  test("the coverage has to allow the district, however near the base is", async () => {
    await run.provide({ name: "Huánuco only", terms: assistance(1), coverage: ["10"] });
    await run.provide({ name: "The province", terms: assistance(2), coverage: ["10", "2210"] });
    await run.provide({ name: "The district", terms: assistance(3), coverage: ["221001", "22"] });
    expect((await run.find(pests)).names).toEqual(["The province", "The district"]);
  });

  test("other crops are none, other topics only in a wider search and after those who name it", async () => {
    await run.provide({ name: "Coffee", terms: assistance(1, { crops: ["coffee"] }) });
    await run.provide({ name: "Pruning", terms: assistance(2, { topics: ["pruning"] }) });
    await run.provide({ name: "Pests", terms: assistance(20, { topics: ["pruning", "pest_management"] }) });
    expect((await run.find(pests)).names).toEqual(["Pests"]);
    const { candidates } = await run.candidates(pests, { wider: true });
    expect(candidates.map(({ providerName, fits }) => [providerName, fits])).toEqual([
      ["Pests", { topic: true, crop: true }],
      ["Pruning", { topic: false, crop: true }],
    ]);
  });

  test("a need that names no crop or no topic is served by any", async () => {
    await run.provide({
      name: "Coffee pruning",
      terms: assistance(1, { crops: ["coffee"], topics: ["pruning"] }),
    });
    await run.provide({ name: "Cacao pests", terms: assistance(2) });
    expect((await run.find({ kind: "assistance" })).names).toEqual(["Coffee pruning", "Cacao pests"]);
    expect((await run.find({ kind: "assistance", crop: "cacao" })).names).toEqual(["Cacao pests"]);
    expect((await run.find({ kind: "assistance", topic: "pruning" })).names).toEqual(["Coffee pruning"]);
  });

  test("nobody is found before an operator has verified them", async () => {
    const { providerId } = await run.provide({ name: "Draft", terms: assistance(1), verified: false });
    expect(await run.find(pests)).toEqual({ names: [], emptyBecause: "nobody-offers-this" });
    await run.verify(providerId);
    expect((await run.find(pests)).names).toEqual(["Draft"]);
  });

  test("nobody is matched with themself or with an excluded offer", async () => {
    const own = await run.provide({ name: "Own", terms: assistance(1) });
    const asked = await run.provide({ name: "Asked before", terms: assistance(2) });
    await run.provide({ name: "Next", terms: assistance(3) });
    const more = { requesterPersonId: own.personId, excludeOfferIds: [asked.offerId] };
    expect((await run.find(pests, more)).names).toEqual(["Next"]);
  });

  test("an unknown district is refused", async () => {
    await expect(run.find(pests, { districtCode: "229999" })).rejects.toMatchObject({
      code: "district-unknown",
    });
  });
});

describe("offers that serve an area", () => {
  test("are found in it, without a distance, the narrower area first, each once", async () => {
    const terms = other("credit", { purposes: ["tools"] });
    await run.provide({ name: "Country", terms: { ...terms, crops: ["coffee"] } });
    await run.provide({ name: "District", terms, coverage: ["221001"] });
    await run.provide({ name: "Region twice", terms, coverage: ["22", "2210"] });
    await run.provide({ name: "Elsewhere", terms, coverage: ["25"] });
    const { candidates } = await run.candidates({ kind: "credit", purpose: "tools", crop: "coffee" });
    expect(candidates.map(({ providerName, distanceKm }) => [providerName, distanceKm])).toEqual([
      ["District", null],
      ["Region twice", null],
      ["Country", null],
    ]);
    expect(candidates.map(({ fits }) => fits)).toEqual([
      { topic: true, crop: false },
      { topic: true, crop: false },
      { topic: true, crop: true },
    ]);
  });

  test("are asked for by product, and any fertilizer serves who says only fertilizer", async () => {
    const price = { priceCentimos: 16_100, priceUnit: "saco de 50 kg" };
    await run.provide({ name: "Urea", terms: other("input", { product: "urea" }) });
    await run.provide({ name: "Lime", terms: other("input", { product: "lime" }) });
    await run.provide({ name: "Seedlings", terms: other("input", { product: "seedling" }) });
    const urea = await run.candidates({ kind: "input", product: "urea" });
    expect(urea.candidates).toMatchObject([{ providerName: "Urea", ...price }]);
    expect((await run.find({ kind: "input", product: "fertilizer" })).names).toEqual(["Urea"]);
    expect((await run.find({ kind: "input" })).names).toHaveLength(3);
  });
});

describe("why nobody was found", () => {
  test("nobody offers this at all", async () => {
    await run.provide({ name: "Coffee", terms: assistance(1, { crops: ["coffee"] }), coverage: ["10"] });
    expect(await run.find(pests)).toEqual({ names: [], emptyBecause: "nobody-offers-this" });
  });

  test("it is offered, and not there", async () => {
    await run.provide({ name: "Beyond", terms: assistance(60) });
    expect(await run.find(pests)).toEqual({ names: [], emptyBecause: "nobody-reaches-there" });
  });

  test("only other topics or crops are offered there", async () => {
    await run.provide({ name: "Pruning", terms: assistance(1, { topics: ["pruning"] }) });
    expect(await run.find(pests)).toEqual({ names: [], emptyBecause: "other-topics-only" });
    expect(await run.find({ ...pests, topic: "pruning", crop: "coffee" })).toEqual({
      names: [],
      emptyBecause: "other-topics-only",
    });
  });

  test("one's own offer does not count as somebody offering it, an excluded one does", async () => {
    const { personId, offerId } = await run.provide({ name: "Own", terms: assistance(1) });
    expect(await run.find(pests, { requesterPersonId: personId })).toEqual({
      names: [],
      emptyBecause: "nobody-offers-this",
    });
    expect(await run.find(pests, { requesterPersonId: newId(), excludeOfferIds: [offerId] })).toEqual({
      names: [],
      emptyBecause: "nobody-reaches-there",
    });
  });
});

test("only services search for candidates", async () => {
  const body = { need: pests, districtCode: tocache, requesterPersonId: newId() };
  expect((await run.post("/api/catalog/candidates", body)).statusCode).toBe(403);
});
