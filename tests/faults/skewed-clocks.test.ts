import { startFakeTwilio, type FakeTwilio } from "@minka/test-kit/fake-twilio";
import type { TestDatabase } from "@minka/test-kit/test-database";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { pest } from "../dialogue/scene.ts";
import { accountSid, authToken, inbound, publicUrl, twilioSettings } from "../dialogue/twilio-line.ts";
import { forkPlatform, type ForkedPlatform } from "../support/forked-platform.ts";
import { createDemoDatabase } from "../support/test-platform.ts";
import { until } from "../support/until.ts";

// Two machines at work on one database, five minutes behind and five ahead of the gateway's clock.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });
const skewMs = 5 * 60_000;

let database: TestDatabase;
let owner: postgres.Sql;
let twilio: FakeTwilio;
let machines: ForkedPlatform[] = [];

beforeAll(async () => {
  database = await createDemoDatabase();
  owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
  twilio = await startFakeTwilio({ accountSid, authToken, clock: () => new Date() });
  machines = await Promise.all(
    [-skewMs, skewMs].map((offset) =>
      forkPlatform(database, {
        ...twilioSettings(twilio.url),
        // So little that the two have to share what the channel takes.
        TWILIO_SEGMENTS_PER_SECOND: "10",
        CLOCK_OFFSET_MS: String(offset),
      }),
    ),
  );
});
afterAll(async () => {
  await Promise.all(machines.map((machine) => machine.kill()));
  await owner.end();
  await twilio.stop();
  await database.drop();
});

async function write(through: number, from: string, text: string): Promise<void> {
  const { url, headers, payload } = inbound(from, text);
  const address = `${machines[through % 2]?.url}${url.slice(publicUrl.length)}`;
  expect((await fetch(address, { method: "POST", headers, body: payload })).status).toBe(200);
}

const sentTo = (phone: string) => twilio.accepted.filter(({ to }) => to === phone).map(({ body }) => body);

async function says(through: number, from: string, text: string): Promise<string> {
  const before = sentTo(from).length;
  await write(through, from, text);
  return until(async () => sentTo(from)[before], { what: `an answer to ${text}` });
}

/** Nothing is being answered or sent any more. */
const quiet = () =>
  until(
    async () => {
      const [row] = await owner<{ busy: number }[]>`
        select (select count(*) from notifications.conversations where unanswered_since is not null)
          + (select count(*) from notifications.outbound_messages where state in ('queued', 'sending', 'unknown'))
          as busy`;
      return Number(row?.busy) === 0 ? true : undefined;
    },
    { what: "all is answered and sent" },
  );

test("every message is answered once and for what it was, whichever of the two takes it in, answers it and sends the answer", async () => {
  const phones = Array.from({ length: 6 }, (_, index) => `+51900660${String(index).padStart(3, "0")}`);
  await Promise.all(
    phones.map(async (phone, index) => {
      // Each message comes in by the other machine than the one before.
      expect(await says(index, phone, pest)).toMatch(/SI o NO$/);
      expect(await says(index + 1, phone, "si")).toMatch(/^3 pueden atender/);
      expect(await says(index, phone, "CANCELAR")).toMatch(/./);
    }),
  );
  await quiet();
  for (const phone of phones) expect(sentTo(phone)).toHaveLength(3);
});

test("a backlog is answered by one holder at a time, in order, though by one clock the other's lease is long over", async () => {
  const phone = "+51900660100";
  const texts = ["soy de tocache", "si", "ESTADO", "ESTADO", "ESTADO", "ESTADO"];
  for (const [index, text] of texts.entries()) await write(index, phone, text);
  await quiet();
  const rows = await owner<{ body: string; attempts: number; handled: Date }[]>`
    select body, attempts, handled_at as handled from notifications.inbound_messages
    where phone = ${phone} order by sequence`;
  expect(rows.map(({ body }) => body)).toEqual(texts);
  // A turn that somebody else took over would have been counted.
  expect(rows.map(({ attempts }) => attempts)).toEqual(texts.map(() => 0));
  expect(sentTo(phone)).toHaveLength(texts.length);
});

test("nothing is held up for minutes because one clock is ahead", async () => {
  const started = performance.now();
  const phones = Array.from({ length: 20 }, (_, index) => `+51900660${String(300 + index)}`);
  await Promise.all(phones.map((phone, index) => write(index, phone, "hola")));
  await quiet();
  for (const phone of phones) expect(sentTo(phone)).toHaveLength(1);
  expect(performance.now() - started).toBeLessThan(20_000);
});

test("a call for help gets its one line, whichever takes it in and whichever sends it", async () => {
  // Its line lives ten minutes: between the two machines there may be five.
  await machines[0]?.advance(skewMs);
  const phones = Array.from({ length: 8 }, (_, index) => `+51900660${String(200 + index)}`);
  await Promise.all(phones.map((phone, index) => write(index, phone, "mi esposo me pega")));
  for (const phone of phones) await until(async () => sentTo(phone)[0], { what: `the line for ${phone}` });
  await quiet();
  for (const phone of phones) expect(twilio.accepted.filter(({ to }) => to === phone)).toHaveLength(1);
});
