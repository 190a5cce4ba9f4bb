import { randomUUID } from "node:crypto";
import type { HandlerAnswer } from "@minka/contracts/endpoint";
import { providerDecided } from "@minka/contracts/events";
import { lotUnattended } from "@minka/contracts/lots";
import { deliveryUnattended } from "@minka/contracts/pool-deliveries";
import { contactCards } from "@minka/contracts/profiles";
import {
  readProviderDecision,
  type ProviderState,
  type ProviderTransition,
} from "@minka/contracts/provider-decisions";
import { connectDatabase, type Database } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { defineService } from "@minka/service/define-service";
import { runForTest, type TestRun } from "@minka/test-kit/run-for-test";
import { eq } from "@minka/database/query";
import { afterAll, beforeAll, expect, test } from "vitest";
import { notifications } from "../src/service.ts";
import { attentionItems } from "../src/tables.ts";

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
let brokeringDb: Database;
const fakeBrokering = defineService({
  name: "brokering",
  migrations: null,
  start({ db }) {
    brokeringDb = db;
    return { routes: () => {} };
  },
});

let run: TestRun;
beforeAll(async () => {
  run = await runForTest([notifications, fakeProfiles, fakeCatalog, fakeBrokering], {
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

test.each([
  ["a delivery", "delivery_unattended", deliveryUnattended, "deliveryId"],
  ["a lot", "lot_unattended", lotUnattended, "lotId"],
] as const)(
  "%s that nobody speaks of is an operator's, with the phone of the first who has one",
  async (_what, attention, event, of) => {
    const [subjectId, erased] = [randomUUID(), randomUUID()];
    const payload = { [of]: subjectId, personIds: [erased, personId] } as never;
    const at = run.clock();
    await brokeringDb.transaction((tx) => emit(tx, event, payload, { at, trace: "test-trace" }));
    await run.settle();
    const db = connectDatabase({ url: run.database.ownerUrl, name: "test", maxConnections: 1 });
    const { kind, phone: listed, subject } = attentionItems;
    const items = await db.read.select({ kind, listed }).from(attentionItems).where(eq(subject, subjectId));
    await db.close();
    expect(items).toEqual([{ kind: attention, listed: phone }]);
  },
);
