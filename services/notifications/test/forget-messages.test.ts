import { newId } from "@minka/database/new-id";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readMessagesKeptDays } from "../src/config.ts";
import { forgetMessages } from "../src/forget-messages.ts";
import { attentionItems, inboundMessages, outboundMessages, prompts } from "../src/tables.ts";
import { outboundAttempts } from "../src/sending/sending-tables.ts";
import { phone, runMessaging, type MessagingRun } from "./messaging-run.ts";

let run: MessagingRun;
let owner: postgres.Sql;
beforeAll(async () => {
  run = await runMessaging();
  owner = postgres(run.database.ownerUrl, { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await owner.end();
  await run.stop();
});

const daysAgo = (days: number) => new Date(run.clock().getTime() - days * 24 * 60 * 60 * 1000);

async function written(days: number, answered = true): Promise<void> {
  const at = daysAgo(days);
  await run.db.read.insert(inboundMessages).values({
    id: newId(),
    gateway: "sim",
    externalId: newId(),
    phone,
    body: `${days}`,
    safety: false,
    receivedAt: at,
    handledAt: answered ? at : null,
    trace: "test",
  });
}

async function sent(days: number, state: "delivered" | "unknown" = "delivered"): Promise<void> {
  const at = daysAgo(days);
  const id = newId();
  await run.db.read.insert(outboundMessages).values({
    id,
    phone,
    body: `${days}`,
    segments: 1,
    state,
    reply: true,
    ephemeral: false,
    attempts: 1,
    createdAt: at,
    dueAt: at,
    expiresAt: at,
    trace: "test",
  });
  await run.db.read
    .insert(outboundAttempts)
    .values({ messageId: id, number: 1, gateway: "sim", startedAt: at, error: `${days}` });
}

async function asked(days: number, state: "answered" | "expired" | "waiting"): Promise<void> {
  const at = daysAgo(days);
  await run.db.read.insert(prompts).values({
    id: newId(),
    phone,
    kind: "place",
    about: `${days} ${state}`,
    state,
    text: "",
    trace: "test",
    subject: { kind: "consent", need: null, districtCode: null, places: [], name: null },
    createdAt: at,
    expiresAt: at,
  });
}

const raised = (days: number | null) =>
  run.db.read.insert(attentionItems).values({
    id: newId(),
    kind: "complaint",
    phone,
    text: `${days}`,
    at: daysAgo(500),
    resolvedAt: days === null ? null : daysAgo(days),
  });

test("texts and attempts go after their days, closed questions after sixty, and what is not over stays", async () => {
  for (const days of [401, 399]) {
    await written(days);
    await sent(days);
    await raised(days);
  }
  await written(402, false);
  await sent(402, "unknown");
  await raised(null);
  await asked(61, "answered");
  await asked(61, "expired");
  await asked(61, "waiting");
  await asked(59, "answered");

  const keptDays = readMessagesKeptDays({ MESSAGES_KEPT_DAYS: "" });
  expect(await forgetMessages({ db: run.db, clock: run.clock, keptDays })).toBe(7);

  const bodies = async (table: "inbound_messages" | "outbound_messages") =>
    (await owner`select body from notifications.${owner(table)} order by sequence`).map(({ body }) => body);
  expect(await bodies("inbound_messages")).toEqual([null, "399", "402"]);
  expect(await bodies("outbound_messages")).toEqual([null, "399", "402"]);
  const attempts = await run.db.read.select().from(outboundAttempts);
  expect(attempts.map(({ error }) => error)).toEqual(["399"]);
  const items = await run.db.read.select().from(attentionItems).orderBy(attentionItems.resolvedAt);
  expect(items.map(({ text }) => text)).toEqual([null, "399", "null"]);
  const questions = await run.db.read.select().from(prompts).orderBy(prompts.expiresAt);
  expect(questions.map(({ about }) => about)).toEqual(["61 waiting", "59 answered"]);
  expect(await forgetMessages({ db: run.db, clock: run.clock, keptDays })).toBe(0);
});

test("texts are kept a month at least, whatever is set", () => {
  expect(readMessagesKeptDays({ MESSAGES_KEPT_DAYS: "30" })).toBe(30);
  expect(() => readMessagesKeptDays({ MESSAGES_KEPT_DAYS: "29" })).toThrow(/MESSAGES_KEPT_DAYS/);
});
