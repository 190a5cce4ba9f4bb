import { randomUUID } from "node:crypto";
import type { HandlerAnswer } from "@minka/contracts/endpoint";
import { providerDecided } from "@minka/contracts/events";
import { contactCards } from "@minka/contracts/profiles";
import {
  readProviderDecision,
  type ProviderState,
  type ProviderTransition,
} from "@minka/contracts/provider-decisions";
import type { Database } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { defineService } from "@minka/service/define-service";
import { runForTest, type TestRun } from "@minka/test-kit/run-for-test";
import { afterAll, beforeAll, expect, test } from "vitest";
import { notifications } from "../src/service.ts";

type Decision = HandlerAnswer<typeof readProviderDecision>["decision"];

const [personId, phone] = [randomUUID(), "+51987654321"];
const decisions = new Map<string, Decision>();
let catalogDb: Database;

const fakeProfiles = defineService({
  name: "profiles",
  migrations: null,
  start: () => ({
    routes(app) {
      mountEndpoint(app, contactCards, async ({ body }) => ({
        contacts: body.personIds.includes(personId)
          ? [
              {
                personId,
                name: "Nelly",
                phone,
                shared: false,
                withdrawn: false,
                districtCode: null,
                language: null,
              },
            ]
          : [],
      }));
    },
  }),
});
const fakeCatalog = defineService({
  name: "catalog",
  migrations: null,
  start({ db }) {
    catalogDb = db;
    return {
      routes(app) {
        mountEndpoint(app, readProviderDecision, async ({ params }) => ({
          decision: decisions.get(params.decisionId)!,
        }));
      },
    };
  },
});

let run: TestRun;
beforeAll(async () => {
  run = await runForTest([notifications, fakeProfiles, fakeCatalog], {
    environment: { SIMULATOR_PUBLIC: "true" },
  });
});
afterAll(() => run.stop());

async function decide(
  transition: ProviderTransition,
  to: ProviderState,
  {
    state = to,
    reason = null,
    who = "operator",
  }: { state?: ProviderState; reason?: string | null; who?: "operator" | "provider" } = {},
): Promise<string[]> {
  const [id, providerId, at] = [randomUUID(), randomUUID(), run.clock()];
  const told = { providerId, providerName: "Agrotienda El Huallaga S.A.C.", personId };
  const by = `person:${randomUUID()}`;
  decisions.set(id, {
    id,
    transition,
    from: "submitted",
    to,
    by,
    at: at.toISOString(),
    reason,
    state,
    ...told,
  });
  const before = await messages();
  await catalogDb.transaction((tx) =>
    emit(tx, providerDecided, { providerId, decisionId: id, by: who }, { at, trace: "test-trace" }),
  );
  await run.settle();
  return (await messages()).slice(before.length);
}

async function messages(): Promise<string[]> {
  const answer = await run.app.inject({ url: `/simulator/messages?phone=${encodeURIComponent(phone)}` });
  return answer.json().messages.map(({ text }: { text: string }) => text);
}

test("the contact person hears in one message what an operator decided, and why", async () => {
  expect(await decide("verify", "verified", { reason: "RUC looked up" })).toEqual([
    "Agrotienda El Huallag. ya esta verificado en Minka. Desde ahora se muestran sus ofertas.",
  ]);
  expect(await decide("reject", "draft", { reason: "el RUC es de otra empresa" })).toEqual([
    "Falta corregir el registro de Agrotienda El Huallag. en Minka: el RUC es de otra empresa",
  ]);
  expect(await decide("suspend", "suspended", { reason: "quejas ".repeat(20) })).toEqual([
    expect.stringMatching(/^Agrotienda El Huallag\. esta suspendido .{0,120}\.$/),
  ]);
});

test("what has been decided otherwise meanwhile is not told", async () => {
  expect(await decide("suspend", "suspended", { state: "verified", reason: "quejas" })).toEqual([]);
});

test("what a provider does itself is no news to it", async () => {
  expect(await decide("close", "closed", { reason: "ya no vendo", who: "provider" })).toEqual([]);
});
