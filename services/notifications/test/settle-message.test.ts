import { createTestClock } from "@minka/test-kit/test-clock";
import { startFakeTwilio } from "@minka/test-kit/fake-twilio";
import { eq } from "@minka/database/query";
import { assert as checkEvery, asyncProperty, shuffledSubarray } from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { readConfig } from "../src/config.ts";
import { createSimulator } from "../src/gateways/simulator.ts";
import { createTwilioGateway } from "../src/gateways/twilio.ts";
import { outboundAttempts } from "../src/sending/sending-tables.ts";
import { outboundMessages, simulatorMessages } from "../src/tables.ts";
import {
  accountSid,
  authToken,
  phone,
  publicUrl,
  runMessaging,
  runWithTwilio,
  type MessagingRun,
  type TwilioRun,
} from "./messaging-run.ts";

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});
async function keep<Run extends MessagingRun>(starting: Promise<Run>): Promise<Run> {
  const run = await starting;
  stops.push(() => run.stop());
  return run;
}

const twilioConfig = (apiUrl: string) => {
  const [config] = readConfig({
    SMS_GATEWAY: "twilio",
    PUBLIC_URL: publicUrl,
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: authToken,
    TWILIO_FROM: "+15005550006",
    TWILIO_API_URL: apiUrl,
  });
  if (config?.kind !== "twilio") throw new Error("not Twilio");
  return config;
};

/** The row as a process leaves it that dies between its commit and the gateway's answer. */
async function die(run: MessagingRun, id: string, gateway: string): Promise<void> {
  await run.db.read
    .update(outboundMessages)
    .set({ state: "sending", sendingSince: run.clock(), attempts: 1, gateway })
    .where(eq(outboundMessages.id, id));
  await run.db.read
    .insert(outboundAttempts)
    .values({ messageId: id, number: 1, gateway, startedAt: run.clock() });
}

const outgoing = (run: MessagingRun, id: string, text = "Hola", attempt = 1) => ({
  id,
  attempt,
  phone,
  text,
  expiresAt: new Date(run.clock().getTime() + 60_000),
  ephemeral: false,
});

describe("after a crash, with the simulator", () => {
  test.each([true, false])(
    "the message is there once, whether it had been taken (%s) or not",
    async (taken) => {
      const run = await keep(runMessaging());
      const id = await run.enqueue({});
      if (taken) await createSimulator(run).send(outgoing(run, id));
      await die(run, id, "simulator");
      await run.settle();
      expect(await run.outbound(id)).toMatchObject({ state: "sending" });
      run.clock.advance({ seconds: 30 });
      await run.settle();
      expect(await run.outbound(id)).toMatchObject({
        state: "sent",
        externalId: id,
        attempts: taken ? 1 : 2,
      });
      expect(await run.db.read.select().from(simulatorMessages)).toMatchObject([{ id, text: "Hola" }]);
    },
  );

  test("what is not to be kept is not sent again, and is blanked", async () => {
    const run = await keep(runMessaging());
    const id = await run.enqueue({ ephemeral: true });
    await die(run, id, "simulator");
    run.clock.advance({ seconds: 30 });
    await run.settle();
    expect(await run.outbound(id)).toMatchObject({ state: "failed", body: null, lastError: "unsettled" });
    expect(await run.db.read.select().from(simulatorMessages)).toEqual([]);
    expect(await run.attention()).toEqual([]);
  });
});

describe("after a crash, with Twilio", () => {
  test("a message that it took is found in its list by phone and text, and not sent again", async () => {
    const run = await keep(runWithTwilio());
    const id = await run.enqueue({});
    const next = await run.enqueue({ text: "Espera" });
    const gateway = createTwilioGateway({ config: twilioConfig(run.twilio.url), clock: run.clock });
    await gateway.send(outgoing(run, id));
    await gateway.send(outgoing(run, id, "otro texto"));
    await die(run, id, "twilio");
    await run.settle();
    expect(await run.outbound(next)).toMatchObject({ state: "queued" });
    run.clock.advance({ seconds: 30 });
    await run.settle();
    expect(await run.outbound(id)).toMatchObject({ state: "sent", externalId: run.twilio.accepted[0]?.sid });
    expect(await run.outbound(next)).toMatchObject({ state: "sent" });
    expect(run.twilio.accepted.map(({ body }) => body)).toEqual(["Hola", "otro texto", "Espera"]);
  });

  test("neither an older message nor one that is accounted for is taken for it", async () => {
    const run = await keep(runWithTwilio());
    const gateway = createTwilioGateway({ config: twilioConfig(run.twilio.url), clock: run.clock });
    await gateway.send(outgoing(run, "a message of last year"));
    run.clock.advance({ minutes: 6 });
    const first = await run.enqueue({});
    await run.settle();
    expect(await run.outbound(first)).toMatchObject({ state: "sent" });
    const second = await run.enqueue({});
    await die(run, second, "twilio");
    run.clock.advance({ seconds: 30 });
    await run.settle();
    expect(await run.outbound(second)).toMatchObject({ state: "unknown", externalId: null });
  });

  test("one that is not in the list is never sent again: after ten minutes an operator looks", async () => {
    const run = await keep(runWithTwilio());
    const id = await run.enqueue({});
    const next = await run.enqueue({ text: "Espera" });
    await die(run, id, "twilio");
    const until = run.clock().getTime() + 10 * 60_000;
    run.clock.advance({ seconds: 30 });
    await run.settle();
    expect(await run.outbound(id)).toMatchObject({ state: "unknown" });
    expect(await run.outbound(next)).toMatchObject({ state: "sent" });
    for (let looks = 0; run.clock().getTime() < until; looks++) {
      expect(looks).toBeLessThan(10);
      expect(await run.attention()).toEqual([]);
      run.clock.set((await run.outbound(id)).dueAt);
      await run.settle();
    }
    expect(run.clock().getTime()).toBe(until);
    expect(await run.outbound(id)).toMatchObject({ state: "failed", lastError: "unsettled" });
    expect(await run.attention()).toMatchObject([
      { kind: "message_unsettled", messageId: id, resolvedAt: null },
    ]);
    run.clock.advance({ hours: 2 });
    await run.settle();
    expect(run.twilio.attempts()).toBe(1);
    expect(run.twilio.accepted).toMatchObject([{ body: "Espera" }]);
  });
});

describe("an attempt without an answer", () => {
  test.each(["accept-then-drop", "drop"] as const)(
    "(%s) is in doubt, and settled by the list",
    async (kind) => {
      const run = await keep(runWithTwilio());
      run.twilio.answer({ kind });
      const id = await run.enqueue({});
      await run.settle();
      expect(await run.outbound(id)).toMatchObject({ state: "unknown" });
      run.clock.advance({ seconds: 15 });
      await run.settle();
      expect(await run.outbound(id)).toMatchObject({ state: kind === "drop" ? "unknown" : "sent" });
      expect(run.twilio.attempts()).toBe(1);
    },
  );

  test.each([500, 503])("(status %d) is in doubt", async (status) => {
    const run = await keep(runWithTwilio());
    run.twilio.answer({ kind: "refuse", status });
    const id = await run.enqueue({});
    await run.settle();
    expect(await run.outbound(id)).toMatchObject({ state: "unknown", lastError: `http ${status}` });
  });

  test("is given up in time, and says nothing of the text", async () => {
    const clock = createTestClock();
    const twilio = await startFakeTwilio({ accountSid, authToken, clock });
    stops.push(() => twilio.stop());
    twilio.answer({ kind: "accept-then-hang" });
    const gateway = createTwilioGateway({ config: twilioConfig(twilio.url), clock, timeoutMs: 50 });
    const expiresAt = new Date(clock().getTime() + 60_000);
    const outcome = await gateway.send({
      id: "1",
      attempt: 1,
      phone,
      text: "Hola",
      expiresAt,
      ephemeral: false,
    });
    expect(outcome).toEqual({ kind: "unknown", error: "ECONNABORTED" });
  });

  test("is settled by the report alone, also after the operator was asked", async () => {
    const run = await keep(runWithTwilio());
    run.twilio.answer({ kind: "accept-then-drop" });
    const id = await run.enqueue({});
    await run.settle();
    const [message] = run.twilio.accepted;
    if (!message) throw new Error("nothing was accepted");
    const report = run.twilio.report(message, "delivered");
    run.twilio.accepted.splice(0); // its list has lost it
    for (let minutes = 0; minutes <= 10; minutes++) {
      run.clock.advance({ minutes: 1 });
      await run.settle();
    }
    expect(await run.outbound(id)).toMatchObject({ state: "failed", lastError: "unsettled" });
    await run.deliver(report);
    expect(await run.outbound(id)).toMatchObject({
      state: "delivered",
      externalId: message.sid,
      lastError: null,
    });
    expect(await run.attention()).toMatchObject([
      { kind: "message_unsettled", resolvedBy: "service:notifications" },
    ]);
  });
});

describe("reports", () => {
  test("may come before Twilio's own answer", async () => {
    const run = await keep(runWithTwilio());
    run.twilio.answer({
      kind: "accept",
      before: async (message) => {
        await run.deliver(run.twilio.report(message, "delivered"));
      },
    });
    const id = await run.enqueue({});
    const next = await run.enqueue({});
    await run.settle();
    expect(await run.outbound(id)).toMatchObject({
      state: "delivered",
      externalId: run.twilio.accepted[0]?.sid,
      attempts: 1,
    });
    expect(await run.outbound(next)).toMatchObject({ state: "sent" });
  });

  test("lead to the same end in every order, with every repeat", async () => {
    const run = await keep(runWithTwilio());
    const words = ["queued", "sending", "sent", "delivered"] as const;
    await checkEvery(
      asyncProperty(shuffledSubarray([...words, ...words, ...words], { minLength: 1 }), async (order) => {
        const id = await run.enqueue({});
        await run.settle();
        const message = run.twilio.accepted.at(-1);
        if (!message) throw new Error("nothing was accepted");
        for (const word of order) {
          expect((await run.deliver(run.twilio.report(message, word))).statusCode).toBe(200);
        }
        expect((await run.outbound(id)).state).toBe(order.includes("delivered") ? "delivered" : "sent");
      }),
      { numRuns: 40 },
    );
    expect(await run.attention()).toEqual([]);
  });

  test("at once count as one: a failure is alerted once, and nothing late undoes it", async () => {
    const run: TwilioRun = await keep(runWithTwilio());
    const id = await run.enqueue({});
    await run.settle();
    const [message] = run.twilio.accepted;
    if (!message) throw new Error("nothing was accepted");
    const failed = run.twilio.report(message, "undelivered", { errorCode: 30006 });
    await Promise.all(Array.from({ length: 20 }, () => run.deliver(failed)));
    await run.deliver(run.twilio.report(message, "sent"));
    expect(await run.outbound(id)).toMatchObject({ state: "undelivered", lastError: "30006" });
    expect(await run.attention()).toMatchObject([{ kind: "message_failed", messageId: id }]);
  });

  test("of an opt-out are remembered", async () => {
    const run = await keep(runWithTwilio());
    await run.enqueue({});
    await run.settle();
    const [message] = run.twilio.accepted;
    if (!message) throw new Error("nothing was accepted");
    await run.deliver(run.twilio.report(message, "failed", { errorCode: 21610 }));
    const next = await run.enqueue({});
    await run.settle();
    expect(await run.outbound(next)).toMatchObject({ state: "withheld" });
  });

  test("that are not signed change nothing", async () => {
    const run = await keep(runWithTwilio());
    const id = await run.enqueue({});
    await run.settle();
    const [message] = run.twilio.accepted;
    if (!message) throw new Error("nothing was accepted");
    const report = run.twilio.report(message, "delivered");
    const elsewhere = { ...report, url: report.url.replace("attempt=1", "attempt=2") };
    expect((await run.deliver(elsewhere)).statusCode).toBe(403);
    expect(await run.outbound(id)).toMatchObject({ state: "sent" });
  });
});
