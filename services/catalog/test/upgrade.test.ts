import { newId } from "@minka/database/new-id";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCatalog, type CatalogRun } from "./catalog-run.ts";
import { createFirstRelease, type FirstRelease } from "./first-release.ts";

let first: FirstRelease;
let run: CatalogRun;
beforeAll(async () => {
  first = await createFirstRelease();
});
afterAll(async () => {
  await run.stop();
  await first.drop();
});

type Old = { kind: string; name: string; state?: string; confirmedOn?: string; terms?: object };

async function register({ kind, name, state = "verified", confirmedOn = "2026-11-20", terms }: Old) {
  const id = newId();
  await first.db
    .sql`insert into catalog.providers (id, kind, name, person_id, district_code, state, confirmed_on,
      created_at)
    values (${id}, ${kind}, ${name}, ${newId()}, '221001', ${state}, ${confirmedOn}, '2026-11-01')`;
  if (terms === undefined) return;
  const offered = { crops: [], products: [], ...terms };
  await first.db
    .sql`insert into catalog.offers (id, provider_id, version, kind, terms, state, coverage, crops,
      subjects, price_centimos, confirmed_on, published_at)
    values (${newId()}, ${id}, 1, ${kind === "agent" ? "assistance" : kind === "lender" ? "credit" : "input"},
      ${JSON.stringify(offered)}::jsonb, 'published', '{22}', ${offered.crops}, ${offered.products}, 12000,
      ${confirmedOn}, '2026-11-01')`;
}

const names = async (url: string) => {
  const { items } = (await run.app.inject({ url })).json();
  return items.map(
    (item: { name?: string; provider?: { name: string } }) => item.name ?? item.provider?.name,
  );
};

test("what was verified and published before the upgrade is found after it, without anybody's doing", async () => {
  const pruning = {
    kind: "assistance",
    topics: ["pruning"],
    crops: ["cacao"],
    modalities: ["field_visit", "phone"],
    pricePerVisitCentimos: 3_000,
    monthlyCapacity: 20,
    base: { latitude: -8.18, longitude: -76.51 },
    reachKm: 30,
  };
  const urea = {
    kind: "input",
    title: "Urea agrícola",
    products: ["urea"],
    priceCentimos: 12_000,
    priceUnit: "saco",
  };
  await register({ kind: "agent", name: "Nelly", terms: pruning });
  await register({ kind: "supplier", name: "La Chacra", terms: urea });
  // Nobody has confirmed it for so long that it hides; its shop is there all the same.
  await register({ kind: "supplier", name: "La Vieja", terms: urea, confirmedOn: "2026-06-01" });
  // Its conditions were never asked for, so its offer is a draft now.
  await register({ kind: "lender", name: "La Caja", terms: { kind: "credit", title: "Crédito" } });
  await register({ kind: "trainer", name: "La Escuela" });
  await register({ kind: "trainer", name: "El Borrador", state: "draft" });
  await first.upgrade();
  run = await runCatalog({ database: first.database });

  await run.settle();

  expect(await names("/api/catalog/offers?q=urea")).toEqual(["La Chacra"]);
  expect(await names("/api/catalog/offers?q=ureaa%20agricola")).toEqual(["La Chacra"]);
  expect((await run.find({ kind: "assistance", topic: "pruning", crop: "cacao" })).names).toEqual(["Nelly"]);
  expect((await run.find({ kind: "input", product: "urea" })).names).toEqual(["La Chacra"]);
  const far = { districtCode: "010101", consultation: true };
  expect((await run.find({ kind: "assistance", topic: "pruning" }, far)).names).toEqual(["Nelly"]);
  const everybody = ["La Caja", "La Chacra", "La Escuela", "La Vieja", "Nelly"];
  expect((await names("/api/catalog/providers?sort=name")).toSorted()).toEqual(everybody);
  expect(await names("/api/catalog/providers?q=escuela")).toEqual(["La Escuela"]);
  expect(await names("/api/catalog/providers?q=urea")).toEqual(["La Chacra"]);

  // Where about she sets out from, and no more than that.
  const places = await first.db.sql`
    select public_latitude as north, public_longitude as east from catalog.listings where kind = 'assistance'
    union all select public_latitude, public_longitude from catalog.provider_listings where public_latitude is not null`;
  expect([...places]).toEqual([
    { north: -8.2, east: -76.5 },
    { north: -8.2, east: -76.5 },
  ]);

  const left = await first.db.sql`select 1 from catalog.unlisted_providers`;
  expect(left).toHaveLength(0);
});

test("every word is counted once, however often the job comes by", async () => {
  await run.settle();
  const wrong = await first.db.sql`
    select term, providers from catalog.search_terms where providers <> (
      select count(*) from catalog.provider_listings where term = any (tsvector_to_array(document)))`;
  expect([...wrong]).toEqual([]);
});
