import { randomUUID } from "node:crypto";
import { notificationsPersonalData, type ErasureOrder } from "@minka/contracts/personal-data";
import { connectDatabase, type Database } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { runForTest, type TestRun } from "@minka/test-kit/run-for-test";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { notifications } from "../src/service.ts";
import { outboundMessages, prompts } from "../src/tables.ts";

let run: TestRun;
let owner: Database;
beforeAll(async () => {
  run = await runForTest([notifications], { environment: { SIMULATOR_PUBLIC: "true" } });
  owner = connectDatabase({ url: run.database.ownerUrl, name: "owner", maxConnections: 1 });
});
afterAll(async () => {
  await owner.close();
  await run.stop();
});

const rosa = "Rosa Vásquez Ñahui";
let next = 100;
let phone: string;
let acquaintance: { personId: string; phone: string };
beforeEach(() => {
  phone = `+51900700${next++}`;
  acquaintance = { personId: randomUUID(), phone: `+51900800${next++}` };
});

function order(over: Partial<ErasureOrder> = {}): ErasureOrder {
  return {
    personId: randomUUID(),
    phones: [phone],
    sharedPhones: [],
    names: [rosa],
    documents: [],
    askedAt: run.clock().toISOString(),
    tell: true,
    acquaintances: [],
    providerIds: [],
    ...over,
  };
}
const erase = async (body: ErasureOrder) =>
  (await run.callAs("profiles")(notificationsPersonalData.eraseData, { body }, { trace: "erasure" })).done;

async function sent(to: string, body: string): Promise<string> {
  const id = newId();
  const at = run.clock();
  await owner.read.insert(outboundMessages).values({
    id,
    phone: to,
    body,
    segments: 1,
    state: "delivered",
    ephemeral: false,
    reply: false,
    createdAt: at,
    dueAt: at,
    expiresAt: at,
    attempts: 1,
    trace: "test-trace",
  });
  return id;
}
async function bodyOf(id: string): Promise<string | null> {
  const [row] = await owner.sql<{ body: string | null }[]>`
    select body from notifications.outbound_messages where id = ${id}`;
  return row?.body ?? null;
}

test("one last message says so, once, and its row goes with it", async () => {
  const body = order();
  expect(await erase(body)).toBe(false);
  expect(await erase(body)).toBe(false);
  await run.settle();
  const shown = await owner.sql`select text from notifications.simulator_messages where phone = ${phone}`;
  expect(shown).toEqual([{ text: expect.stringContaining("fueron borrados") }]);
  run.clock.advance({ minutes: 11 });
  expect(await erase(body)).toBe(true);
  const left = await owner.sql`
    select phone from notifications.outbound_messages where phone = ${phone}
    union all select phone from notifications.simulator_messages where phone = ${phone}
    union all select phone from notifications.conversations where phone = ${phone}`;
  expect(left).toHaveLength(0);
  expect(await erase(body)).toBe(true);
});

test("who had only been invited hears nothing of it", async () => {
  expect(await erase(order({ tell: false }))).toBe(true);
  expect(await owner.sql`select 1 from notifications.outbound_messages where phone = ${phone}`).toHaveLength(
    0,
  );
});

test("a full name is blanked in everybody's messages, a part of one only where the person was known", async () => {
  const stranger = `+51900900${next++}`;
  const exchange = await sent(stranger, "Rosa Vasquez Nahui dijo que si. Su numero: 900 111 222");
  const listed = await sent(acquaintance.phone, "1 Rosa Vásquez Ñah., a 9 km");
  const namesakes = [
    await sent(stranger, "1 Rosa Vásquez Ñah., a 9 km"),
    await sent(stranger, "Rosa Vásquez Pinedo dijo que si"),
    await sent(acquaintance.phone, "Rosa Pinedo dijo que no"),
  ];
  await erase(order({ acquaintances: [acquaintance] }));
  expect(await bodyOf(exchange)).toBeNull();
  expect(await bodyOf(listed)).toBeNull();
  for (const id of namesakes) expect(await bodyOf(id)).not.toBeNull();
});

test("a question that is still open loses the name and keeps its sense", async () => {
  const id = newId();
  const at = run.clock();
  await owner.read.insert(prompts).values({
    id,
    phone: acquaintance.phone,
    kind: "choice",
    subject: { kind: "choice", requestId: randomUUID(), round: 1, matchIds: [] },
    about: `test:${id}`,
    state: "waiting",
    text: "2 pueden atender:\n1 Rosa Vásquez Ñahui, a 9 km\n2 Elva, a 12 km",
    createdAt: at,
    expiresAt: new Date(at.getTime() + 3_600_000),
    trace: "test-trace",
  });
  await erase(order({ acquaintances: [acquaintance] }));
  const [prompt] = await owner.sql`select text from notifications.prompts where id = ${id}`;
  expect(prompt).toEqual({ text: "2 pueden atender:\n1 […], a 9 km\n2 Elva, a 12 km" });
});

test("who writes after asking to be erased begins anew, and what they wrote is answered", async () => {
  const say = (text: string) =>
    run.app.inject({ method: "POST", url: "/simulator/messages", payload: { from: phone, text } });
  const body = order();
  run.clock.advance({ minutes: 1 });
  await say("hola");
  await erase(body);
  const left = await owner.sql`select body from notifications.inbound_messages where phone = ${phone}`;
  expect(left).toEqual([{ body: "hola" }]);
  expect(await owner.sql`select 1 from notifications.conversations where phone = ${phone}`).toHaveLength(1);
});
