import { connectDatabase } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { afterAll, beforeAll, expect, test } from "vitest";
import { assistance, newRuc, other, runCatalog, tocache, type CatalogRun } from "./catalog-run.ts";

let run: CatalogRun;
beforeAll(async () => {
  run = await runCatalog();
});
afterAll(() => run.stop());

const pests = { kind: "assistance", topic: "pest_management", crop: "cacao" } as const;

async function withdraw(personId: string, purpose?: "bulletins"): Promise<void> {
  if (!purpose) run.profiles.withdrawn.add(personId);
  await run.profiles.tellWithdrawn(personId, purpose);
  await run.settle();
}
const change = (offerId: string, what: string, personId?: string) =>
  run.post(`/api/catalog/offers/${offerId}/state`, { change: what }, personId);
const record = async (offerId: string) =>
  (await run.sendAs(run.operators.maker, "GET", `/api/catalog/offers/${offerId}/record`)).json().offer;
const found = async (name: string) => {
  const { names } = await run.find(pests);
  const { items } = (await run.app.inject({ url: "/api/catalog/offers?limit=100" })).json();
  const listed = items.some(({ provider }: { provider: { name: string } }) => provider.name === name);
  return { candidate: names.includes(name), listed };
};
async function audited(offerId: string) {
  const db = connectDatabase({ url: run.database.ownerUrl, name: "test", maxConnections: 1 });
  try {
    const rows =
      await db.sql`select actor, action, trace from catalog.audit where subject = ${offerId} order by id`;
    return [...rows];
  } finally {
    await db.close();
  }
}

test("who takes back their consent is found no more, until they agree again and resume", async () => {
  const { providerId, offerId, personId } = await run.provide({ name: "Ana", terms: assistance(1) });
  await run.provide({ name: "Elmer", terms: assistance(2) });
  await withdraw(personId, "bulletins");
  expect(await found("Ana")).toEqual({ candidate: true, listed: true });

  await withdraw(personId);
  expect(await found("Ana")).toEqual({ candidate: false, listed: false });
  expect(await found("Elmer")).toEqual({ candidate: true, listed: true });
  expect(await record(offerId)).toMatchObject({
    state: "paused",
    version: 1,
    allowed: ["resume", "withdraw"],
  });
  const pause = { actor: "service:profiles", action: "offer.pause consent-withdrawn", trace: "consent" };
  expect(await audited(offerId)).toContainEqual(pause);

  const refused = await change(offerId, "resume", personId);
  expect([refused.statusCode, refused.json().code]).toEqual([409, "contact-has-not-agreed"]);
  const offer = { terms: assistance(1), coverage: ["PE"] };
  const another = await run.post(`/api/catalog/providers/${providerId}/offers`, offer, personId);
  expect(another.json().code).toBe("contact-has-not-agreed");
  expect((await change(offerId, "resume", newId())).statusCode).toBe(403);

  run.profiles.withdrawn.delete(personId);
  expect((await change(offerId, "resume", personId)).statusCode).toBe(200);
  expect(await found("Ana")).toEqual({ candidate: true, listed: true });
  // The same event once more, later than the new agreement.
  await run.profiles.tellWithdrawn(personId);
  await run.settle();
  expect(await found("Ana")).toEqual({ candidate: true, listed: true });
});

test("told twice, it is paused once; drafts stay drafts", async () => {
  const { providerId, offerId, personId } = await run.provide({ name: "Rosa", terms: assistance(3) });
  const draft = await run.post(`/api/catalog/providers/${providerId}/offers`, {
    terms: assistance(4),
    coverage: ["PE"],
    publish: false,
  });
  await run.profiles.tellWithdrawn(personId);
  await withdraw(personId);
  expect((await audited(offerId)).filter(({ action }) => action.includes("pause"))).toHaveLength(1);
  expect(await record(draft.json().offerId)).toMatchObject({ state: "draft" });
});

test("what is verified afterwards does not come back by that", async () => {
  const { providerId, personId } = await run.provide({ name: "Luz", terms: assistance(5), verified: false });
  await withdraw(personId);
  expect((await run.verify(providerId)).statusCode).toBe(200);
  expect(await found("Luz")).toEqual({ candidate: false, listed: false });
});

test("a company goes on once another of its staff is asked", async () => {
  const [owner, helper] = [newId(), newId()];
  const { providerId } = (
    await run.post("/api/catalog/providers", {
      form: "company",
      kinds: ["supplier"],
      document: { type: "ruc", number: newRuc() },
      name: "La Chacra",
      personId: owner,
      districtCode: tocache,
    })
  ).json();
  const terms = other("input", {});
  const { offerId } = (
    await run.post(`/api/catalog/providers/${providerId}/offers`, { terms, coverage: ["PE"] })
  ).json();
  await run.verify(providerId);
  await run.post(`/api/catalog/providers/${providerId}/staff`, { personId: helper, role: "manager" }, owner);
  await withdraw(helper);
  expect(await record(offerId)).toMatchObject({ state: "published" });
  const nameContact = (personId: string) =>
    run.sendAs({ id: helper, operator: false }, "PUT", `/api/catalog/providers/${providerId}`, { personId });
  expect((await nameContact(helper)).json().code).toBe("contact-has-not-agreed");
  run.profiles.withdrawn.delete(helper);
  await withdraw(owner);
  expect(await record(offerId)).toMatchObject({ state: "paused" });
  expect((await nameContact(helper)).statusCode).toBe(200);
  expect((await change(offerId, "resume", helper)).statusCode).toBe(200);
  expect(await found("La Chacra")).toMatchObject({ listed: true });
});
