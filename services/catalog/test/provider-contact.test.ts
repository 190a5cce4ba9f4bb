import { readProviderContact } from "@minka/contracts/providers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { assistance, runCatalog, trace, type CatalogRun } from "./catalog-run.ts";

let run: CatalogRun;
beforeAll(async () => void (run = await runCatalog()));
afterAll(() => run.stop());

test("a service learns who is asked in a verified provider's name, and nothing of another", async () => {
  const { providerId, personId } = await run.provide({ name: "Nelly", terms: assistance(1) });
  const draft = await run.provide({ name: "Draft", terms: assistance(1), verified: false });
  const read = (id: string) =>
    run.callAs("brokering")(readProviderContact, { params: { providerId: id } }, trace);
  expect(await read(providerId)).toMatchObject({ name: "Nelly", personId });
  await expect(read(draft.providerId)).rejects.toMatchObject({ code: "provider-unknown" });
});
