import { sendText } from "@minka/contracts/notifications";
import { signTwilioRequest } from "@minka/test-kit/fake-twilio";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { channels } from "../src/sending/sending-tables.ts";
import { audit, optOuts } from "../src/tables.ts";
import { authToken, otherPhone, phone, publicUrl, runWithTwilio, type TwilioRun } from "./messaging-run.ts";

let run: TwilioRun;
beforeEach(async () => {
  run = await runWithTwilio();
});
afterEach(() => run.stop());

const sentTo = (to: string) =>
  run.twilio.accepted.filter((message) => message.to === to).map(({ body }) => body);
const optOut = (of = phone) => run.db.read.insert(optOuts).values({ phone: of, since: run.clock() });

describe("a message", () => {
  test("goes to the gateway folded to GSM-7, with its id in the report's address", async () => {
    const expiresAt = new Date(run.clock().getTime() + 3_600_000);
    const id = await run.enqueue({ text: "Café a sus órdenes", expiresAt });
    await run.settle();
    expect(run.twilio.accepted).toMatchObject([
      {
        to: phone,
        from: "+15005550006",
        body: "Café a sus ordenes",
        statusCallback: `${publicUrl}/sms/twilio/status?message=${id}&attempt=1`,
        validityPeriod: 3_600,
      },
    ]);
    expect(await run.outbound(id)).toMatchObject({
      state: "sent",
      gateway: "twilio",
      externalId: run.twilio.accepted[0]?.sid,
      attempts: 1,
      sentAt: run.clock(),
    });
  });

  test("is sent after the earlier ones of its phone, and does not wait for other phones", async () => {
    const texts = Array.from({ length: 6 }, (_, index) => `mensaje ${index}`);
    for (const text of texts) {
      await run.enqueue({ text });
      await run.enqueue({ text, phone: otherPhone });
    }
    run.twilio.answer({ kind: "refuse", status: 400, code: 21611 });
    await run.settle();
    const [early, late] = [sentTo(phone), sentTo(otherPhone)].toSorted((a, b) => a.length - b.length);
    expect(early).toEqual([]);
    expect(late).toEqual(texts);
    run.clock.advance({ seconds: 30 });
    await run.settle();
    expect([sentTo(phone), sentTo(otherPhone)]).toEqual([texts, texts]);
  });

  test("that is to go out later holds up nobody", async () => {
    await run.enqueue({ text: "mañana", at: new Date(run.clock().getTime() + 30_000) });
    await run.enqueue({ text: "ahora" });
    await run.settle();
    expect(sentTo(phone)).toEqual(["ahora"]);
    run.clock.advance({ seconds: 30 });
    await run.settle();
    expect(sentTo(phone)).toEqual(["ahora", "mañana"]);
  });

  test("is not sent when it is worth nothing any more", async () => {
    const id = await run.enqueue({ expiresAt: new Date(run.clock().getTime() + 60_000) });
    const next = await run.enqueue({ text: "luego" });
    run.clock.advance({ minutes: 1 });
    await run.settle();
    expect(await run.outbound(id)).toMatchObject({ state: "expired", attempts: 0 });
    expect(await run.outbound(next)).toMatchObject({ state: "sent" });
  });

  test("that is not to be kept is blanked with the first attempt that may have been taken, and not tried again", async () => {
    run.twilio.answer(
      { kind: "accept" },
      { kind: "refuse", status: 400, code: 21211 },
      { kind: "accept-then-drop" },
    );
    const ids = [];
    for (const text of ["clave 1", "clave 2", "clave 3"]) {
      ids.push(await run.enqueue({ text, ephemeral: true }));
      await run.settle();
    }
    run.clock.advance({ hours: 1 });
    await run.settle();
    expect(await Promise.all(ids.map((id) => run.outbound(id)))).toMatchObject([
      { state: "sent", body: null },
      { state: "failed", body: null, lastError: "21211" },
      { state: "failed", body: null, lastError: "unsettled" },
    ]);
    expect(run.twilio.attempts()).toBe(3);
  });
});

describe("a phone that wants no messages", () => {
  test("gets none that was written before it said so, but the answer to what it wrote", async () => {
    const before = await run.enqueue({ text: "antes" });
    await optOut();
    const confirmation = await run.enqueue({ text: "Listo", reply: true });
    const after = await run.enqueue({ text: "después" });
    await run.settle();
    expect(sentTo(phone)).toEqual(["Listo"]);
    expect(await run.outbound(before)).toMatchObject({ state: "withheld", attempts: 0 });
    expect(await run.outbound(confirmation)).toMatchObject({ state: "sent" });
    expect(await run.outbound(after)).toMatchObject({ state: "withheld" });
  });

  test("gets none that waits for another try when it says so", async () => {
    run.twilio.answer({ kind: "refuse", status: 400, code: 21611 });
    const id = await run.enqueue({});
    await run.settle();
    await optOut();
    run.clock.advance({ minutes: 1 });
    await run.settle();
    expect(await run.outbound(id)).toMatchObject({ state: "withheld", attempts: 1 });
    expect(run.twilio.accepted).toEqual([]);
  });

  test("is remembered when it said so to Twilio itself", async () => {
    run.twilio.answer({ kind: "refuse", status: 400, code: 21610 });
    const first = await run.enqueue({});
    const second = await run.enqueue({});
    await run.settle();
    expect(await run.outbound(first)).toMatchObject({ state: "failed", lastError: "21610" });
    expect(await run.outbound(second)).toMatchObject({ state: "withheld" });
    expect(await run.db.read.select().from(optOuts)).toEqual([{ phone, since: run.clock() }]);
    expect(await run.db.read.select().from(audit)).toMatchObject([{ action: "opted-out", subject: first }]);
    expect(await run.attention()).toEqual([]);
  });
});

describe("a refusal", () => {
  test("for good ends the message, tells the operator, and lets the next one go", async () => {
    run.twilio.answer({ kind: "refuse", status: 400, code: 21614 });
    const id = await run.enqueue({});
    const next = await run.enqueue({});
    await run.settle();
    expect(await run.outbound(id)).toMatchObject({ state: "failed", lastError: "21614", attempts: 1 });
    expect(await run.outbound(next)).toMatchObject({ state: "sent" });
    expect(await run.attention()).toMatchObject([{ kind: "message_failed", phone, messageId: id }]);
  });

  test("for now is tried again, ever more seldom, until the message expires", async () => {
    const refusal = { kind: "refuse", status: 400, code: 21611 } as const;
    run.twilio.answer(refusal, refusal, refusal, refusal);
    const id = await run.enqueue({ expiresAt: new Date(run.clock().getTime() + 4 * 60_000) });
    const waits = [];
    for (let attempt = 1; attempt <= 3; attempt++) {
      await run.settle();
      const { dueAt, state, attempts } = await run.outbound(id);
      expect({ state, attempts }).toEqual({ state: "queued", attempts: attempt });
      waits.push((dueAt.getTime() - run.clock().getTime()) / 1000);
      run.clock.set(dueAt);
    }
    expect(waits).toEqual([30, 60, 120]);
    await run.settle();
    expect(await run.outbound(id)).toMatchObject({ state: "failed", lastError: "21611", attempts: 4 });
  });

  test("that would hit every message pauses the channel, alerts once, and goes on by itself", async () => {
    run.twilio.answerAlways({ kind: "refuse", status: 401, code: 20003 });
    const id = await run.enqueue({});
    await run.settle();
    const later = await run.enqueue({ phone: otherPhone });
    await run.settle();
    expect(run.twilio.attempts()).toBe(1);
    expect(await run.outbound(id)).toMatchObject({ state: "queued", lastError: "20003" });
    expect(await run.outbound(later)).toMatchObject({ state: "queued", attempts: 0 });
    expect(await run.db.read.select().from(channels)).toMatchObject([
      { gateway: "twilio", pauseCode: "20003" },
    ]);
    run.clock.advance({ minutes: 5 });
    await run.settle();
    expect(await run.attention()).toMatchObject([{ kind: "channel_paused", text: "twilio 20003" }]);
    run.twilio.answerAlways({ kind: "accept" });
    run.clock.advance({ minutes: 5 });
    await run.settle();
    expect(await run.outbound(id)).toMatchObject({ state: "sent" });
    expect(await run.outbound(later)).toMatchObject({ state: "sent" });
  });

  test("by a machine that is not there is tried again: nothing was sent", async () => {
    await run.twilio.stop();
    const id = await run.enqueue({});
    await run.settle();
    expect(await run.outbound(id)).toMatchObject({ state: "queued", lastError: "ECONNREFUSED" });
  });
});

test("another service has a text sent once, even to a phone that wants no messages, and it is kept nowhere", async () => {
  await optOut();
  const body = {
    phone,
    text: "sign_in_code",
    parameters: { code: "123456" },
    expiresAt: new Date(run.clock().getTime() + 600_000).toISOString(),
  } as const;
  const options = { trace: "test-trace", idempotencyKey: "code-1" };
  const call = run.callAs("profiles");
  const first = await call(sendText, { body }, options);
  expect(await call(sendText, { body }, options)).toEqual(first);
  await run.settle();
  expect(sentTo(phone)).toEqual([expect.stringContaining("123456")]);
  expect(await run.outbound(first.messageId)).toMatchObject({ state: "sent", body: null });
  const anonymous = await run.app.inject({
    method: "POST",
    url: "/api/notifications/messages",
    payload: body,
  });
  expect(anonymous.statusCode).toBe(401);
});

test("a refusal in a report to a phone out of coverage lets later messages pass, and is tried again in an hour", async () => {
  const id = await run.enqueue({ text: "primero" });
  await run.settle();
  const [message] = run.twilio.accepted;
  if (!message) throw new Error("nothing was accepted");
  await run.deliver(run.twilio.report(message, "undelivered", { errorCode: 30003 }));
  const next = await run.enqueue({ text: "segundo" });
  await run.settle();
  expect(await run.outbound(id)).toMatchObject({ state: "queued", lastError: "30003" });
  expect(await run.outbound(next)).toMatchObject({ state: "sent" });
  // The report again, and a late one of the attempt that failed, change nothing.
  await run.deliver(run.twilio.report(message, "undelivered", { errorCode: 30003 }));
  await run.deliver(run.twilio.report(message, "sent"));
  expect(await run.outbound(id)).toMatchObject({ state: "queued", attempts: 1 });
  run.clock.advance({ hours: 1 });
  await run.settle();
  expect(sentTo(phone)).toEqual(["primero", "segundo", "primero"]);
  expect(run.twilio.accepted[2]?.statusCallback).toContain("attempt=2");
  const stranger = signTwilioRequest(
    `${publicUrl}/sms/twilio/status?message=not-ours`,
    { MessageSid: "SM1", MessageStatus: "failed" },
    authToken,
  );
  expect((await run.deliver(stranger)).statusCode).toBe(200);
});
