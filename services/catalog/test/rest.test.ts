import { explainCandidate } from "@minka/contracts/catalog";
import { catalogConfirmations } from "@minka/contracts/confirmations";
import { restProvider } from "@minka/contracts/rests";
import { newId } from "@minka/database/new-id";
import { defineService, on } from "@minka/service/define-service";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { assistance, other, runCatalog, tocache, trace, type CatalogRun } from "./catalog-run.ts";

let run: CatalogRun;
const asked: string[] = [];
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
beforeAll(async () => void (run = await runCatalog({ neighbours: [notifications] })));
afterAll(() => run.stop());
beforeEach(() => run.clock.set(new Date("2026-11-24T14:00:00Z")));

const pests = { kind: "assistance", topic: "pest_management", crop: "cacao" } as const;
const names = async () => (await run.find(pests)).names;
const rest = (personId: string, until: string | null) =>
  run.callAs("notifications")(restProvider, { params: { personId }, body: { until } }, trace);
const listed = async (name: string): Promise<boolean> => {
  const { items } = (await run.app.inject({ url: "/api/catalog/offers?limit=100" })).json();
  return items.some(({ provider }: { provider: { name: string } }) => provider.name === name);
};

test("who rests is found by nobody until the last day of it is over, and then again by itself", async () => {
  const { personId, offerId } = await run.provide({ name: "Ana", terms: assistance(3) });
  expect(await rest(personId, "2026-11-26")).toEqual({ providers: 1, attending: 1, until: "2026-11-26" });
  expect([await names(), await listed("Ana")]).toEqual([[], false]);
  const body = { need: pests, districtCode: tocache, requesterPersonId: newId(), offerId };
  expect(await run.callAs("matching")(explainCandidate, { body }, trace)).toEqual({
    candidate: false,
    reasons: [{ code: "provider-resting", parameters: { until: "2026-11-26" } }],
  });
  // The evening of the last day, and midnight in Lima.
  run.clock.set(new Date("2026-11-27T04:59:00Z"));
  await run.settle();
  expect(await names()).toEqual([]);
  run.clock.set(new Date("2026-11-27T05:00:00Z"));
  await run.settle();
  expect([await names(), await listed("Ana")]).toEqual([["Ana"], true]);
  await rest(personId, "2026-11-28");
});

test("a rest ends early, and one that is prolonged lasts longer", async () => {
  const { personId } = await run.provide({ name: "Beto", terms: assistance(4) });
  await rest(personId, "2026-11-25");
  await rest(personId, "2026-11-30");
  run.clock.set(new Date("2026-11-27T14:00:00Z"));
  await run.settle();
  expect(await names()).not.toContain("Beto");
  expect(await rest(personId, null)).toEqual({ providers: 1, attending: 1, until: null });
  expect(await names()).toContain("Beto");
  // Once more changes nothing.
  expect(await rest(personId, null)).toEqual({ providers: 1, attending: 1, until: null });
});

test("what is offered, verified or changed during a rest is found after it", async () => {
  const { personId, providerId } = await run.provide({
    name: "Carla",
    terms: assistance(5),
    verified: false,
  });
  // Nobody finds one that is not verified, resting or not.
  expect(await rest(personId, "2026-11-26")).toMatchObject({ providers: 1, attending: 0 });
  await run.verify(providerId);
  const more = { terms: assistance(6, { topics: ["pest_management", "pruning"] }), coverage: ["PE"] };
  await run.post(`/api/catalog/providers/${providerId}/offers`, more);
  expect(await names()).not.toContain("Carla");
  run.clock.advance({ days: 3 });
  await run.settle();
  expect((await names()).filter((name) => name === "Carla")).toHaveLength(2);
});

test("nobody is asked on their holiday whether an offer still holds, but on the morning after", async () => {
  const { personId, offerId } = await run.provide({ name: "Dora", terms: other("input", {}) });
  run.clock.advance({ days: 29 });
  await run.settle();
  await rest(personId, "2026-12-28");
  run.clock.advance({ days: 4 });
  await run.settle();
  expect(asked).not.toContain(offerId);
  run.clock.set(new Date("2026-12-29T14:00:00Z"));
  await run.settle();
  expect(asked.filter((id) => id === offerId)).toHaveLength(1);
});

test("one rests oneself, or an operator does it; never past 60 days, nor in the past", async () => {
  const { personId } = await run.provide({ name: "Elsa", terms: assistance(7) });
  const send = (who: { id: string; operator: boolean }, until: string) =>
    run.sendAs(who, "PUT", `/api/catalog/people/${personId}/rest`, { until });
  expect((await send({ id: newId(), operator: false }, "2026-11-25")).json().code).toBe("not-your-profile");
  expect((await send({ id: personId, operator: false }, "2026-11-25")).json()).toEqual({
    providers: 1,
    attending: 1,
    until: "2026-11-25",
  });
  expect((await send(run.operators.checker, "2027-01-23")).statusCode).toBe(200);
  expect((await send(run.operators.checker, "2027-01-24")).json().code).toBe("rest-out-of-range");
  expect((await send(run.operators.checker, "2026-11-23")).json().code).toBe("rest-out-of-range");
  expect(await rest(newId(), "2026-11-30")).toEqual({ providers: 0, attending: 0, until: null });
});
