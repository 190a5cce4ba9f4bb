import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { startFakeTwilio, type FakeTwilio } from "@minka/test-kit/fake-twilio";
import { createTestDatabase, type TestDatabase } from "@minka/test-kit/test-database";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { accountSid, authToken, inbound, publicUrl, twilioSettings } from "../dialogue/twilio-line.ts";
import { forkPlatform, type ForkedPlatform } from "../support/forked-platform.ts";
import { until } from "../support/until.ts";

let database: TestDatabase;
let owner: postgres.Sql;
let twilio: FakeTwilio;
let platform: ForkedPlatform | undefined;
let phones = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
  twilio = await startFakeTwilio({ accountSid, authToken, clock: () => new Date() });
});
afterEach(async () => {
  await platform?.kill();
});
afterAll(async () => {
  await owner.end();
  await twilio.stop();
  await database.drop();
});

async function start(apiUrl = twilio.url, clockOffsetMs = 0): Promise<ForkedPlatform> {
  platform = await forkPlatform(database, {
    ...twilioSettings(apiUrl),
    TWILIO_SEGMENTS_PER_SECOND: "10000",
    CLOCK_OFFSET_MS: String(clockOffsetMs),
  });
  return platform;
}

async function write({ url }: ForkedPlatform, from: string, text: string): Promise<void> {
  const call = inbound(from, text);
  const address = `${url}${call.url.slice(publicUrl.length)}`;
  const answer = await fetch(address, { method: "POST", headers: call.headers, body: call.payload });
  expect(answer.status).toBe(200);
}

function newPhone(): string {
  phones += 1;
  return `+519044${String(phones).padStart(5, "0")}`;
}

const sentTo = (phone: string) => twilio.accepted.filter(({ to }) => to === phone);

async function stateOf(phone: string): Promise<{ state: string; attempts: number } | undefined> {
  const [row] = await owner<{ state: string; attempts: number }[]>`
    select state, attempts from notifications.outbound_messages where phone = ${phone}`;
  return row;
}

const settled = (phone: string, state: string) =>
  until(async () => ((await stateOf(phone))?.state === state ? true : undefined), {
    what: `the message is ${state}`,
  });

/** What waits for the settling of doubt, in the time of a process that is started later. */
const afterDoubtMs = 11 * 60_000;

test("a process killed when the gateway has the message but has not said so: it is found in the gateway's list and never sent twice", async () => {
  const phone = newPhone();
  const first = await start();
  twilio.answer({ kind: "accept", before: async () => first.kill() });
  await write(first, phone, "ayuda");
  await until(async () => (first.alive() ? undefined : true), { what: "the process is dead" });
  expect(await stateOf(phone)).toEqual({ state: "sending", attempts: 1 });

  await start(twilio.url, 60_000);
  await settled(phone, "sent");
  expect(sentTo(phone)).toHaveLength(1);
});

test("a process killed before the gateway has taken the message: nobody can tell, so a person gets it and it is not sent again", async () => {
  const phone = newPhone();
  let victim: ForkedPlatform | undefined;
  const deadly = createServer((request) => {
    void victim?.kill().then(() => request.socket.destroy());
  });
  deadly.listen(0, "127.0.0.1");
  await once(deadly, "listening");
  victim = await start(`http://127.0.0.1:${(deadly.address() as AddressInfo).port}`);
  await write(victim, phone, "ayuda");
  const first = victim;
  await until(async () => (first.alive() ? undefined : true), { what: "the process is dead" });
  deadly.close();

  const next = await start(twilio.url, 60_000);
  await settled(phone, "unknown");
  await next.advance(afterDoubtMs);
  await settled(phone, "failed");
  expect(sentTo(phone)).toEqual([]);
  const items = await owner`select kind from notifications.attention_items where phone = ${phone}`;
  expect(items.map(({ kind }) => String(kind))).toEqual(["message_unsettled"]);
});

test("a process killed between the insert and the answer: the next one answers, once", async () => {
  const phone = newPhone();
  const first = await start();
  const written = write(first, phone, "ayuda");
  await written;
  await first.kill();
  const before = sentTo(phone).length;
  await start(twilio.url, 60_000);
  await settled(phone, "sent");
  expect(sentTo(phone)).toHaveLength(Math.max(1, before));
});

test("a process killed after it has recorded the message: nothing happens to it any more", async () => {
  const phone = newPhone();
  const first = await start();
  await write(first, phone, "ayuda");
  await settled(phone, "sent");
  await first.kill();
  const next = await start(twilio.url, 60_000);
  await write(next, phone, "ayuda");
  await until(async () => (sentTo(phone).length > 1 ? true : undefined), { what: "the second answer" });
  expect(sentTo(phone)).toHaveLength(2);
});
