import { explainCandidate, findCandidates, type CandidateSearch } from "@minka/contracts/catalog";
import type { OfferTerms } from "@minka/contracts/offer-terms";
import { newId } from "@minka/database/new-id";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { assistance, other, runCatalog, tocache, trace, type CatalogRun } from "./catalog-run.ts";

let run: CatalogRun;
const offered: { offerId: string; personId: string }[] = [];

const market: [terms: OfferTerms, coverage: string[]][] = [
  [assistance(5), ["PE"]],
  [assistance(29, { crops: ["cacao", "coffee"], topics: ["pruning", "harvest"] }), ["22"]],
  [assistance(40, { topics: ["pruning"] }), ["2210"]],
  [assistance(12, { crops: ["coffee"] }), ["10"]],
  [other("input", { product: "urea", crops: ["cacao"] }), ["2210"]],
  [other("input", { product: "compost", organicApproved: true }), ["221001"]],
  [other("equipment", { product: "pulper", crops: ["coffee"] }), ["22"]],
  [other("service", { service: "laboratory" }), ["PE"]],
  [other("credit", { purposes: ["harvest"], minimumCentimos: 50_000, maximumCentimos: 500_000 }), ["22"]],
  [other("credit", { purposes: ["tools", "seed"], audience: "women_only", crops: ["coffee"] }), ["PE"]],
  [other("purchase", { crop: "cacao", minimumKg: 100 }), ["22"]],
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

const maybe = <T>(...values: T[]) => fc.option(fc.constantFrom(...values), { nil: undefined });

const need = fc.oneof(
  fc.record({
    kind: fc.constantFrom("assistance" as const, "training" as const),
    topic: maybe("pruning" as const, "harvest" as const, "pest_management" as const),
    crop: maybe("cacao" as const, "coffee" as const, "rice" as const),
  }),
  fc.record({
    kind: fc.constantFrom("input" as const, "equipment" as const),
    product: maybe("urea" as const, "fertilizer" as const, "pulper" as const, "sprayer" as const),
    crop: maybe("cacao" as const, "coffee" as const),
  }),
  fc.record({
    kind: fc.constant("service" as const),
    service: maybe("laboratory" as const, "drying" as const),
  }),
  fc.record({
    kind: fc.constant("credit" as const),
    purpose: maybe("harvest" as const, "seed" as const, "labour" as const),
    amountCentimos: maybe(10_000, 50_000, 500_000, 500_001),
    crop: maybe("cacao" as const, "coffee" as const),
  }),
  fc.record({
    kind: fc.constant("purchase" as const),
    crop: maybe("cacao" as const, "coffee" as const),
    quantity: maybe(1, 3, 100),
    unit: maybe("kg" as const, "quintal" as const, "bag" as const),
  }),
);

test("an offer is a candidate exactly when nothing speaks against it", async () => {
  const search = fc.record({
    need,
    districtCode: fc.constantFrom(tocache, "221002", "220101", "100601", "250101"),
    requester: fc.record({ sex: fc.constantFrom("f" as const, "m" as const, null) }),
    organicOnly: fc.boolean(),
    wider: fc.boolean(),
    own: fc.option(fc.nat({ max: market.length - 1 }), { nil: undefined }),
    excluded: fc.subarray([...market.keys()], { maxLength: 2 }),
  });
  await fc.assert(
    fc.asyncProperty(search, async ({ own, excluded, ...asked }) => {
      const body = {
        ...asked,
        requesterPersonId: own === undefined ? newId() : offered[own]!.personId,
        excludeOfferIds: excluded.map((index) => offered[index]!.offerId),
      } as CandidateSearch;
      const { candidates } = await run.callAs("matching")(
        findCandidates,
        { body: { ...body, limit: 50 } },
        trace,
      );
      const found = new Set(candidates.map(({ offerId }) => offerId));
      for (const { offerId } of offered) {
        const { reasons, candidate } = await explain(offerId, body);
        expect(found.has(offerId), JSON.stringify(reasons)).toBe(candidate);
      }
    }),
    { numRuns: 60 },
  );
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
