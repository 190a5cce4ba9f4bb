import { readOfferVersion } from "@minka/contracts/offers";
import type { OfferTerms } from "@minka/contracts/offer-terms";
import { newId } from "@minka/database/new-id";
import { kinds } from "@minka/domain/vocabulary";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { assistance, other, runCatalog, trace, type CatalogRun } from "./catalog-run.ts";

let run: CatalogRun;
beforeEach(async () => {
  run = await runCatalog();
});
afterEach(() => run.stop());

const plain: Record<OfferTerms["kind"], OfferTerms> = {
  assistance: assistance(1),
  training: other("training"),
  input: other("input"),
  equipment: other("equipment"),
  service: other("service"),
  credit: other("credit"),
  purchase: other("purchase"),
};

const person = (id: string) => ({ id, operator: false });
const codeOf = (answer: { statusCode: number; json: () => { code: string } }) => [
  answer.statusCode,
  answer.json().code,
];
const errorsOf = (answer: { json: () => { errors: { path: string }[] } }) =>
  answer.json().errors.map(({ path }) => path);
const get = (url: string) => run.app.inject({ url });
const names = async (kind: OfferTerms["kind"]) => (await run.find({ kind })).names;
const edit = (personId: string, offerId: string, body: object) =>
  run.sendAs(person(personId), "PUT", `/api/catalog/offers/${offerId}`, body);

describe("an offer of each kind", () => {
  test.each(kinds)("%s is published, found and read without a login", async (kind) => {
    const { offerId, providerId } = await run.provide({ name: "Nelly", terms: plain[kind] });
    expect(await names(kind)).toEqual(["Nelly"]);
    const read = await get(`/api/catalog/offers/${offerId}`);
    expect([read.statusCode, read.json().offer.version]).toEqual([200, 1]);
    const { base: _base, ...shown } = plain[kind] as { base?: unknown };
    expect(read.json().offer.terms).toMatchObject(shown);
    expect(read.body).not.toContain("latitude");
    const list = await get(`/api/catalog/providers/${providerId}/offers`);
    expect(list.json()).toEqual({ items: [read.json().offer], next: null });
  });

  test("is refused by the shape of its fields", async () => {
    const { providerId, personId } = await run.provide({ name: "Shop", terms: plain.input });
    const refused = async (terms: object) => {
      const answer = await run.post(
        `/api/catalog/providers/${providerId}/offers`,
        { terms, coverage: ["22"] },
        personId,
      );
      expect(codeOf(answer)).toEqual([422, "invalid-input"]);
      return errorsOf(answer);
    };
    const tiers = (...tiers: [number, number][]) =>
      tiers.map(([minimumPacks, priceCentimos]) => ({ minimumPacks, priceCentimos }));
    expect(await refused({ ...plain.input, tiers: tiers([1, 100], [10, 101]) })).toEqual([
      "body.terms.tiers",
    ]);
    expect(await refused({ ...plain.input, tiers: tiers([10, 100], [1, 90]) })).toEqual(["body.terms.tiers"]);
    expect(await refused({ ...plain.input, product: "gold", pack: { amount: 0, unit: "kg" } })).toEqual([
      "body.terms.product",
      "body.terms.pack.amount",
    ]);
    expect(await refused({ kind: "wishes" })).toEqual(["body.terms.kind"]);
  });

  const wrong: [OfferTerms, string[]][] = [
    [assistance(1, { specialistTopics: ["pest_management", "harvest"] }), ["specialistTopics.1"]],
    [other("training", { endsOn: "2026-12-04" }), ["endsOn"]],
    [other("training", { startsOn: "2026-11-01", endsOn: "2026-11-23" }), ["endsOn"]],
    [other("training", { endsOn: "2199-12-31" }), ["endsOn"]],
    [other("training", { place: { districtCode: "229999", name: "Local" } }), ["place.districtCode"]],
    [other("input", { product: "copper" }), ["registerNumber"]],
    [other("input", { organicApproved: true }), ["organicApproved"]],
    [other("input", { product: "seedling", pack: { amount: 2.5, unit: "unit" } }), ["pack.amount"]],
    [
      other("input", { delivery: { districtCodes: ["221001", "990101"], days: 1 } }),
      ["delivery.districtCodes.1"],
    ],
    [other("equipment", { mode: "rent" }), ["rentPer"]],
    [other("equipment", { rentPer: "day" }), ["rentPer"]],
    [other("service", { place: { districtCode: "229999", name: "Taller" } }), ["place.districtCode"]],
    [
      other("credit", {
        minimumCentimos: 100_000,
        maximumCentimos: 50_000,
        minimumMonths: 3,
        maximumMonths: 2,
        graceMonths: 3,
        openingFeeCentimos: 100_000,
      }),
      ["maximumCentimos", "maximumMonths", "graceMonths", "openingFeeCentimos"],
    ],
    [other("credit", { schedule: "harvest" }), ["harvestMonths"]],
    [other("credit", { harvestMonths: [5] }), ["harvestMonths"]],
    [
      other("credit", {
        requirements: [
          { requirement: "land_title", substitutes: ["land_title"] },
          { requirement: "land_title", substitutes: [] },
        ],
      }),
      ["requirements.0.substitutes", "requirements.1.requirement"],
    ],
    [other("purchase", { state: "parchment" }), ["state"]],
    [other("purchase", { minimumKg: 100, maximumKg: 50 }), ["maximumKg"]],
    [
      other("purchase", { crop: "coffee", quality: { maximumCadmiumMgPerKg: 0.8 } }),
      ["quality.maximumCadmiumMgPerKg"],
    ],
    [
      other("purchase", { delivery: { districtCode: "221001", from: "2026-12-10", until: "2026-12-01" } }),
      ["delivery.until"],
    ],
  ];
  const cases = wrong.map(([terms, fields]) => ({ kind: terms.kind, terms, fields }));
  test.each(cases)("$kind is refused by rules over several fields: $fields", async ({ terms, fields }) => {
    const { providerId, personId } = await run.provide({ name: "Nelly", terms: plain[terms.kind] });
    const answer = await run.post(
      `/api/catalog/providers/${providerId}/offers`,
      { terms, coverage: ["22"] },
      personId,
    );
    expect(codeOf(answer)).toEqual([422, "offer-terms-wrong"]);
    expect(errorsOf(answer)).toEqual(fields.map((field) => `body.terms.${field}`));
  });

  test("is refused to a provider who does something else", async () => {
    const { providerId, personId } = await run.provide({ name: "Shop", terms: plain.input });
    for (const kind of ["credit", "purchase"] as const) {
      const answer = await run.post(
        `/api/catalog/providers/${providerId}/offers`,
        { terms: plain[kind], coverage: ["22"] },
        personId,
      );
      expect([codeOf(answer), errorsOf(answer)]).toEqual([[422, "offer-terms-wrong"], ["body.terms.kind"]]);
    }
  });

  test("that is entered twice with one key is one offer", async () => {
    const { providerId, personId } = await run.provide({ name: "Shop", terms: plain.input });
    const enter = () =>
      run.sendAs(
        person(personId),
        "POST",
        `/api/catalog/providers/${providerId}/offers`,
        { terms: other("input", { product: "lime" }), coverage: ["22"] },
        "lime",
      );
    const [first, second] = [await enter(), await enter()];
    expect(second.json()).toEqual(first.json());
    expect((await run.find({ kind: "input", product: "lime" })).names).toEqual(["Shop"]);
  });
});

describe("a changed offer", () => {
  const cheaper = other("input", { tiers: [{ minimumPacks: 1, priceCentimos: 15_000 }] });

  test("is a new version, and the old one can still be read", async () => {
    const { offerId, personId } = await run.provide({ name: "Shop", terms: plain.input });
    const answer = await edit(personId, offerId, { version: 1, terms: cheaper, coverage: ["22"] });
    expect([answer.statusCode, answer.json()]).toEqual([200, { offerId, version: 2, state: "published" }]);
    const { candidates } = await run.candidates({ kind: "input", product: "urea" });
    expect(candidates).toMatchObject([{ offerVersion: 2, priceCentimos: 15_000 }]);
    const version = (number: number) =>
      run.callAs("matching")(readOfferVersion, { params: { offerId, version: number } }, trace);
    expect(await version(1)).toMatchObject({ terms: plain.input, coverage: ["PE"] });
    expect(await version(2)).toMatchObject({ terms: cheaper, coverage: ["22"] });
    await expect(version(3)).rejects.toMatchObject({ code: "version-unknown" });
    const record = await run.sendAs(person(personId), "GET", `/api/catalog/offers/${offerId}/record`);
    expect(record.json().offer).toMatchObject({
      version: 2,
      terms: cheaper,
      allowed: ["pause", "withdraw"],
      versions: [{ version: 2, by: `person:${personId}` }, { version: 1 }],
    });
  });

  test("that says what it said, in whatever order, stays as it is and holds from today", async () => {
    const terms = other("input", { crops: ["cacao", "coffee"] });
    const { offerId, personId } = await run.provide({ name: "Shop", terms });
    const again = { ...terms, crops: ["coffee", "cacao"] } as OfferTerms;
    run.clock.advance({ days: 3 });
    const answer = await edit(personId, offerId, { version: 1, terms: again, coverage: ["22", "PE"] });
    expect(answer.json()).toEqual({ offerId, version: 1, state: "published" });
    const record = await run.sendAs(person(personId), "GET", `/api/catalog/offers/${offerId}/record`);
    expect(record.json().offer).toMatchObject({
      terms,
      versions: [{ version: 1 }],
      confirmedOn: "2026-11-27",
    });
    const fewer = await edit(personId, offerId, {
      version: 1,
      terms: { ...again, crops: ["cacao"] } as OfferTerms,
      coverage: ["PE"],
    });
    expect(fewer.json()).toMatchObject({ version: 2 });
  });

  test("is changed by one of two who began at the same version", async () => {
    const { offerId, personId } = await run.provide({ name: "Shop", terms: plain.input });
    const answers = await Promise.all([
      edit(personId, offerId, { version: 1, terms: cheaper, coverage: ["22"] }),
      edit(personId, offerId, { version: 1, terms: plain.input, coverage: ["25"] }),
    ]);
    expect(answers.map(({ statusCode }) => statusCode).sort((a, b) => a - b)).toEqual([200, 409]);
    const late = answers.find(({ statusCode }) => statusCode === 409);
    expect(late?.json()).toMatchObject({ code: "version-changed", version: 2 });
  });

  test("keeps its kind, its rules and its owner", async () => {
    const { offerId, personId } = await run.provide({ name: "Shop", terms: plain.input });
    const attempt = (terms: OfferTerms, as = personId) =>
      edit(as, offerId, { version: 1, terms, coverage: ["22"] });
    expect(codeOf(await attempt(plain.equipment))).toEqual([422, "kind-fixed"]);
    expect(codeOf(await attempt(other("input", { product: "copper" })))).toEqual([422, "offer-terms-wrong"]);
    expect(codeOf(await attempt(cheaper, newId()))).toEqual([403, "not-your-provider"]);
    expect(codeOf(await edit(personId, newId(), { version: 1, terms: cheaper, coverage: ["22"] }))).toEqual([
      404,
      "offer-unknown",
    ]);
    expect((await get(`/api/catalog/offers/${offerId}`)).json().offer.version).toBe(1);
  });
});

test("an input's price is also told by the kilo", async () => {
  const { offerId } = await run.provide({ name: "Shop", terms: plain.input });
  const { terms } = (await get(`/api/catalog/offers/${offerId}`)).json().offer;
  expect(terms.pricePerUnitCentimos).toEqual({ from: 304, to: 322 });
});
