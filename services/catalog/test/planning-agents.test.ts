import { listPlanningAgents } from "@minka/contracts/planning-sources";
import { newId } from "@minka/database/new-id";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadProviders } from "../src/providers/load-providers.ts";
import { connectDatabase } from "@minka/database/connect";
import { runCatalog, tocache, trace, type CatalogRun } from "./catalog-run.ts";

let run: CatalogRun;
beforeAll(async () => void (run = await runCatalog()));
afterAll(() => run.stop());

const base = { latitude: -8.1877, longitude: -76.5205 };
const agent = {
  topics: [{ topic: "pruning" as const, level: "basic" as const }],
  crops: ["cacao" as const],
  languages: ["spa" as const],
  base,
  reachKm: 30,
  monthlyCapacity: 190,
  resells: [],
};
const list = async (body: { providerIds?: string[]; organizationId?: string } = {}) =>
  (await run.callAs("matching")(listPlanningAgents, { body }, trace)).agents;

test("an agent comes with base, quota, offers and whose it is; unverified ones only when named", async () => {
  const [verified, draft, organizationId] = [newId(), newId(), newId()];
  const row = (id: string, evidence: string | null) => ({
    id,
    form: "person" as const,
    kinds: ["agent" as const],
    name: `Agente ${id}`,
    personId: newId(),
    districtCode: tocache,
    document: null,
    agent,
    evidence,
    confirmedDaysAgo: 1,
    offers: [
      {
        id: newId(),
        terms: {
          kind: "assistance" as const,
          topics: ["pruning" as const],
          specialistTopics: [],
          crops: ["cacao" as const],
          modalities: ["field_visit" as const],
          pricePerVisitCentimos: 0,
          monthlyCapacity: 190,
          base,
          reachKm: 30,
        },
        coverage: ["22"],
      },
    ],
  });
  const owner = connectDatabase({ url: run.database.ownerUrl, name: "load" });
  await loadProviders(owner, [row(verified, "Visto"), row(draft, null)], { at: run.clock() });
  await owner.sql`insert into catalog.provider_grants (id, provider_id, organization_id, granted_by, granted_at)
    values (${newId()}, ${verified}, ${organizationId}, 'test', ${run.clock().toISOString()})`;
  await owner.close();

  expect((await list()).map(({ providerId }) => providerId)).toEqual([verified]);
  expect((await list({ providerIds: [draft] })).map(({ state }) => state)).toEqual(["draft"]);
  expect(await list({ organizationId: newId() })).toEqual([]);
  const { resells: _, ...profile } = agent;
  expect(await list({ organizationId })).toMatchObject([
    {
      providerId: verified,
      organizationIds: [organizationId],
      profile,
      offers: [{ version: 1, topics: ["pruning"], crops: ["cacao"], priceCentimos: 0, monthlyCapacity: 190 }],
    },
  ]);
});
