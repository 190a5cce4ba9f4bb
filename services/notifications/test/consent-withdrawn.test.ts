import { randomUUID } from "node:crypto";
import {
  consentWithdrawn,
  engagementInDoubt,
  listLapsed,
  matchAsked,
  matchPassedOn,
  requestMatched,
} from "@minka/contracts/events";
import type { EventDefinition, EventPayload } from "@minka/contracts/event";
import type { HandlerAnswer } from "@minka/contracts/endpoint";
import { readRequest, request as shape } from "@minka/contracts/matching";
import { contactCards } from "@minka/contracts/profiles";
import { connectDatabase, type Database } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { defineService } from "@minka/service/define-service";
import { runForTest, type TestRun } from "@minka/test-kit/run-for-test";
import { asc, eq } from "@minka/database/query";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { notifications } from "../src/service.ts";
import { attentionItems, outboundMessages, prompts } from "../src/tables.ts";

type Request = HandlerAnswer<typeof readRequest>["request"];
type Contact = HandlerAnswer<typeof contactCards>["contacts"][number];

const contacts = new Map<string, Contact>();
const requests = new Map<string, Request>();
const emitters: Partial<Record<string, Database>> = {};

const fakeProfiles = defineService({
  name: "profiles",
  migrations: null,
  start({ db }) {
    emitters["profiles"] = db;
    return {
      routes(app) {
        mountEndpoint(app, contactCards, async ({ body }) => ({
          contacts: body.personIds.flatMap((personId) => contacts.get(personId) ?? []),
        }));
      },
    };
  },
});
const fakeMatching = defineService({
  name: "matching",
  migrations: null,
  start({ db }) {
    emitters["matching"] = db;
    return {
      routes(app) {
        mountEndpoint(app, readRequest, async ({ params }) => ({
          request: shape.parse(requests.get(params.requestId)),
        }));
      },
    };
  },
});

let run: TestRun;
let db: Database;
let requester: Contact;
let provider: Contact;
let request: Request;
let next = 1;

beforeAll(async () => {
  run = await runForTest([notifications, fakeProfiles, fakeMatching], {
    environment: { SIMULATOR_PUBLIC: "true" },
  });
  db = connectDatabase({ url: run.database.url("notifications"), name: "test", maxConnections: 2 });
});
afterAll(async () => {
  await db.close();
  await run.stop();
});
beforeEach(() => {
  [requester, provider] = [contact("Rosa"), contact("Elmer")];
  request = requestOf(requester.personId, provider.personId);
});

function contact(name: string): Contact {
  const phone = `+519870000${String(next++).padStart(2, "0")}`;
  const whose = { personId: randomUUID(), name, phone, shared: false, withdrawn: false };
  const made = { ...whose, districtCode: null, language: null };
  contacts.set(made.personId, made);
  return made;
}

function requestOf(personId: string, providerPersonId: string): Request {
  const later = new Date(run.clock().getTime() + 24 * 3_600_000).toISOString();
  const base = { offerId: randomUUID(), offerVersion: 1, providerId: randomUUID(), providerPersonId };
  const facts = { distanceKm: 9, priceCentimos: 3_000, priceUnit: "visita", score: 1, reasons: [] };
  const match = { id: randomUUID(), rank: 1, round: 1, providerName: "Elmer Sangama", ...base, ...facts };
  const made: Request = {
    id: randomUUID(),
    personId,
    openedThrough: null,
    need: { kind: "assistance", topic: "pruning", crop: "cacao" },
    districtCode: "221001",
    placeName: null,
    womanOnly: false,
    state: "listed",
    openedAt: run.clock().toISOString(),
    round: 1,
    listExpiresAt: later,
    reason: null,
    matches: [{ ...match, state: "listed", askExpiresAt: later, declineReason: null }],
    engagement: null,
  };
  requests.set(made.id, made);
  return made;
}

/** The match of the request, in another state. */
function turn(state: Request["state"], match: Request["matches"][number]["state"]): string {
  request.state = state;
  const [only] = request.matches;
  if (!only) throw new Error("the request has lost its match");
  only.state = match;
  return only.id;
}

async function tell<E extends EventDefinition>(event: E, payload: EventPayload<E>): Promise<void> {
  const told = { at: run.clock(), trace: "test-trace" };
  await emitters[event.emitter]?.transaction((tx) => emit(tx, event, payload, told));
  await run.settle();
}

const messages = async ({ phone }: Contact) =>
  db.read
    .select({ body: outboundMessages.body, state: outboundMessages.state })
    .from(outboundMessages)
    .where(eq(outboundMessages.phone, phone))
    .orderBy(asc(outboundMessages.sequence));
const questions = async ({ phone }: Contact) =>
  db.read
    .select({ kind: prompts.kind, state: prompts.state })
    .from(prompts)
    .where(eq(prompts.phone, phone))
    .orderBy(asc(prompts.createdAt), asc(prompts.id));
const withdraw = async (who: Contact) => {
  who.withdrawn = true;
  await tell(consentWithdrawn, { personId: who.personId, purpose: "service" });
};
const matched = () => tell(requestMatched, { requestId: request.id, round: 1 });
const asked = async () => {
  const matchId = turn("asking", "asked");
  await tell(matchAsked, { requestId: request.id, matchId });
  return matchId;
};

test("who withdraws has no open question any more, and is told nothing of what follows", async () => {
  await matched();
  expect(await questions(requester)).toEqual([{ kind: "choice", state: "open" }]);
  const before = await messages(requester);
  expect(before).toHaveLength(1);
  await withdraw(requester);
  expect(await questions(requester)).toEqual([{ kind: "choice", state: "expired" }]);
  request.state = "lapsed";
  await tell(listLapsed, { requestId: request.id });
  request.state = "listed";
  await matched();
  expect(await messages(requester)).toEqual(before);
  expect(await questions(requester)).toHaveLength(1);
});

test("who agrees again is written to again, also when the news of the withdrawal comes last", async () => {
  await withdraw(requester);
  requester.withdrawn = false;
  await matched();
  await tell(consentWithdrawn, { personId: requester.personId, purpose: "service" });
  expect(await questions(requester)).toEqual([{ kind: "choice", state: "open" }]);
  expect(await messages(requester)).toHaveLength(1);
});

test("the other side is told as always", async () => {
  await withdraw(requester);
  await asked();
  expect(await questions(provider)).toEqual([{ kind: "offer", state: "open" }]);
});

test("what had not left yet is not sent, but a reply is", async () => {
  await matched();
  const waiting = {
    phone: requester.phone,
    segments: 1,
    attempts: 0,
    state: "queued",
    ephemeral: false,
  } as const;
  const later = new Date(run.clock().getTime() + 3_600_000);
  const times = {
    createdAt: run.clock(),
    dueAt: later,
    expiresAt: new Date(later.getTime() * 2),
    trace: "t",
  };
  await db.read.insert(outboundMessages).values([
    { id: randomUUID(), body: "novedad", reply: false, ...waiting, ...times },
    { id: randomUUID(), body: "respuesta", reply: true, ...waiting, ...times },
  ]);
  await withdraw(requester);
  expect((await messages(requester)).slice(1)).toEqual([
    { body: "novedad", state: "withheld" },
    { body: "respuesta", state: "queued" },
  ]);
});

test("another purpose, and another person of a shared phone, change nothing", async () => {
  const neighbour = contact("Juan");
  neighbour.phone = requester.phone;
  [neighbour.shared, requester.shared] = [true, true];
  await matched();
  requester.withdrawn = true;
  await tell(consentWithdrawn, { personId: requester.personId, purpose: "bulletins" });
  await withdraw(neighbour);
  expect(await questions(requester)).toEqual([{ kind: "choice", state: "waiting" }]);
  await withdraw(requester);
  await withdraw(requester);
  expect(await questions(requester)).toEqual([{ kind: "choice", state: "expired" }]);
});

test("an order that was taken back is asked of nobody, and the producer does not read why", async () => {
  const matchId = await asked();
  turn("searching", "declined");
  await tell(matchPassedOn, { requestId: request.id, matchId, cause: "left", nextMatchId: null });
  expect(await questions(provider)).toEqual([{ kind: "offer", state: "expired" }]);
  expect((await messages(requester)).map(({ body }) => body)).toEqual([
    "Elmer Sangama no puede. Buscamos mas lejos y le avisamos.",
  ]);
});

test("a visit in doubt waits for an operator, once, while it stands", async () => {
  const matchId = turn("agreed", "accepted");
  const engagement = { id: randomUUID(), matchId, providerId: randomUUID() };
  request.engagement = { ...engagement, state: "agreed", visitOn: "2026-11-30", score: null };
  const news = { requestId: request.id, matchId, engagementId: engagement.id };
  const items = () =>
    db.read
      .select({ kind: attentionItems.kind, phone: attentionItems.phone })
      .from(attentionItems)
      .where(eq(attentionItems.subject, request.id));
  request.engagement.state = "cancelled";
  await tell(engagementInDoubt, news);
  expect(await items()).toEqual([]);
  request.engagement.state = "agreed";
  await tell(engagementInDoubt, news);
  await tell(engagementInDoubt, news);
  expect(await items()).toEqual([{ kind: "visit_in_doubt", phone: requester.phone }]);
  expect([...(await messages(requester)), ...(await messages(provider))]).toEqual([]);
});
