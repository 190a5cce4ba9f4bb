import { connectDatabase } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { afterAll, beforeAll, expect, test } from "vitest";
import { assistance, other, runCatalog, type CatalogRun } from "./catalog-run.ts";

let run: CatalogRun;
beforeAll(async () => void (run = await runCatalog()));
afterAll(() => run.stop());

test("who acts for a provider's person does what they may, and the audit shows both", async () => {
  const { providerId, personId } = await run.provide({ name: "Nelly", terms: assistance(1) });
  const delegate = newId();
  const acting = { id: personId, operator: false, through: { personId: delegate } };
  const offer = { terms: other("equipment", { product: "sprayer" }), coverage: ["2210"] };
  const url = `/api/catalog/providers/${providerId}/offers`;
  expect((await run.sendAs({ id: delegate, operator: false }, "POST", url, offer)).statusCode).toBe(403);
  const published = await run.sendAs(acting, "POST", url, offer);
  expect(published.statusCode).toBe(201);
  const owner = connectDatabase({ url: run.database.ownerUrl, name: "test-owner" });
  const rows = await owner.sql`
    select actor from catalog.audit where subject like ${`%${published.json().offerId}%`} and actor like 'person:%'`;
  await owner.close();
  expect(new Set(rows.map((row) => row["actor"]))).toEqual(
    new Set([`person:${personId} through person:${delegate}`]),
  );
});
