import type { OfferTerms } from "@minka/contracts/offer-terms";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { assistance, other, runCatalog, tocache, type CatalogRun } from "./catalog-run.ts";

const uchiza = "221005";
const lima = "150101";

let run: CatalogRun;

const market: [name: string, terms: OfferTerms, coverage: string[]][] = [
  // The first in every order but that of the words of titles.
  ["Poda Verde", other("service", { title: "Análisis de suelo" }), ["01"]],
  [
    "Agro Selva",
    other("input", {
      title: "Abono orgánico por saco",
      product: "compost",
      organicApproved: true,
      tiers: [{ minimumPacks: 1, priceCentimos: 3_000 }],
    }),
    ["2210"],
  ],
  [
    "Insumos Tocache",
    other("input", {
      title: "Urea por saco de 50 kg",
      product: "urea",
      tiers: [{ minimumPacks: 1, priceCentimos: 15_000 }],
    }),
    ["2210"],
  ],
  [
    "Ferretería Uchiza",
    other("equipment", {
      title: "Despulpadoras de café",
      product: "pulper",
      crops: ["coffee"],
      tiers: [{ minimumPacks: 1, priceCentimos: 90_000 }],
    }),
    [uchiza],
  ],
  [
    "Caja Huallaga",
    other("credit", {
      title: "Crédito para mujeres productoras",
      audience: "women_only",
      purposes: ["harvest"],
    }),
    ["22"],
  ],
  [
    "Cacao Perú Norte",
    other("purchase", { title: "Compra de cacao seco", crop: "cacao", certificates: ["organic"] }),
    ["PE"],
  ],
  ["Rosa Pinchi", assistance(5, { topics: ["pest_management", "pruning"] }), ["PE"]],
  ["Elmer Tuanama", assistance(22), ["PE"]],
  [
    "Escuela de Campo",
    other("training", { title: "Taller de poda en cacao", topics: ["pruning"], crops: ["cacao"] }),
    ["22"],
  ],
];

beforeAll(async () => {
  run = await runCatalog();
  for (const [name, terms, coverage] of market) await run.provide({ name, terms, coverage });
});
afterAll(() => run.stop());

type Page = { items: { provider: { name: string } }[]; next: string | null };

async function read(list: "offers" | "providers", query: object) {
  const answer = await run.app.inject({
    url: `/api/catalog/${list}`,
    query: query as Record<string, string>,
  });
  return { status: answer.statusCode, body: answer.json() };
}
async function offersOf(query: Record<string, string | number>): Promise<string[]> {
  const { body } = await read("offers", query);
  return (body as Page).items.map(({ provider }) => provider.name);
}
async function providersOf(query: Record<string, string | number>): Promise<string[]> {
  return (await read("providers", query)).body.items.map(({ name }: { name: string }) => name);
}

describe("offers are found by words", () => {
  test("as they are, without accents, in the plural, with slips of the pen, and by ear", async () => {
    for (const q of ["abono orgánico", "ABONOS ORGANICOS", "abno organico", "abono", "avono"]) {
      expect((await offersOf({ q }))[0], q).toBe("Agro Selva");
    }
    for (const q of [
      "despulpadora",
      "despulpadra",
      "despulpadoras de cafe",
      "despulpa",
      "kafe despulpadora",
    ]) {
      expect(await offersOf({ q }), q).toEqual(["Ferretería Uchiza"]);
    }
  });

  test("of the provider's name, the product, the topic and the crop", async () => {
    expect(await offersOf({ q: "pinchi" })).toEqual(["Rosa Pinchi"]);
    expect(await offersOf({ q: "pinchy" })).toEqual(["Rosa Pinchi"]);
    expect(await offersOf({ q: "plagas" })).toEqual(["Rosa Pinchi", "Elmer Tuanama"]);
    expect(await offersOf({ q: "urea tocache" })).toEqual(["Insumos Tocache"]);
  });

  test("by what people call them, whatever their title says", async () => {
    expect(await offersOf({ q: "prestamo" })).toEqual(["Caja Huallaga"]);
    expect(await offersOf({ q: "prestmo para mujeres" })).toEqual(["Caja Huallaga"]);
    expect(await offersOf({ q: "vender cacao" })).toEqual(["Cacao Perú Norte"]);
    expect(await offersOf({ q: "capacitacion" })).toEqual(["Escuela de Campo"]);
  });

  test("the title counts more than a word elsewhere", async () => {
    expect(await offersOf({ q: "poda" })).toEqual(["Rosa Pinchi", "Escuela de Campo", "Poda Verde"]);
    expect(await offersOf({ q: "cacao poda" })).toEqual(["Rosa Pinchi", "Escuela de Campo"]);
  });

  test("by what the words mean in the field, where no offer says them", async () => {
    expect(await offersOf({ q: "escoba de bruja" })).toEqual(["Rosa Pinchi", "Elmer Tuanama"]);
    expect(await offersOf({ q: "moniliasis" })).toEqual(["Rosa Pinchi", "Elmer Tuanama"]);
    expect(await offersOf({ q: "fertilizante" })).toEqual(["Agro Selva", "Insumos Tocache"]);
    expect(await offersOf({ q: "dinero" })).toEqual(["Caja Huallaga"]);
    const first = (await read("offers", { q: "moniliasis", limit: 1 })).body as Page;
    const second = (await read("offers", { q: "moniliasis", limit: 1, cursor: first.next })).body as Page;
    expect(second.items.map(({ provider }) => provider.name)).toEqual(["Elmer Tuanama"]);
  });

  test("where nobody says it all, who says all but one word is shown, page by page", async () => {
    const q = "taller de urea";
    const first = (await read("offers", { q, limit: 1 })).body as Page;
    expect(first.items.map(({ provider }) => provider.name)).toEqual(["Escuela de Campo"]);
    const second = (await read("offers", { q, limit: 1, cursor: first.next })).body as Page;
    expect(second.items.map(({ provider }) => provider.name)).toEqual(["Insumos Tocache"]);
    expect(second.next).toBeNull();
    expect(await offersOf({ q: "taller de poda" })).toEqual(["Escuela de Campo"]);
  });

  test("a word that there is not is left out; nothing but such words find nothing", async () => {
    expect(await offersOf({ q: "urea zzzzzz" })).toEqual(["Insumos Tocache"]);
    expect(await offersOf({ q: "zzzzzz" })).toEqual([]);
    expect(await offersOf({ q: "' | ! & :* \\" })).toHaveLength(market.length);
  });
});

describe("offers are filtered", () => {
  test("by kind, crop, topic, product and what may be used or asked for", async () => {
    expect(await offersOf({ kind: "purchase" })).toEqual(["Cacao Perú Norte"]);
    expect(await offersOf({ kind: "assistance", topic: "pruning" })).toEqual(["Rosa Pinchi"]);
    expect(await offersOf({ product: "fertilizer" })).toEqual(["Agro Selva", "Insumos Tocache"]);
    expect(await offersOf({ product: "pulper", crop: "cacao" })).toEqual([]);
    expect(await offersOf({ kind: "credit", womenFocused: "true" })).toEqual(["Caja Huallaga"]);
    expect(await offersOf({ organicApproved: "true" })).toEqual(["Agro Selva"]);
    expect(await offersOf({ certificate: "organic" })).toEqual(["Cacao Perú Norte"]);
  });

  test("by the highest price, the cheapest first", async () => {
    expect(await offersOf({ sort: "price", kind: "input" })).toEqual(["Agro Selva", "Insumos Tocache"]);
    expect(await offersOf({ kind: "input", maximumPriceCentimos: 14_999 })).toEqual(["Agro Selva"]);
    expect(await offersOf({ kind: "input", maximumPriceCentimos: 15_000 })).toHaveLength(2);
    expect(await offersOf({ kind: "credit", maximumPriceCentimos: 15_000 })).toEqual([]);
  });

  test("by the district that is served, and by who sets out near it", async () => {
    expect(await offersOf({ districtCode: lima })).toEqual(["Cacao Perú Norte"]);
    expect(await offersOf({ districtCode: uchiza, kind: "equipment" })).toEqual(["Ferretería Uchiza"]);
    expect(await offersOf({ districtCode: tocache, kind: "equipment" })).toEqual([]);
    expect(await offersOf({ districtCode: tocache, nearKm: 15 })).toEqual(["Rosa Pinchi"]);
    expect(await offersOf({ districtCode: tocache, nearKm: 15, sort: "price" })).toEqual(["Rosa Pinchi"]);
    expect(await offersOf({ districtCode: tocache, nearKm: 30, sort: "nearest" })).toEqual([
      "Rosa Pinchi",
      "Elmer Tuanama",
    ]);
    expect((await read("offers", { nearKm: 10 })).status).toBe(422);
    expect((await read("offers", { sort: "nearest" })).status).toBe(422);
    expect((await read("offers", { districtCode: "229999" })).body).toMatchObject({
      code: "district-unknown",
    });
  });

  test("the nearest first, then those that serve an area, the narrower first", async () => {
    expect(await offersOf({ districtCode: tocache, sort: "nearest" })).toEqual([
      "Rosa Pinchi",
      "Elmer Tuanama",
      "Agro Selva",
      "Insumos Tocache",
      "Caja Huallaga",
      "Escuela de Campo",
      "Cacao Perú Norte",
    ]);
  });
});

describe("pages", () => {
  for (const sort of ["freshest", "price", "nearest", "relevance"] as const) {
    test(`sorted by ${sort} bring everything once, also when offers come in between`, async () => {
      const query = {
        sort,
        districtCode: tocache,
        limit: 2,
        ...(sort === "relevance" ? { q: "saco cacao plagas" } : {}),
      };
      const whole = await offersOf({ ...query, limit: 100 });
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const { body }: { body: Page } = await read("offers", { ...query, ...(cursor ? { cursor } : {}) });
        seen.push(...body.items.map(({ provider }) => provider.name));
        if (cursor === null && sort === "freshest") {
          const late = await run.provide({ name: "Latecomer", terms: other("service"), coverage: ["10"] });
          await run.post(`/api/catalog/offers/${late.offerId}/state`, { change: "withdraw" });
        }
        cursor = body.next;
      } while (cursor !== null);
      expect(seen).toEqual(whole);
    });
  }

  test("a cursor of another search, another order or none at all is refused", async () => {
    const { body } = await read("offers", { limit: 1 });
    const [mark] = JSON.parse(Buffer.from(body.next, "base64url").toString());
    const forged = (key: unknown) => Buffer.from(JSON.stringify([mark, 0, key, 1])).toString("base64url");
    for (const query of [
      { cursor: body.next, sort: "price" },
      { cursor: body.next, kind: "input" },
      { cursor: "x" },
      { cursor: forged("name") },
      { cursor: forged(2 ** 40) },
    ]) {
      const refused = await read("offers", query);
      expect([refused.status, refused.body.code]).toEqual([422, "cursor-wrong"]);
    }
    expect((await read("offers", { cursor: body.next, limit: 3 })).body.items).toHaveLength(3);
  });
});

describe("providers are found", () => {
  for (const sort of ["name", "freshest", "nearest"] as const) {
    test(`sorted by ${sort}, page by page`, async () => {
      const query = { sort, districtCode: tocache };
      const whole = await providersOf({ ...query, limit: 100 });
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page: { body: { items: { name: string }[]; next: string | null } } = await read("providers", {
          ...query,
          limit: 2,
          ...(cursor ? { cursor } : {}),
        });
        seen.push(...page.body.items.map(({ name }) => name));
        cursor = page.body.next;
      } while (cursor !== null);
      expect(seen).toEqual(whole);
      expect(whole.length).toBeGreaterThan(5);
      if (sort === "name") expect(whole).toEqual(whole.toSorted());
    });
  }

  test("by name with slips, by what they offer, by place and by kind", async () => {
    expect(await providersOf({ q: "feretería" })).toEqual(["Ferretería Uchiza"]);
    expect(await providersOf({ product: "urea" })).toEqual(["Insumos Tocache"]);
    expect(await providersOf({ kind: "credit", womenFocused: "true" })).toEqual(["Caja Huallaga"]);
    expect(await providersOf({ providerKind: "agent", sort: "name" })).toEqual([
      "Elmer Tuanama",
      "Rosa Pinchi",
    ]);
    expect(await providersOf({ districtCode: lima })).toEqual(["Cacao Perú Norte"]);
    expect(await providersOf({ districtCode: tocache, nearKm: 10 })).toEqual(["Rosa Pinchi"]);
    expect((await providersOf({ sort: "name", limit: 3 })).slice(0, 3)).toEqual([
      "Agro Selva",
      "Cacao Perú Norte",
      "Caja Huallaga",
    ]);
  });

  test("with nothing private, and only while they are verified", async () => {
    const { body } = await read("providers", { q: "pinchi" });
    expect(body.items).toEqual([
      {
        id: expect.any(String),
        name: "Rosa Pinchi",
        kinds: ["agent"],
        districtCode: tocache,
        coverage: expect.any(Array),
        offers: 1,
        confirmedOn: "2026-11-24",
      },
    ]);
    const { providerId } = await run.provide({
      name: "Botica Ramírez",
      terms: other("input"),
      verified: false,
    });
    expect(await providersOf({ q: "ramirez" })).toEqual([]);
    await run.verify(providerId);
    expect(await providersOf({ q: "ramirez" })).toEqual(["Botica Ramírez"]);
    await run.post(`/api/catalog/providers/${providerId}/suspension`, { reason: "Complaints" });
    expect(await providersOf({ q: "ramirez" })).toEqual([]);
    expect(await offersOf({ q: "ramirez" })).toEqual([]);
  });
});
