import { afterEach, beforeEach, expect, test } from "vitest";
import { otherPhone, phone, runWithTwilio, type TwilioRun } from "./messaging-run.ts";

let run: TwilioRun;
beforeEach(async () => {
  run = await runWithTwilio({ TWILIO_SEGMENTS_PER_SECOND: "2" });
});
afterEach(() => run.stop());

const read = async (token?: string) =>
  run.app.inject({
    url: "/api/notifications/channels",
    ...(token ? { headers: { authorization: `Bearer ${token}` } } : {}),
  });

test("an operator sees how the channel fares and what waits, and nobody else does", async () => {
  run.twilio.answer({ kind: "accept" }, { kind: "drop" }, { kind: "refuse", status: 401, code: 20003 });
  for (const text of ["uno", "dos", "tres"]) {
    await run.enqueue({ text });
    await run.settle();
  }
  run.clock.advance({ seconds: 10 });
  await run.enqueue({ phone: otherPhone, text: "cuatro", reply: true });
  const answer = await read(run.operatorToken());
  expect(answer.json()).toEqual({
    channels: [
      {
        gateway: "twilio",
        state: "paused",
        segmentsPerSecond: 2,
        until: new Date(run.clock().getTime() + 290_000).toISOString(),
        code: "20003",
        attempts: 3,
        accepted: 1,
      },
    ],
    waiting: [
      { lane: "reply", messages: 1, oldestSince: run.clock().toISOString() },
      { lane: "news", messages: 1, oldestSince: new Date(run.clock().getTime() - 10_000).toISOString() },
      { lane: "bulk", messages: 0, oldestSince: null },
    ],
    inDoubt: 1,
  });
  expect(answer.body).not.toContain(phone.slice(-6));
  expect((await read()).statusCode).toBe(401);
  expect((await read(run.operatorToken(false))).statusCode).toBe(403);
});

test("the metrics tell attempts by gateway and outcome, and what waits by lane, and name no phone", async () => {
  run.twilio.answer({ kind: "accept" }, { kind: "drop" });
  for (const text of ["uno", "dos"]) await run.enqueue({ text });
  await run.settle();
  for (let index = 0; index < 3; index++) await run.enqueue({ text: "x".repeat(1000), phone: otherPhone });
  await run.settle();
  run.clock.advance({ seconds: 1 });
  const { body } = await run.app.inject({ url: "/metrics" });
  expect(body).toContain('minka_sms_attempts{gateway="twilio",outcome="unknown"} 1');
  expect(body).toMatch(/minka_sms_attempts\{gateway="twilio",outcome="accepted"\} \d/);
  expect(body).toMatch(/minka_sms_waiting\{lane="news"\} [12]/);
  expect(body).toContain('minka_sms_oldest_waiting_seconds{lane="news"} 1');
  expect(body).toContain('minka_sms_gateway_up{gateway="twilio"} 1');
  expect(body).toContain("minka_sms_in_doubt 1");
  expect(body).not.toContain(phone.slice(-6));
});
