import { explainCandidate } from "@minka/contracts/catalog";
import type { OfferTerms } from "@minka/contracts/offer-terms";
import { newId } from "@minka/database/new-id";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { assistance, other, runCatalog, tocache, trace, type CatalogRun } from "./catalog-run.ts";

let run: CatalogRun;
const offered: { providerId: string; offerId: string; personId: string }[] = [];

const market: [terms: OfferTerms, coverage: string[]][] = [
  [assistance(5), ["PE"]],
  [assistance(29, { crops: ["cacao", "coffee"], topics: ["pruning", "harvest"] }), ["22"]],
  [assistance(40, { topics: ["pruning"] }), ["2210"]],
  [assistance(12, { crops: ["coffee"] }), ["10"]],
  [
    other("input", {
      crops: ["cacao"],
      tiers: [{ minimumPacks: 5, priceCentimos: 16_100 }],
      stockPacks: 20,
    }),
    ["2210"],
  ],
  [other("input", { product: "compost", organicApproved: true }), ["221001"]],
  [other("equipment", { product: "pulper", crops: ["coffee"] }), ["22"]],
  [other("service", { service: "laboratory" }), ["PE"]],
  [other("credit", { purposes: ["harvest"], minimumCentimos: 50_000, maximumCentimos: 500_000 }), ["22"]],
  [other("credit", { purposes: ["tools", "seed"], audience: "women_only", crops: ["coffee"] }), ["PE"]],
  [
    other("purchase", {
      crop: "cacao",
      minimumKg: 100,
      certificates: ["organic"],
      quality: { maximumCadmiumMgPerKg: 0.8, maximumMoisturePercent: 8 },
      delivery: { districtCode: tocache, until: "2026-12-20" },
    }),
    ["22"],
  ],
  [other("training", { topics: ["pruning"], audience: "women_only" }), ["2210", "25"]],
];

beforeAll(async () => {
  run = await runCatalog();
  for (const [index, [terms, coverage]] of market.entries()) {
    offered.push(await run.provide({ name: `Provider ${index}`, terms, coverage, verified: index !== 7 }));
  }
});
afterAll(() => run.stop());

const explain = (offerId: string, search: object) =>
  run.callAs("matching")(
    explainCandidate,
    {
      body: {
        need: { kind: "assistance" },
        districtCode: tocache,
        requesterPersonId: newId(),
        ...search,
        offerId,
      },
    },
    trace,
  );
const codes = async (offer: number, search: object) =>
  (await explain(offered[offer]!.offerId, search)).reasons.map(({ code }) => code);

describe("why an offer was not a candidate", () => {
  test("it was one", async () => {
    const need = { kind: "assistance", crop: "cacao", topic: "pest_management" };
    expect(await explain(offered[0]!.offerId, { need })).toEqual({ candidate: true, reasons: [] });
  });

  test("how far it is and how far it goes", async () => {
    const { reasons } = await explain(offered[2]!.offerId, {
      need: { kind: "assistance", topic: "pruning" },
    });
    expect(reasons).toEqual([{ code: "out-of-reach", parameters: { km: 40, reachKm: 30 } }]);
  });

  test("every reason has its code", async () => {
    const loan = { kind: "credit", purpose: "harvest" };
    expect(await codes(0, { need: { kind: "assistance", crop: "coffee", topic: "pruning" } })).toEqual([
      "other-crop",
      "other-topic",
    ]);
    expect(await codes(3, { need: { kind: "assistance" } })).toEqual(["outside-coverage"]);
    expect(await codes(4, { need: loan })).toEqual(["wrong-kind"]);
    expect(await codes(7, { need: { kind: "service" } })).toEqual(["provider-not-verified"]);
    expect(await codes(8, { need: { ...loan, amountCentimos: 600_000 } })).toEqual(["outside-amount"]);
    expect(await codes(10, { need: { kind: "purchase", quantity: 1, unit: "quintal" } })).toEqual([
      "outside-amount",
    ]);
    expect(await codes(11, { need: { kind: "training" } })).toEqual(["women-only"]);
    expect(await codes(4, { need: { kind: "input" }, organicOnly: true })).toEqual(["not-organic"]);
    expect(
      await codes(0, {
        need: { kind: "assistance" },
        requesterPersonId: offered[0]!.personId,
        excludeOfferIds: [offered[0]!.offerId],
      }),
    ).toEqual(["own-offer", "excluded"]);
  });

  test("what is lacking, too much or too little is named with its limits", async () => {
    const why = async (offer: number, search: object) =>
      (await explain(offered[offer]!.offerId, search)).reasons;
    const loan = { kind: "credit", purpose: "harvest" };
    expect(
      await why(8, { need: loan, requester: { lacks: ["land_title", "possession_certificate"] } }),
    ).toEqual([{ code: "requirement-not-met", parameters: { requirements: "land_title" } }]);
    expect(await why(4, { need: { kind: "input", quantity: 3, unit: "bag" } })).toEqual([
      { code: "too-few-packs", parameters: { packs: 3, leastPacks: 5 } },
    ]);
    expect(await why(4, { need: { kind: "input", quantity: 2, unit: "tonne" } })).toEqual([
      { code: "not-enough-stock", parameters: { packs: 40, stockPacks: 20 } },
    ]);
    const sold = { kind: "purchase", state: "wet", quality: { cadmiumMgPerKg: 0.9 } };
    const lacksCertificates = [{ certificate: "organic", crop: null }];
    expect(await why(10, { need: sold, requester: { lacksCertificates }, on: "2026-12-24" })).toEqual([
      { code: "not-open", parameters: { until: "2026-12-20" } },
      { code: "other-state", parameters: { state: "dry" } },
      { code: "certificate-not-held", parameters: { certificates: "organic" } },
      { code: "quality-not-met", parameters: { maximumCadmiumMgPerKg: 0.8 } },
    ]);
    expect(await codes(3, { need: { kind: "assistance" }, consultation: true })).toEqual(["not-by-phone"]);
    const { providerId, offerId } = offered[0]!;
    expect(
      await codes(0, {
        need: { kind: "assistance" },
        excludeProviderIds: [providerId],
        onlyOfferIds: [offered[1]!.offerId],
      }),
    ).toEqual(["provider-excluded", "not-named"]);
    expect(await codes(0, { need: { kind: "assistance" }, onlyOfferIds: [offerId] })).toEqual([]);
  });

  test("an operator may ask, a person may not, and an unknown offer is none", async () => {
    const body = { need: { kind: "assistance" }, districtCode: tocache, requesterPersonId: newId() };
    const url = "/api/catalog/candidates/explanation";
    expect((await run.post(url, { ...body, offerId: offered[0]!.offerId })).statusCode).toBe(200);
    expect((await run.post(url, { ...body, offerId: offered[0]!.offerId }, newId())).statusCode).toBe(403);
    expect((await run.post(url, { ...body, offerId: newId() })).json()).toMatchObject({
      code: "offer-unknown",
    });
  });
});

test("from the asker's own point the distances are measured anew, and the order follows", async () => {
  const body = { need: { kind: "assistance" as const }, districtCode: tocache, requesterPersonId: newId() };
  const near = await run.candidates(body.need);
  const [first, last] = [near.candidates[0]!, near.candidates.at(-1)!];
  expect(first.distanceKm).toBeLessThan(last.distanceKm!);
  const terms = market[offered.findIndex(({ offerId }) => offerId === last.offerId)]![0];
  if (terms.kind !== "assistance") throw new Error("not an agent");
  const moved = await run.candidates(body.need, { point: terms.base });
  expect(moved.candidates[0]).toMatchObject({ offerId: last.offerId, distanceKm: 0 });
  expect(moved.candidates.map(({ distanceKm }) => distanceKm)).toEqual(
    moved.candidates.map(({ distanceKm }) => distanceKm).toSorted((a, b) => a! - b!),
  );
});
