import { newId } from "@minka/database/new-id";
import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { deliver, inbound, startTwilioPlatform, type TwilioPlatform } from "../dialogue/twilio-line.ts";
import { addReader } from "../support/bulletin-readers.ts";
import { signedIn, signingEnvironment } from "../support/signed-operator.ts";

let platform: TwilioPlatform;
let owner: postgres.Sql;
beforeAll(async () => {
  platform = await startTwilioPlatform({ seeded: false, environment: signingEnvironment });
  owner = postgres(platform.database.ownerUrl, { max: 2, onnotice: () => {} });
});
afterAll(async () => {
  await owner.end();
  await platform.stop();
});

const operator = () => signedIn(platform, newId());
type Counted = { bulletin: { id: string; counts: Record<string, number> } };

let phones: string[] = [];
let next = 1;
let district = "";
beforeEach(async () => {
  phones = Array.from({ length: 12 }, () => `+519008${String(next++).padStart(5, "0")}`);
  district = `2210${String(next > 13 ? 2 : 1).padStart(2, "0")}`;
  for (const phone of phones) await addReader(platform, phone, { districtCode: district });
});

async function approve(): Promise<string> {
  const draft = { title: "Feria", text: "Feria el sabado.", audience: { districts: [district] } };
  const { body } = await operator().post<Counted>("/api/notifications/bulletins", draft);
  const { id } = body.bulletin;
  const approval = await operator().post(`/api/notifications/bulletins/${id}/approval`, {
    people: body.bulletin.counts["people"],
  });
  expect(approval.status).toBe(200);
  return id;
}

/** Lets the channel's seconds go by until nothing is left to do. */
async function untilQuiet(): Promise<void> {
  for (let seconds = 0; seconds < 25; seconds += 1) {
    await platform.settle();
    platform.clock.advance({ seconds: 1 });
  }
  await platform.settle();
}

const kindOf = (body: string) => (body.startsWith("Feria") ? "bulletin" : "reply");
const receivedBy = (phone: string) =>
  platform.twilio.accepted.filter(({ to }) => to === phone).map(({ body }) => kindOf(body));

test("fault 13: BAJA while a bulletin leaves: after the reply to BAJA nothing of it arrives", async () => {
  const leaving = new Set<string>();
  const stop = async (phone: string | undefined) => {
    if (phone === undefined || leaving.has(phone)) return;
    leaving.add(phone);
    await deliver(platform, inbound(phone, "BAJA"));
  };
  // By night it waits; three say BAJA before it leaves.
  platform.clock.advance({ hours: 12 });
  const id = await approve();
  await platform.settle();
  const early = phones.slice(-3);
  for (const phone of early) await stop(phone);
  await untilQuiet();
  expect(early.map(receivedBy)).toEqual(early.map(() => ["reply"]));
  // In the morning every second one says BAJA while Twilio is taking their message, and so does one that has none yet.
  for (let at = 0; at < 6; at += 1) {
    platform.twilio.answer({
      kind: "accept",
      async before({ to, body }) {
        if (kindOf(body) !== "bulletin") return;
        await stop(to);
        await stop(phones.findLast((phone) => !leaving.has(phone) && receivedBy(phone).length === 0));
      },
    });
  }
  platform.clock.advance({ hours: 12 });
  await untilQuiet();
  expect(leaving.size).toBeGreaterThan(early.length);
  for (const phone of phones) {
    const received = receivedBy(phone);
    if (!leaving.has(phone)) expect(received).toEqual(["bulletin"]);
    else if (early.includes(phone)) expect(received).toEqual(["reply"]);
    else expect([["reply"], ["bulletin", "reply"]]).toContainEqual(received);
  }
  const { body } = await operator().get<Counted>(`/api/notifications/bulletins/${id}`);
  const reached = phones.filter((phone) => receivedBy(phone).includes("bulletin")).length;
  expect(body.bulletin.counts).toMatchObject({
    people: phones.length,
    sent: reached,
    withheld: phones.length - reached,
    failed: 0,
    queued: 0,
  });
});

test("fault 13: a bulletin's message that was just being taken arrives before the reply to BAJA, never after", async () => {
  const [phone = ""] = phones;
  platform.clock.advance({ hours: 12 });
  await approve();
  await platform.settle();
  // At night it waits. It is taken in the morning, by a process that has just looked for an opt-out.
  platform.clock.advance({ hours: 12 });
  const taking = await owner.reserve();
  await taking`begin`;
  const [message] = await taking<{ id: string }[]>`
    select id from notifications.outbound_messages where phone = ${phone} and state = 'queued' for update`;
  await deliver(platform, inbound(phone, "BAJA"));
  const settled = platform.settle();
  await expect
    .poll(async () => (await owner`select 1 from pg_stat_activity where wait_event_type = 'Lock'`).length)
    .toBeGreaterThan(0);
  expect(receivedBy(phone)).toEqual([]);
  const at = platform.clock().toISOString();
  await taking`update notifications.outbound_messages
    set state = 'sending', sending_since = ${at}, attempts = 1, gateway = 'twilio' where id = ${message?.id ?? ""}`;
  await taking`commit`;
  taking.release();
  await settled;
  // Of the one that is on its way nobody knows yet; the reply waits for it.
  expect(receivedBy(phone)).toEqual([]);
  await owner`update notifications.outbound_messages set state = 'sent' where id = ${message?.id ?? ""}`;
  await untilQuiet();
  expect(receivedBy(phone)).toEqual(["reply"]);
});
