import { catalogConfirmations } from "@minka/contracts/confirmations";
import { providerSilent } from "@minka/contracts/events";
import { newId } from "@minka/database/new-id";
import { emit } from "@minka/database/deliveries";
import { defineService } from "@minka/service/define-service";
import type { Database } from "@minka/database/connect";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { assistance, runCatalog, tocache, type CatalogRun } from "./catalog-run.ts";

let run: CatalogRun;
let ofMatching: Database;
const matching = defineService({
  name: "matching",
  migrations: null,
  start: ({ db }) => {
    ofMatching = db;
    return { routes() {} };
  },
});
beforeAll(async () => void (run = await runCatalog({ neighbours: [matching] })));
afterAll(() => run.stop());
beforeEach(() => run.clock.set(new Date("2026-11-24T14:00:00Z")));

const url = "/api/catalog/providers";
const entry = { form: "person", kinds: ["agent"], name: "Nelly Pinchi", districtCode: tocache };
const anAgent = async (more: object) => {
  const who = { id: newId(), operator: false };
  const { providerId } = (await run.sendAs(who, "POST", url, { ...entry, ...more })).json();
  return { who, providerId: providerId as string };
};
const accept = (who: { id: string; operator: boolean }, providerId: string) =>
  run.sendAs(who, "POST", `${url}/${providerId}/conduct`, { version: "v1" });
const codeOf = ({ statusCode, json }: Awaited<ReturnType<typeof accept>>) => [statusCode, json().code];
const record = async (providerId: string) =>
  (await run.sendAs(run.operators.checker, "GET", `${url}/${providerId}/record`)).json().provider;

test("nobody is verified before they have accepted the code of conduct, and anybody can be after", async () => {
  const { who, providerId } = await anAgent({ acceptsConduct: undefined });
  expect(codeOf(await run.verify(providerId))).toEqual([409, "conduct-not-accepted"]);
  expect(await record(providerId)).toMatchObject({ conduct: null, allowed: ["reject", "revise", "close"] });
  const accepted = { version: "v1", acceptedAt: "2026-11-24T14:00:00.000Z" };
  expect((await accept(who, providerId)).json()).toEqual({ providerId, conduct: accepted });
  run.clock.advance({ days: 1 });
  expect((await accept(who, providerId)).json().conduct).toEqual(accepted);
  expect((await record(providerId)).conduct).toEqual(accepted);
  expect((await run.verify(providerId)).json()).toEqual({ providerId, state: "verified" });
});

test("whoever is registered without accepting it is asked by SMS: SI accepts in their own name, NO changes nothing", async () => {
  const { who, providerId } = await anAgent({ acceptsConduct: undefined });
  const call = run.callAs("notifications");
  const params = { kind: "conduct" as const, id: providerId };
  const question = async () =>
    (await call(catalogConfirmations.read, { params }, { trace: "conduct" })).question;
  const answer = (personId: string, accepted: boolean) =>
    call(
      catalogConfirmations.answer,
      { params, body: { personId, accepted, at: run.clock().toISOString() } },
      { trace: "conduct" },
    );
  expect(await question()).toMatchObject({ text: "confirm_conduct", personId: who.id });
  await expect(answer(newId(), true)).rejects.toMatchObject({ code: "not-your-provider" });
  expect((await answer(who.id, false)).reply.text).toBe("conduct_no");
  expect(codeOf(await run.verify(providerId))).toEqual([409, "conduct-not-accepted"]);
  expect((await answer(who.id, true)).reply.text).toBe("conduct_yes");
  expect(await question()).toBeNull();
  expect((await answer(who.id, true)).reply.text).toBe("conduct_over");
  expect((await run.verify(providerId)).json()).toEqual({ providerId, state: "verified" });
});

test("only its manager accepts it; an operator who writes down that they did cannot verify", async () => {
  const { providerId } = await anAgent({ acceptsConduct: undefined });
  expect(codeOf(await accept({ id: newId(), operator: false }, providerId))).toEqual([
    403,
    "not-your-provider",
  ]);
  await accept(run.operators.checker, providerId);
  expect(codeOf(await run.verify(providerId))).toEqual([403, "maker-cannot-check"]);
});

test("a provider that answers nothing rests for two weeks, and is found again after them", async () => {
  const { providerId } = await run.provide({ name: "Nelly", terms: assistance(1) });
  const names = async () =>
    (await run.find({ kind: "assistance", topic: "pest_management", crop: "cacao" })).names;
  expect(await names()).toContain("Nelly");
  await ofMatching.transaction((tx) =>
    emit(tx, providerSilent, { providerId, personId: newId() }, { at: run.clock(), trace: "silent" }),
  );
  await run.settle();
  expect(await names()).not.toContain("Nelly");
  run.clock.set(new Date("2026-12-09T14:00:00Z"));
  await run.settle();
  expect(await names()).toContain("Nelly");
});
