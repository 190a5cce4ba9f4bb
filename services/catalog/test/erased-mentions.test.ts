import { catalogPersonalData } from "@minka/contracts/personal-data";
import { newId } from "@minka/database/new-id";
import { connectDatabase, type Database } from "@minka/database/connect";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newRuc, other, runCatalog, tocache, trace, type CatalogRun } from "./catalog-run.ts";

let run: CatalogRun;
let owner: Database;
beforeAll(async () => {
  run = await runCatalog();
  owner = connectDatabase({ url: run.database.ownerUrl, name: "look", maxConnections: 1 });
});
afterAll(async () => {
  await owner.close();
  await run.stop();
});

const name = "Rosa Tuanama Pinedo";
const named = (personId: string) => ({
  personId,
  phones: ["+51987654321"],
  sharedPhones: [],
  names: [name],
  documents: ["41234567"],
  askedAt: "2026-11-24T12:00:00Z",
  tell: false,
  acquaintances: [],
  providerIds: [],
});
const erase = (personId: string) =>
  run.callAs("profiles")(catalogPersonalData.eraseData, { body: named(personId) }, trace);
const listed = async (query: string) =>
  (await run.app.inject({ url: `/api/catalog/${query}` })).json().items.length;

/** Where in the catalog a text stands. */
async function found(pattern: string): Promise<string[]> {
  const columns = await owner.sql<{ table: string; column: string }[]>`
    select table_name as table, column_name as column from information_schema.columns
    where table_schema = 'catalog' order by 1, 2`;
  const places: string[] = [];
  for (const { table, column } of columns) {
    const rows = await owner.sql`
      select 1 from ${owner.sql(`catalog.${table}`)} where ${owner.sql(column)}::text ~* ${pattern} limit 1`;
    if (rows.length > 0) places.push(`${table}.${column}`);
  }
  return places;
}

test("an offer, its versions, a certificate and a company's names forget who was erased, and so do the lists", async () => {
  const personId = newId();
  const colleague = newId();
  const company = {
    form: "company",
    kinds: ["supplier"],
    name: `Agro ${name}`,
    legalName: `${name} E.I.R.L.`,
    document: { type: "ruc", number: newRuc() },
    districtCode: tocache,
    personId,
  };
  const { providerId } = (await run.post("/api/catalog/providers", company)).json();
  const url = `/api/catalog/providers/${providerId}`;
  await run.post(`${url}/staff`, { personId: colleague, role: "manager" });
  const terms = other("input", {
    title: `Urea de ${name.toUpperCase()} 987654321`,
    note: `Traer saco.\nRosa Tuanama\nPinedo, 987 654 321`,
  });
  const { offerId } = (await run.post(`${url}/offers`, { terms, coverage: ["22"] })).json();
  await run.post(`${url}/certificates`, {
    kind: "other",
    title: `Curso de ${name}`,
    issuer: name,
    issuedOn: "2025-11-24",
    expiresOn: null,
  });
  expect((await run.verify(providerId)).statusCode).toBe(200);
  const edited = await run.sendAs(run.operators.maker, "PUT", `/api/catalog/offers/${offerId}`, {
    version: 1,
    terms: { ...terms, title: `Urea de ${name}, 987654321` },
    coverage: ["22"],
  });
  expect(edited.statusCode).toBe(200);
  // Somebody else of the same name goes on under it.
  const homonym = await run.provide({ name, terms: { ...other("service"), title: "Laboratorio" } });
  await owner.sql`update catalog.providers set form = 'person' where id = ${homonym.providerId}`;
  expect(await listed("offers?q=987654321")).toBe(1);

  await erase(personId);

  expect(await found("987.?654.?321")).toEqual([]);
  expect(await found("tuanama")).toEqual([
    "listings.document",
    "listings.provider_name",
    "provider_listings.document",
    "provider_listings.sort_name",
    "providers.name",
    "search_terms.term",
    "spellings.word",
  ]);
  const shown = (await run.app.inject({ url: `/api/catalog/offers/${offerId}` })).json();
  expect(shown.offer).toMatchObject({
    provider: { name: "Agro […]" },
    terms: { title: "Urea de […], […]", note: "Traer saco.\n[…], […]", tiers: terms.tiers },
  });
  expect(await listed("offers?q=987654321")).toBe(0);
  const [kept] =
    await owner.sql`select name, legal_name, state from catalog.providers where id = ${providerId}`;
  expect(kept).toEqual({ name: "Agro […]", legal_name: "[…] E.I.R.L.", state: "verified" });
  const [same] = await owner.sql`select name from catalog.providers where id = ${homonym.providerId}`;
  expect(same).toEqual({ name });
});

test("digits of a place that are those of the phone stay", async () => {
  const { offerId } = await run.provide({
    name: "Nelly",
    terms: {
      kind: "assistance",
      topics: ["pruning"],
      specialistTopics: [],
      crops: ["cacao"],
      modalities: ["field_visit"],
      pricePerVisitCentimos: 3_000,
      monthlyCapacity: 20,
      base: { latitude: -8.1987654321, longitude: -76.5 },
      reachKm: 30,
      note: "987654321",
    },
  });
  await erase(newId());
  const [row] = await owner.sql`select terms from catalog.offers where id = ${offerId}`;
  expect(row?.["terms"]).toMatchObject({ base: { latitude: -8.1987654321 }, note: "[…]" });
});
