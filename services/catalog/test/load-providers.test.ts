import { connectDatabase, type Database } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadProviders, type ProviderRow } from "../src/service.ts";
import { assistance, runCatalog, tocache, type CatalogRun } from "./catalog-run.ts";

let run: CatalogRun;
let db: Database;
beforeAll(async () => {
  run = await runCatalog();
  db = connectDatabase({ url: run.database.url("catalog"), name: "load-test", maxConnections: 1 });
});
afterAll(async () => {
  await db.close();
  await run.stop();
});

function row(name: string, more: Partial<ProviderRow> = {}): ProviderRow {
  return {
    id: newId(),
    form: "person",
    kinds: ["agent"],
    name,
    personId: newId(),
    districtCode: tocache,
    document: null,
    evidence: "Sample data",
    confirmedDaysAgo: 3,
    offers: [{ id: newId(), terms: assistance(1), coverage: ["PE"] }],
    ...more,
  };
}

test("providers come in with their staff, profiles, certificates and offers, once", async () => {
  const agent = {
    topics: [{ topic: "pruning", level: "specialist" } as const],
    crops: ["cacao" as const],
    languages: ["spa" as const],
    base: { latitude: -8.1877, longitude: -76.5205 },
    reachKm: 30,
    monthlyCapacity: 20,
    resells: [],
  };
  const certificate = {
    id: newId(),
    kind: "school_of_excellence" as const,
    issuer: "Escuela",
    issuedOn: "2024-01-01",
    expiresOn: null,
  };
  const nelly = row("Nelly", { agent, certificates: [certificate] });
  const draft = row("Draft", { evidence: null });
  const bare = row("Bare", { offers: [], coverage: ["PE"] });
  const rows = [nelly, draft, bare];
  await loadProviders(db, rows, { at: run.clock() });
  await loadProviders(db, rows, { at: run.clock() });

  expect((await run.find({ kind: "assistance" })).names).toEqual(["Nelly"]);
  const record = async ({ id }: ProviderRow) =>
    (await run.sendAs(run.operators.maker, "GET", `/api/catalog/providers/${id}/record`)).json().provider;
  expect(await record(nelly)).toMatchObject({
    state: "verified",
    coverage: ["22"],
    confirmedOn: "2026-11-21",
    staff: [{ personId: nelly.personId, role: "manager", contact: true }],
    agent,
    certificates: [{ id: certificate.id, checked: true, title: null }],
  });
  expect(await record(draft)).toMatchObject({ state: "draft", staff: [{ personId: draft.personId }] });
  const shown = await run.app.inject({ url: `/api/catalog/providers/${bare.id}` });
  expect(shown.json().provider).toMatchObject({ name: "Bare", coverage: ["PE"] });
});

test("a row with a place that does not exist stops the load before anything is written", async () => {
  const fine = row("Fine");
  const wrong = [fine, row("Wrong", { coverage: ["2299"] })];
  await expect(loadProviders(db, wrong, { at: run.clock() })).rejects.toMatchObject({ code: "area-unknown" });
  const found = await run.sendAs(run.operators.maker, "GET", `/api/catalog/providers/${fine.id}/record`);
  expect(found.statusCode).toBe(404);
});
