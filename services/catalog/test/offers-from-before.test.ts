import { readFile } from "node:fs/promises";
import { offerSummary } from "@minka/contracts/offer-summary";
import { offerTerms, type OfferTerms } from "@minka/contracts/offer-terms";
import { connectDatabase, type Database } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { createTestDatabase, type TestDatabase } from "@minka/test-kit/test-database";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { subjectsOf } from "../src/candidates/asked-keys.ts";

const migrations = new URL("../migrations/", import.meta.url);
const providerId = newId();

let database: TestDatabase;
let owner: Database;
let sql: Database["sql"];

type Row = {
  id: string;
  kind: string;
  state: string;
  terms: OfferTerms;
  title: string | null;
  crops: string[];
  subjects: string[];
  price_centimos: number | null;
  price_unit: string | null;
  monthly_capacity: number | null;
  organic_approved: boolean | null;
  published_at: string | null;
  version: number;
};

const assistance = {
  kind: "assistance",
  topics: ["pruning", "pest_management"],
  crops: ["cacao"],
  modalities: ["field_visit"],
  pricePerVisitCentimos: 3_000,
  monthlyCapacity: 20,
  base: { latitude: -8.18, longitude: -76.51 },
  reachKm: 30,
};
const goods = (kind: string, products: string[], priceUnit: string | null, more: object = {}) => ({
  kind,
  title: `Offer of ${kind}`,
  products,
  crops: [] as string[],
  priceCentimos: priceUnit === null ? null : 12_000,
  priceUnit,
  ...more,
});

/** Whatever the version before could hold. */
const before: Record<string, { kind: string; crops: string[]; [field: string]: unknown }> = {
  assistance,
  fertilizers: goods("input", ["urea", "dap", "npk"], "saco"),
  seedlings: goods("input", ["seedling"], "plantón"),
  oddInput: goods("input", ["dolomita"], "saco"),
  priceless: goods("input", ["lime"], null),
  tools: goods("equipment", ["sprayer", "saw"], "unidad"),
  rented: goods("equipment", ["chainsaw"], "día"),
  laboratory: goods("service", ["laboratory"], "muestra"),
  credit: goods("credit", ["tools", "seed"], null),
  creditForAll: goods("credit", [], null),
  wet: goods("purchase", ["wet"], "kg", { crops: ["cacao"] }),
  coffee: goods("purchase", ["parchment"], "quintal", { crops: ["coffee", "cacao"] }),
  training: goods("training", ["pruning"], "persona"),
};
const ids = Object.fromEntries(Object.keys(before).map((name) => [name, newId()]));

async function run(name: string): Promise<void> {
  const file = await readFile(new URL(`${name}.sql`, migrations), "utf8");
  for (const statement of file.split("--> statement-breakpoint")) await sql.unsafe(statement);
}

beforeAll(async () => {
  database = await createTestDatabase();
  owner = connectDatabase({ url: database.ownerUrl, name: "offers-from-before", maxConnections: 1 });
  sql = owner.sql;
  const { entries } = JSON.parse(await readFile(new URL("meta/_journal.json", migrations), "utf8")) as {
    entries: { tag: string }[];
  };
  const [first = "", ...later] = entries.map(({ tag }) => tag);
  await sql.unsafe("drop schema catalog cascade; create schema catalog");
  await run(first);
  await sql`insert into catalog.providers (id, kind, name, person_id, district_code, state, confirmed_on, created_at)
    values (${providerId}, 'supplier', 'La Chacra', ${newId()}, '221001', 'verified', '2026-11-01', '2026-11-01')`;
  for (const [name, terms] of Object.entries(before)) {
    const price = terms["pricePerVisitCentimos"] ?? terms["priceCentimos"];
    await sql`insert into catalog.offers (id, provider_id, version, kind, terms, state, coverage, crops, subjects,
        price_centimos, monthly_capacity, confirmed_on, published_at)
      values (${ids[name] ?? ""}, ${providerId}, 1, ${terms.kind}, ${JSON.stringify(terms)}::jsonb, 'published',
        '{2210}', ${terms.crops}, '{}', ${price as number | null}, ${terms.kind === "assistance" ? 20 : null},
        '2026-11-01', '2026-11-01')`;
  }
  for (const name of later) await run(name);
});

afterAll(async () => {
  await owner.close();
  await database.drop();
});

const all = () => sql<Row[]>`select * from catalog.offers order by id`;
const one = async (name: string) => {
  const [row] = await sql<Row[]>`select * from catalog.offers where id = ${ids[name] ?? ""}`;
  if (!row) throw new Error(`${name} is gone`);
  return row;
};

describe("offers of a data directory of the version before", () => {
  test("have terms of now, and columns that say the same", async () => {
    for (const row of await all()) {
      expect(offerTerms.parse(row.terms)).toEqual(row.terms);
      const summary = offerSummary(row.terms);
      expect({
        title: row.title,
        crops: row.crops,
        subjects: row.subjects,
        priceUnit: row.price_unit,
        monthlyCapacity: row.monthly_capacity,
        organicApproved: row.organic_approved,
      }).toEqual({
        title: summary.title,
        crops: summary.crops,
        subjects: subjectsOf(row.terms),
        priceUnit: row.kind === "credit" ? null : summary.priceUnit,
        monthlyCapacity: summary.monthlyCapacity,
        organicApproved: summary.organicApproved,
      });
      if (row.state === "published") expect(row.price_centimos).toBe(summary.priceCentimos);
    }
  });

  test("of several products become one each, the first under the old id", async () => {
    expect((await one("fertilizers")).terms).toMatchObject({
      product: "urea",
      pack: { amount: 50, unit: "kg" },
      tiers: [{ minimumPacks: 1, priceCentimos: 12_000 }],
    });
    const products = (await all()).flatMap(({ terms, state }) =>
      terms.kind === "input" && state === "published" ? [terms.product] : [],
    );
    expect(products.sort()).toEqual(["dap", "npk", "seedling", "urea"]);
    const bought = (await all()).flatMap(({ terms }) =>
      terms.kind === "purchase" ? [[terms.crop, terms.state, terms.price]] : [],
    );
    expect(bought).toHaveLength(3);
    expect(bought).toContainEqual(["cacao", "wet", { mode: "fixed", centimosPerKg: 12_000 }]);
    expect(bought).toContainEqual(["coffee", "parchment", null]);
  });

  test("are rented or sold as their unit says", async () => {
    expect((await one("rented")).terms).toMatchObject({ product: "chainsaw", mode: "rent", rentPer: "day" });
    expect((await one("tools")).terms).toMatchObject({ product: "sprayer", mode: "sale" });
    expect((await one("laboratory")).terms).toMatchObject({ service: "laboratory", unit: "sample" });
  });

  test("become drafts that say what is missing where conditions were never asked for", async () => {
    for (const name of ["oddInput", "priceless", "credit", "creditForAll", "training"]) {
      const row = await one(name);
      expect([row.state, row.published_at]).toEqual(["draft", null]);
      expect("note" in row.terms && row.terms.note).toContain("Antes de publicar");
    }
    expect((await one("credit")).terms).toMatchObject({ purposes: ["tools", "seed"] });
  });

  test("each have their first version", async () => {
    const [versions] = await sql<{ same: number }[]>`
      select count(*)::int as same from catalog.offer_versions v join catalog.offers o
        on o.id = v.offer_id and o.version = v.version and o.terms = v.terms and o.coverage = v.coverage`;
    expect(versions?.same).toBe((await all()).length);
  });
});
