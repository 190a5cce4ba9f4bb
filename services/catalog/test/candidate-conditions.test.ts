import type { Need } from "@minka/contracts/need";
import type { OfferTerms } from "@minka/contracts/offer-terms";
import { connectDatabase } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { assistance, other, runCatalog, tocache, type CatalogRun } from "./catalog-run.ts";

let run: CatalogRun;
beforeAll(async () => {
  run = await runCatalog();
});
afterAll(() => run.stop());

/** A district to itself for each test, so that nothing is found but its own offers. */
const districts = ["220101", "220201", "220301", "220401", "220501", "220601", "220701", "220801", "220901"];
let used = 0;

const inAlphabet = (a: string, b: string) => a.localeCompare(b);

async function market(offers: Record<string, OfferTerms>) {
  const districtCode = districts[used++ % districts.length]!;
  for (const [name, terms] of Object.entries(offers)) {
    await run.provide({ name, terms, coverage: [districtCode] });
  }
  const candidates = async (need: Need, more: object = {}) =>
    (await run.candidates(need, { districtCode, ...more })).candidates;
  const names = async (need: Need, more: object = {}) =>
    (await candidates(need, more)).map(({ providerName }) => providerName).toSorted(inAlphabet);
  return { districtCode, candidates, names };
}

describe("how much is asked for", () => {
  test("is held against the smallest quantity and the stock, in packs of whatever they hold", async () => {
    const sacks = (minimumPacks: number, stockPacks?: number) =>
      other("input", {
        tiers: [{ minimumPacks, priceCentimos: 16_000 }],
        ...(stockPacks === undefined ? {} : { stockPacks }),
      });
    const { names, candidates } = await market({
      "From one": sacks(1),
      "From ten": sacks(10),
      "Six left": sacks(1, 6),
    });
    const urea = { kind: "input", product: "urea" } as const;
    expect(await names({ ...urea, quantity: 9, unit: "bag" })).toEqual(["From one"]);
    expect(await names({ ...urea, quantity: 10, unit: "bag" })).toEqual(["From one", "From ten"]);
    expect(await names({ ...urea, quantity: 6, unit: "bag" })).toEqual(["From one", "Six left"]);
    // Six sacks of 50 kg, and a bit more.
    expect(await names({ ...urea, quantity: 300, unit: "kg" })).toEqual(["From one", "Six left"]);
    expect(await names({ ...urea, quantity: 301, unit: "kg" })).toEqual(["From one"]);
    expect(await names({ ...urea, quantity: 451, unit: "kg" })).toEqual(["From one", "From ten"]);
    // What cannot be compared excludes nobody.
    expect(await names({ ...urea, quantity: 7, unit: "liter" })).toEqual([
      "From one",
      "From ten",
      "Six left",
    ]);
    expect(await names({ ...urea, quantity: 7 })).toHaveLength(3);
    const left = (await candidates(urea)).map(({ stockLeft }) => stockLeft);
    expect(new Set(left)).toEqual(new Set([6, null]));
  });

  test("pieces of equipment need no unit", async () => {
    const { names } = await market({ Two: other("equipment", { stockPacks: 2 }) });
    expect(await names({ kind: "equipment", product: "sprayer", quantity: 2 })).toEqual(["Two"]);
    expect(await names({ kind: "equipment", product: "sprayer", quantity: 3 })).toEqual([]);
  });
});

describe("a loan", () => {
  const loan = { kind: "credit", purpose: "harvest" } as const;
  const titleOr = (...substitutes: "possession_certificate"[]) =>
    other("credit", { requirements: [{ requirement: "land_title", substitutes }] });

  test("is none for who is known to lack what it asks for and all that would do instead", async () => {
    const { names } = await market({ Strict: titleOr(), Lenient: titleOr("possession_certificate") });
    const lacks = (...lacked: string[]) => ({ requester: { lacks: lacked } });
    expect(await names(loan)).toEqual(["Lenient", "Strict"]);
    expect(await names(loan, lacks("land_title"))).toEqual(["Lenient"]);
    expect(await names(loan, lacks("land_title", "possession_certificate"))).toEqual([]);
    expect(
      await names(loan, { requester: { lacks: ["land_title"], holds: ["possession_certificate"] } }),
    ).toEqual(["Lenient"]);
    expect(await names(loan, lacks("savings"))).toEqual(["Lenient", "Strict"]);
  });

  test("says what it asks for and nobody knows to be there", async () => {
    const { candidates } = await market({
      Lender: other("credit", {
        requirements: [
          { requirement: "identity_document", substitutes: [] },
          { requirement: "land_title", substitutes: ["possession_certificate", "group_guarantee"] },
          { requirement: "business_registration", substitutes: [] },
        ],
      }),
    });
    const missing = async (holds: string[]) =>
      (await candidates(loan, { requester: { holds } })).map((each) => each.missing);
    expect(await missing([])).toEqual([["identity_document", "land_title", "business_registration"]]);
    expect(await missing(["identity_document", "group_guarantee"])).toEqual([["business_registration"]]);
  });
});

describe("a buyer", () => {
  const sell = { kind: "purchase", crop: "cacao" } as const;

  test("takes the state that is named, and in a first search the one that is known", async () => {
    const { names } = await market({
      Dry: other("purchase", { state: "dry" }),
      Wet: other("purchase", { state: "wet" }),
    });
    const knownWet = { requester: { sells: [{ crop: "cacao", state: "wet" }] } };
    expect(await names(sell)).toEqual(["Dry", "Wet"]);
    expect(await names({ ...sell, state: "dry" })).toEqual(["Dry"]);
    expect(await names(sell, knownWet)).toEqual(["Wet"]);
    expect(await names({ ...sell, state: "dry" }, knownWet)).toEqual(["Dry"]);
    expect(await names(sell, { ...knownWet, wider: true })).toEqual(["Dry", "Wet"]);
    expect(await names({ ...sell, state: "dry" }, { wider: true })).toEqual(["Dry"]);
  });

  test("takes only while the window is open", async () => {
    const { names } = await market({
      Window: other("purchase", {
        delivery: { districtCode: tocache, from: "2026-12-01", until: "2026-12-31" },
      }),
    });
    expect(await names(sell)).toEqual([]);
    expect(await names(sell, { on: "2026-12-01" })).toEqual(["Window"]);
    expect(await names(sell, { on: "2026-12-31" })).toEqual(["Window"]);
    expect(await names(sell, { on: "2027-01-01" })).toEqual([]);
  });

  test("who asks for a certificate is none for who is known not to have it, and says so to who may", async () => {
    const { names, candidates } = await market({
      Certified: other("purchase", { certificates: ["organic", "fair_trade"] }),
    });
    const organic = { certificate: "organic", crop: "cacao" };
    const coffee = { certificate: "organic", crop: "coffee" };
    const asks = async (requester: object) =>
      (await candidates(sell, { requester })).map((each) => each.asks);
    expect(await asks({})).toEqual([["organic", "fair_trade"]]);
    expect(await asks({ certificates: [organic] })).toEqual([["fair_trade"]]);
    expect(await asks({ certificates: [coffee], lacksCertificates: [coffee] })).toEqual([
      ["organic", "fair_trade"],
    ]);
    expect(await names(sell, { requester: { lacksCertificates: [organic] } })).toEqual([]);
  });

  test("who sets a limit is none for a lot that breaks it", async () => {
    const { names } = await market({
      Fine: other("purchase", {
        quality: { maximumCadmiumMgPerKg: 0.6, minimumFermentationPercent: 75, maximumMoisturePercent: 8 },
      }),
    });
    const measured = (quality: NonNullable<Need["quality"]>) => names({ ...sell, quality });
    expect(await measured({ cadmiumMgPerKg: 0.6, fermentationPercent: 75, moisturePercent: 8 })).toEqual([
      "Fine",
    ]);
    expect(await measured({ cupPoints: 10 })).toEqual(["Fine"]);
    expect(await measured({ cadmiumMgPerKg: 0.61 })).toEqual([]);
    expect(await measured({ fermentationPercent: 74 })).toEqual([]);
    expect(await measured({ moisturePercent: 8.5 })).toEqual([]);
  });
});

test("a training is found until its last day, whatever the timers do", async () => {
  const { names } = await market({ Course: other("training", { endsOn: "2026-12-06" }) });
  expect(await names({ kind: "training" }, { on: "2026-12-06" })).toEqual(["Course"]);
  expect(await names({ kind: "training" }, { on: "2026-12-07" })).toEqual([]);
});

test("who asks for one thing is not served by another, however wide the search", async () => {
  const { names, candidates } = await market({
    Saw: other("equipment", { product: "saw", title: "Hand saws" }),
    Shears: other("equipment", { product: "pruning_shears" }),
  });
  const saw = { kind: "equipment", product: "saw" } as const;
  expect(await names(saw, { wider: true })).toEqual(["Saw"]);
  expect(await candidates(saw)).toMatchObject([{ title: "Hand saws", product: "saw", state: null }]);
});

test("a provider that either side has blocked is none", async () => {
  const terms = other("service");
  const { names } = await market({ Other: terms });
  const blocked = await run.provide({ name: "Blocked", terms, coverage: ["PE"] });
  expect(await names({ kind: "service" })).toEqual(["Blocked", "Other"]);
  expect(await names({ kind: "service" }, { excludeProviderIds: [blocked.providerId] })).toEqual(["Other"]);
});

test("a pesticide that got in without its number is found by nobody", async () => {
  const { names } = await market({ Copper: other("input", { product: "copper", registerNumber: "PQUA 1" }) });
  const copper = { kind: "input", product: "copper" } as const;
  expect(await names(copper)).toEqual(["Copper"]);
  const owner = connectDatabase({ url: run.database.ownerUrl, name: "before-the-rule", maxConnections: 1 });
  const [row] = await owner.sql<{ id: string }[]>`
    update catalog.offers set terms = terms - 'registerNumber' where terms->>'product' = 'copper' returning id`;
  await owner.close();
  // Whatever brings it up again.
  await run.post(`/api/catalog/offers/${row!.id}/confirmation`, {});
  expect(await names(copper)).toEqual([]);
});

describe("advice by phone", () => {
  const pests = { kind: "assistance", topic: "pest_management", crop: "cacao" } as const;

  test("is found from anywhere, by topic and crop, without a distance, and only when it is asked for", async () => {
    const far = { districtCode: "010101" };
    const reached = await run.provide({
      name: "Talks",
      terms: assistance(3, { modalities: ["phone"] }),
      coverage: ["22"],
    });
    await run.provide({ name: "Walks", terms: assistance(2) });
    await run.provide({
      name: "Pruner",
      terms: assistance(1, { modalities: ["phone"], topics: ["pruning"] }),
    });
    expect((await run.find(pests, far)).names).toEqual([]);
    const { candidates } = await run.candidates(pests, { ...far, consultation: true });
    expect(candidates).toMatchObject([{ offerId: reached.offerId, byPhone: true, distanceKm: null }]);
    const here = await run.candidates(pests, { point: { latitude: -8.18, longitude: -76.51 } });
    expect(here.candidates.map(({ providerName, byPhone }) => [providerName, byPhone])).toEqual([
      ["Walks", false],
      ["Talks", false],
    ]);
    expect(
      (await run.find({ ...pests, topic: "pruning" }, { ...far, consultation: true, wider: true })).names,
    ).toEqual(["Pruner"]);
    expect(await run.find({ ...pests, crop: "rice" }, { ...far, consultation: true })).toEqual({
      names: [],
      emptyBecause: "other-topics-only",
    });
    expect((await run.find({ kind: "service" }, { ...far, consultation: true })).names).toEqual([]);
  });
});

test("of offers that are named, those that are candidates are found and no others", async () => {
  const terms = other("training", { topics: ["harvest"] });
  const { districtCode } = await market({});
  const far = await run.provide({ name: "Last", terms, coverage: ["PE"] });
  const elsewhere = await run.provide({ name: "Elsewhere", terms, coverage: ["010101"] });
  for (const name of ["First", "Second"]) await run.provide({ name, terms, coverage: [districtCode] });
  const need = { kind: "training", topic: "harvest" } as const;
  const named = { districtCode, onlyOfferIds: [elsewhere.offerId, far.offerId, newId()], limit: 1 };
  expect((await run.find(need, named)).names).toEqual(["Last"]);
  expect(await run.find(need, { ...named, onlyOfferIds: [elsewhere.offerId] })).toEqual({
    names: [],
    emptyBecause: "conditions-not-met",
  });
});

test("that what is sold there is sold on other conditions is told from that nobody sells it", async () => {
  const { districtCode } = await market({ Dry: other("purchase", { crop: "maize", state: "dry" }) });
  const sell = { kind: "purchase", crop: "maize" } as const;
  expect((await run.find({ ...sell, state: "wet" }, { districtCode })).emptyBecause).toBe(
    "conditions-not-met",
  );
  expect((await run.find({ ...sell, crop: "rice" }, { districtCode })).emptyBecause).toBe(
    "other-topics-only",
  );
});

describe("what is told of a candidate", () => {
  test("that an adviser sells inputs, and that an input is an adviser's", async () => {
    const { districtCode, candidates } = await market({ Shop: other("input", { product: "guano" }) });
    const agent = await run.provide({ name: "Agent", terms: assistance(1, { topics: ["irrigation"] }) });
    const water = { kind: "assistance", topic: "irrigation" } as const;
    expect((await run.candidates(water)).candidates).toMatchObject([{ adviserSells: false }]);
    const added = await run.post(`/api/catalog/providers/${agent.providerId}/offers`, {
      terms: other("input", { product: "guano" }),
      coverage: [districtCode],
    });
    expect((await run.candidates(water)).candidates).toMatchObject([{ adviserSells: true }]);
    const sold = await candidates({ kind: "input", product: "guano" });
    expect(new Map(sold.map(({ providerName, adviserSells }) => [providerName, adviserSells]))).toEqual(
      new Map([
        ["Agent", true],
        ["Shop", false],
      ]),
    );
    await run.post(`/api/catalog/offers/${added.json().offerId}/state`, { change: "pause" });
    expect((await run.candidates(water)).candidates).toMatchObject([{ adviserSells: false }]);
  });

  test("what an agent's profile and seen certificates say", async () => {
    const topics = ["organization", "marketing"] as const;
    const agent = await run.provide({
      name: "Agent",
      terms: assistance(1, { topics: [...topics], specialistTopics: ["marketing"] }),
    });
    const ask = async (topic: (typeof topics)[number], on = "2026-11-24") =>
      (await run.candidates({ kind: "assistance", topic }, { on })).candidates[0];
    expect(await ask("organization")).toMatchObject({ topicLevel: "basic", certified: false, languages: [] });
    expect(await ask("marketing")).toMatchObject({ topicLevel: "specialist" });
    const url = `/api/catalog/providers/${agent.providerId}`;
    await run.sendAs(run.operators.maker, "PUT", `${url}/agent-profile`, {
      topics: [{ topic: "organization", level: "specialist" }],
      crops: ["cacao"],
      languages: ["spa", "qvs"],
      base: { latitude: -8.18, longitude: -76.51 },
      reachKm: 30,
      monthlyCapacity: 20,
    });
    const added = await run.post(`${url}/certificates`, {
      kind: "competence",
      issuer: "SINEACE",
      issuedOn: "2026-01-10",
      expiresOn: "2026-12-31",
    });
    expect(await ask("organization")).toMatchObject({
      topicLevel: "specialist",
      certified: false,
      languages: ["spa", "qvs"],
    });
    const { certificate } = added.json();
    await run.sendAs(run.operators.checker, "POST", `${url}/certificates/${certificate.id}/check`, {});
    expect(await ask("organization")).toMatchObject({ certified: true });
    expect(await ask("organization", "2027-01-01")).toMatchObject({ certified: false });
    await run.sendAs(run.operators.maker, "DELETE", `${url}/certificates/${certificate.id}`);
    expect(await ask("organization")).toMatchObject({ certified: false });
  });

  test("that it is for women first", async () => {
    const { candidates } = await market({
      Everybody: other("credit"),
      Women: other("credit", { audience: "women_preferred" }),
    });
    const found = await candidates({ kind: "credit" });
    expect(new Map(found.map(({ providerName, womenFocused }) => [providerName, womenFocused]))).toEqual(
      new Map([
        ["Everybody", false],
        ["Women", true],
      ]),
    );
  });
});
