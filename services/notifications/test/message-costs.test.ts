import { afterEach, beforeEach, expect, test } from "vitest";
import { otherPhone, runWithTwilio, type TwilioRun } from "./messaging-run.ts";

let run: TwilioRun;
const prices = { TWILIO_SEGMENT_CENTIMOS: "26.5", TWILIO_RECEIVED_SEGMENT_CENTIMOS: "3" };
beforeEach(async () => void (run = await runWithTwilio(prices)));
afterEach(() => run.stop());

const read = async (query: string) =>
  (
    await run.app.inject({
      url: `/api/notifications/message-costs?${query}`,
      headers: { authorization: `Bearer ${run.operatorToken()}` },
    })
  ).json();
const november = "from=2026-11-01&until=2026-11-30";
const none = { messagesIn: 0, segmentsIn: 0, messagesOut: 0, segmentsOut: 0, inDoubt: 0, costCentimos: 0 };

test("segments in and out are told by day in Lima and gateway, with what they cost by the prices set", async () => {
  await run.deliver(run.inbound({ MessageSid: "SM1", Body: "a".repeat(200) }));
  // Seven segments in another alphabet: not one letter of it is in GSM-7.
  await run.deliver(run.inbound({ MessageSid: "SM2", Body: "ł".repeat(420) }));
  await run.deliver(run.inbound({ MessageSid: "SM2", Body: "ł".repeat(420) }));
  await run.enqueue({ text: "x".repeat(200) });
  await run.settle();
  // Five in the morning, UTC, is midnight in Lima.
  run.clock.set(new Date("2026-11-26T04:59:00Z"));
  await run.enqueue({ text: "Hola", phone: otherPhone });
  await run.settle();

  const first = { ...none, messagesIn: 2, segmentsIn: 9, messagesOut: 1, segmentsOut: 2, costCentimos: 80 };
  const second = { ...none, messagesOut: 1, segmentsOut: 1, costCentimos: 27 };
  expect(await read(november)).toEqual({
    prices: [
      { gateway: "android", segmentCentimos: null, receivedSegmentCentimos: null },
      { gateway: "simulator", segmentCentimos: 0, receivedSegmentCentimos: 0 },
      { gateway: "twilio", segmentCentimos: 26.5, receivedSegmentCentimos: 3 },
      { gateway: "twilio-whatsapp", segmentCentimos: null, receivedSegmentCentimos: null },
    ],
    days: [
      { day: "2026-11-24", gateway: "twilio", ...first },
      { day: "2026-11-25", gateway: "twilio", ...second },
    ],
    total: { ...none, messagesIn: 2, segmentsIn: 9, messagesOut: 2, segmentsOut: 3, costCentimos: 107 },
  });
  expect((await read("from=2026-11-25&until=2026-11-25")).total).toEqual(second);
  expect((await read(`${november}&gateway=android`)).total).toEqual(none);
  expect(await read("from=2026-11-25&until=2026-11-24")).toMatchObject({ code: "period-wrong" });
});

test("what a gateway refuses costs nothing, what it takes twice costs twice, what is in doubt is told apart", async () => {
  run.twilio.answer({ kind: "refuse", status: 429, code: 20429 }, { kind: "accept" }, { kind: "drop" });
  const id = await run.enqueue({ text: "Hola" });
  await run.settle();
  run.clock.advance({ minutes: 5 });
  await run.settle();
  expect((await run.outbound(id)).state).toBe("sent");
  await run.enqueue({ text: "Hola", phone: otherPhone });
  await run.settle();
  expect((await read(november)).total).toMatchObject({ messagesOut: 1, segmentsOut: 1, inDoubt: 1 });

  await run.db.sql`
    insert into notifications.outbound_attempts (message_id, number, gateway, started_at, outcome)
    values (${id}, 9, 'twilio', ${run.clock().toISOString()}, 'undelivered')`;
  expect((await read(november)).total).toMatchObject({ messagesOut: 2, segmentsOut: 2 });
});

test("what was sent long ago is told once when its attempts are forgotten, and of a gateway without a price no cost", async () => {
  const id = await run.enqueue({ text: "Hola" });
  await run.settle();
  await run.db.sql`delete from notifications.outbound_attempts where message_id = ${id}`;
  const { total } = await read(november);
  expect(total).toMatchObject({ messagesOut: 1, segmentsOut: 1, costCentimos: 27 });
  await run.db.sql`update notifications.outbound_messages set gateway = 'pigeon' where id = ${id}`;
  const known = await read(november);
  expect(known.days).toEqual([expect.objectContaining({ gateway: "pigeon", costCentimos: null })]);
  expect(known.total.costCentimos).toBeNull();
});

test("of a call for help nothing is kept that says how long it was", async () => {
  await run.deliver(run.inbound({ Body: `mi esposo me pega ${"ayuda ".repeat(60)}` }));
  expect((await read(november)).total).toMatchObject({ messagesIn: 1, segmentsIn: 1 });
});
