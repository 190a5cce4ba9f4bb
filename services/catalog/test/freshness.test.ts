import { catalogConfirmations } from "@minka/contracts/confirmations";
import { readdir, readFile } from "node:fs/promises";
import { readUpkeep } from "@minka/contracts/standings";
import { connectDatabase } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { defineService, on } from "@minka/service/define-service";
import { sayWording } from "@minka/language/say-wording";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readConfig } from "../src/config.ts";
import { assistance, other, runCatalog, trace, type CatalogRun } from "./catalog-run.ts";

let run: CatalogRun;
let asked: string[];

/** Notifications as far as it hears of questions. */
const notifications = defineService({
  name: "notifications",
  migrations: null,
  start: () => ({
    routes() {},
    handlers: [
      on(catalogConfirmations.asked, async ({ payload, once }) =>
        once(async () => void asked.push(payload.id)),
      ),
    ],
  }),
});

async function begin(environment: Record<string, string> = {}): Promise<void> {
  asked = [];
  run = await runCatalog({ neighbours: [notifications], environment });
}
beforeEach(() => begin());
afterEach(() => run.stop());

const pests = { kind: "assistance", topic: "pest_management", crop: "cacao" } as const;

async function listed(): Promise<string[]> {
  const { items } = (await run.app.inject({ url: "/api/catalog/offers" })).json();
  return items.map(({ provider }: { provider: { name: string } }) => provider.name);
}

async function daysLater(days: number): Promise<void> {
  run.clock.advance({ days });
  await run.settle();
}

const question = async (id: string) =>
  (await run.callAs("notifications")(catalogConfirmations.read, { params: { kind: "offer", id } }, trace))
    .question;
const answer = (id: string, personId: string, accepted: boolean) =>
  run.callAs("notifications")(
    catalogConfirmations.answer,
    { params: { kind: "offer", id }, body: { personId, accepted, at: run.clock().toISOString() } },
    trace,
  );

test("after 30 days the contact person is asked, once more a week later, and then no more", async () => {
  const { offerId, personId } = await run.provide({ name: "Ana", terms: other("input", { title: "Urea" }) });
  await daysLater(29);
  expect(asked).toEqual([]);
  expect(await question(offerId)).toBeNull();
  await daysLater(1);
  expect(asked).toEqual([offerId]);
  const put = await question(offerId);
  expect(put).toMatchObject({ personId, text: "confirm_offer", parameters: { offer: "Urea" } });
  expect(sayWording(put!, run.clock())).toBe('Minka: ¿Todavía vale su oferta "Urea"? Responda SI o NO');
  await daysLater(6);
  expect(asked).toHaveLength(1);
  await daysLater(1);
  expect(asked).toHaveLength(2);
  await daysLater(20);
  expect(asked).toHaveLength(2);
});

test("who let it be hidden is asked a last time, from nine in the morning", async () => {
  const { offerId, personId } = await run.provide({ name: "Ana", terms: other("input", { title: "Urea" }) });
  await daysLater(59);
  const before = asked.length;
  run.clock.set(new Date("2027-01-23T06:00:00Z"));
  await run.settle();
  expect(await listed()).toEqual([]);
  expect(asked).toHaveLength(before);
  run.clock.advance({ hours: 8 });
  await run.settle();
  expect(asked).toHaveLength(before + 1);
  expect((await question(offerId))?.text).toBe("confirm_offer_hidden");
  await answer(offerId, personId, true);
  expect(await listed()).toEqual(["Ana"]);
  expect(await question(offerId)).toBeNull();
});

test("nobody is asked about more than one offer a day", async () => {
  const personId = newId();
  const first = await run.provide({ name: "Ana", terms: other("input"), personId });
  for (const product of ["pulper", "dryer"] as const) {
    await run.post(`/api/catalog/providers/${first.providerId}/offers`, {
      terms: other("equipment", { product }),
      coverage: ["PE"],
    });
  }
  const perDay: number[] = [];
  await daysLater(29);
  for (let day = 30; day < 34; day += 1) {
    await daysLater(1);
    perDay.push(asked.length);
  }
  expect(perDay).toEqual([1, 2, 3, 3]);
  expect(new Set(asked).size).toBe(3);
});

test("at 45 days it sinks in lists and among candidates, at 60 it hides, and a SI brings it back", async () => {
  const old = await run.provide({ name: "Old and near", terms: assistance(1) });
  await daysLater(40);
  await run.provide({ name: "New and far", terms: assistance(20) });
  expect((await run.find(pests)).names).toEqual(["Old and near", "New and far"]);
  await daysLater(5);
  expect((await run.find(pests)).names).toEqual(["New and far", "Old and near"]);
  expect(await listed()).toEqual(["New and far", "Old and near"]);
  await daysLater(14);
  expect(await listed()).toHaveLength(2);
  await daysLater(1);
  expect(await listed()).toEqual(["New and far"]);
  expect((await run.find(pests)).names).toEqual(["New and far"]);
  const { reply } = await answer(old.offerId, old.personId, true);
  expect(sayWording(reply, run.clock())).toContain("sigue a la vista");
  expect((await run.find(pests)).names).toEqual(["Old and near", "New and far"]);
  expect(await question(old.offerId)).toBeNull();
  await daysLater(29);
  expect(await listed()).toHaveLength(2);
});

test("a NO pauses it; repeated and late answers say how things stand", async () => {
  const { offerId, personId } = await run.provide({ name: "Ana", terms: assistance(1) });
  await daysLater(30);
  expect((await answer(offerId, personId, false)).reply.text).toBe("confirm_offer_no");
  expect(await listed()).toEqual([]);
  expect(await run.find(pests)).toEqual({ names: [], emptyBecause: "nobody-offers-this" });
  expect((await answer(offerId, personId, false)).reply.text).toBe("confirm_offer_no");
  expect((await answer(offerId, personId, true)).reply.text).toBe("confirm_offer_paused");
  await run.post(`/api/catalog/offers/${offerId}/state`, { change: "withdraw" });
  expect((await answer(offerId, personId, true)).reply.text).toBe("confirm_offer_gone");
  expect(await question(offerId)).toBeNull();
  await daysLater(40);
  expect(asked).toHaveLength(1);
});

test("only who was asked answers, and an unknown offer is none", async () => {
  const { offerId, personId } = await run.provide({ name: "Ana", terms: assistance(1) });
  await expect(answer(offerId, newId(), true)).rejects.toMatchObject({ code: "not-your-offer" });
  await expect(answer(newId(), personId, true)).rejects.toMatchObject({ code: "offer-unknown" });
});

test("a manager confirms without being asked; nobody else may, and a paused offer is not confirmed", async () => {
  const { offerId, personId } = await run.provide({ name: "Ana", terms: assistance(1) });
  await daysLater(59);
  expect((await run.post(`/api/catalog/offers/${offerId}/confirmation`, {}, newId())).statusCode).toBe(403);
  const confirmed = await run.post(`/api/catalog/offers/${offerId}/confirmation`, {}, personId);
  expect(confirmed.json()).toEqual({ offerId, confirmedOn: "2027-01-22" });
  await daysLater(29);
  expect(await listed()).toEqual(["Ana"]);
  await run.post(`/api/catalog/offers/${offerId}/state`, { change: "pause" });
  const paused = await run.post(`/api/catalog/offers/${offerId}/confirmation`, {}, personId);
  expect([paused.statusCode, paused.json().code]).toEqual([409, "illegal-transition"]);
});

/** As an upgrade runs it, wherever it stands among the migrations. */
async function backfillOfMigrations(): Promise<string> {
  const folder = new URL("../migrations/", import.meta.url);
  const files = (await readdir(folder)).filter((name) => name.endsWith(".sql"));
  for (const file of files) {
    const found = /INSERT INTO "catalog"\."freshness"[^;]*;/.exec(
      await readFile(new URL(file, folder), "utf8"),
    );
    if (found) return found[0];
  }
  throw new Error("no migration fills freshness");
}

test("offers from before there were listings are listed by the timer, with the age that they have", async () => {
  await run.provide({ name: "Ana", terms: assistance(1) });
  const owner = connectDatabase({ url: run.database.ownerUrl, name: "test", maxConnections: 1 });
  const backfill = await backfillOfMigrations();
  try {
    for (const table of [
      "freshness",
      "listings",
      "postings",
      "provider_listings",
      "search_terms",
      "supply",
    ]) {
      await owner.sql.unsafe(`delete from catalog.${table}`);
    }
    expect(await listed()).toEqual([]);
    await owner.sql.unsafe(backfill);
  } finally {
    await owner.close();
  }
  await run.settle();
  expect(await listed()).toEqual(["Ana"]);
  expect((await run.find(pests)).names).toEqual(["Ana"]);
  await daysLater(30);
  expect(asked).toHaveLength(1);
});

test("the figures are settings", async () => {
  await run.stop();
  await begin({ OFFER_ASK_AFTER_DAYS: "2", OFFER_SINK_AFTER_DAYS: "3", OFFER_HIDE_AFTER_DAYS: "4" });
  await run.provide({ name: "Ana", terms: assistance(1) });
  await daysLater(2);
  expect(asked).toHaveLength(1);
  await daysLater(1);
  expect(await listed()).toEqual(["Ana"]);
  await daysLater(1);
  expect(await listed()).toEqual([]);
  expect(() => readConfig({ OFFER_SINK_AFTER_DAYS: "60" })).toThrow("OFFER_HIDE_AFTER_DAYS");
  expect(() => readConfig({ OFFER_ASK_AFTER_DAYS: "soon" })).toThrow("OFFER_ASK_AFTER_DAYS");
});

test("what a provider has to keep up says how far each offer is, and who is unknown has nothing", async () => {
  const { providerId, offerId } = await run.provide({ name: "Ana", terms: other("input") });
  await run.provide({ name: "Bea", terms: other("input") });
  const upkeep = (id: string) =>
    run
      .callAs("matching")(readUpkeep, { params: { providerId: id } }, trace)
      .catch(({ code }) => code);
  const certificate = { kind: "input_handling", issuer: "SENASA", issuedOn: "2026-01-10" };
  await run.post(`/api/catalog/providers/${providerId}/certificates`, certificate);
  expect(await upkeep(providerId)).toMatchObject({
    state: "verified",
    restsUntil: null,
    offers: [{ offerId, kind: "input", confirmedOn: "2026-11-24", stage: "fresh" }],
    certificates: [{ kind: "input_handling", expiresOn: null, checked: false }],
  });
  const stages: string[] = [];
  for (const days of [30, 15, 15]) {
    await daysLater(days);
    stages.push(...(await upkeep(providerId)).offers.map(({ stage }: { stage: string }) => stage));
  }
  expect(stages).toEqual(["aging", "sunk", "hidden"]);
  expect(await upkeep(newId())).toBe("provider-unknown");
});
