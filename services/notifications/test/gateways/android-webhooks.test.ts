import { signAndroidRequest, startFakeAndroid, type AndroidCall } from "@minka/test-kit/fake-android";
import { createTestClock } from "@minka/test-kit/test-clock";
import { asc, eq } from "@minka/database/query";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { outboundAttempts } from "../../src/sending/sending-tables.ts";
import { conversations, inboundMessages } from "../../src/tables.ts";
import { otherPhone, phone, publicUrl, runMessaging, type MessagingRun } from "../messaging-run.ts";

const login = { username: "minka", password: "clave" };
const key = "la-llave-del-telefono";
const formerKey = "la-llave-de-antes";

const clock = createTestClock();
const android = await startFakeAndroid({ ...login, webhookKey: key, clock });
let run: MessagingRun;
beforeAll(async () => {
  const environment = {
    SMS_GATEWAY: "android",
    ANDROID_API_URL: android.url,
    ANDROID_USERNAME: login.username,
    ANDROID_PASSWORD: login.password,
    ANDROID_WEBHOOK_KEY: key,
    ANDROID_WEBHOOK_KEY_PREVIOUS: formerKey,
    ANDROID_SEGMENTS_PER_SECOND: "1000",
  };
  run = await runMessaging(environment, clock);
});
afterAll(async () => {
  await run.stop();
  await android.stop();
});
beforeEach(async () => {
  await run.db.read.delete(inboundMessages);
  await run.db.read.delete(conversations);
  clock.advance({ hours: 1 });
});

const deliver = ({ url, headers, payload }: AndroidCall) =>
  run.app.inject({ method: "POST", url: url.slice(publicUrl.length), headers, payload });
const stored = () => run.db.read.select().from(inboundMessages).orderBy(asc(inboundMessages.sequence));
const attemptsOf = (id: string) =>
  run.db.read
    .select()
    .from(outboundAttempts)
    .where(eq(outboundAttempts.messageId, id))
    .orderBy(asc(outboundAttempts.number));

describe("a message from the Android phone", () => {
  test("is kept, and its phone waits for an answer", async () => {
    const response = await deliver(android.posts(android.writes("987 654 321", "Tengo broca en el café ☕")));
    expect(response.statusCode).toBe(204);
    expect(await stored()).toMatchObject([
      { gateway: "android", phone, body: "Tengo broca en el café ☕", safety: false },
    ]);
    expect(await run.db.read.select().from(conversations)).toMatchObject([{ phone, gateway: "android" }]);
  });

  test("that is told again and again under new ids, hours apart, is one message", async () => {
    const written = android.writes(phone, "1");
    await Promise.all(Array.from({ length: 20 }, () => deliver(android.posts(written))));
    clock.advance({ hours: 5 });
    expect((await deliver(android.posts(written))).statusCode).toBe(204);
    expect(await stored()).toHaveLength(1);
  });

  test("that says the same as one before, but was written later, is another", async () => {
    await deliver(android.posts(android.writes(phone, "1")));
    clock.advance({ seconds: 10 });
    await deliver(android.posts(android.writes(phone, "1")));
    expect(await stored()).toHaveLength(2);
  });

  test("fetched from its inbox is the one that it told of, and one that it never told of is not lost", async () => {
    const told = android.writes(phone, "contado");
    await deliver(android.posts(told));
    android.writes(otherPhone, "callado");
    clock.advance({ minutes: 5 });
    await run.settle();
    for (const late of android.exported) await deliver(late);
    await deliver(android.posts(told));
    expect((await stored()).map(({ body }) => body)).toEqual(["contado", "callado"]);
  });

  test("from a sender that cannot be answered is not kept", async () => {
    for (const from of ["CLARO", "24273", ""]) {
      expect((await deliver(android.posts(android.writes(from, "Gane un premio")))).statusCode).toBe(204);
    }
    expect(await stored()).toEqual([]);
  });

  test("leaves nothing of its words in the id under which it is known", async () => {
    const secret = "mi clave es 4711";
    await deliver(android.posts(android.writes(phone, secret)));
    const [kept] = await stored();
    expect(kept?.externalId).toMatch(/^[\w-]{43}$/);
    expect(Buffer.from(kept?.externalId ?? "", "base64url").toString("latin1")).not.toContain("4711");
  });
});

describe("a request that the Android phone did not make", () => {
  const url = `${publicUrl}/sms/android/webhooks`;

  test("is refused when its signature is wrong, missing, or made for another body, and leaves nothing", async () => {
    const good = android.posts(android.writes(phone, "Hola"));
    const without = (name: string) => ({
      ...good,
      headers: Object.fromEntries(Object.entries(good.headers).filter(([header]) => header !== name)),
    });
    const forged = [
      android.posts(android.writes(phone, "Hola"), { key: "otra-llave" }),
      without("x-signature"),
      without("x-timestamp"),
      { ...good, payload: good.payload.replace("Hola", "Otra") },
      { ...good, headers: { ...good.headers, "x-signature": "" } },
      { ...good, headers: { ...good.headers, "x-signature": "ñ".repeat(64) } },
      { ...good, headers: { ...good.headers, "x-timestamp": "ahora" } },
      { ...good, headers: { ...good.headers, "x-timestamp": String(clock().getTime() / 1000 + 1) } },
    ];
    for (const call of forged) {
      const response = await deliver(call);
      expect(response.statusCode).toBe(403);
      expect(response.json()).toMatchObject({ code: "signature-invalid" });
    }
    expect(await stored()).toEqual([]);
    expect((await deliver(good)).statusCode).toBe(204);
  });

  test("is refused when it is an old one played again", async () => {
    const written = android.writes(phone, "Hola");
    const copied = android.posts(written);
    clock.advance({ minutes: 11 });
    expect((await deliver(copied)).statusCode).toBe(403);
    // Signed ahead of time, to be played later.
    const ahead = new Date(clock().getTime() + 11 * 60_000);
    expect((await deliver(android.posts(written, { at: ahead }))).statusCode).toBe(403);
    expect(await stored()).toEqual([]);
    // A clock that is wrong by five minutes is none.
    for (const minutes of [-5, 5]) {
      const at = new Date(clock().getTime() + minutes * 60_000);
      expect((await deliver(android.posts(written, { at }))).statusCode).toBe(204);
    }
    expect(await stored()).toHaveLength(1);
  });

  test("is signed with the former key while keys are being changed", async () => {
    const response = await deliver(android.posts(android.writes(phone, "Hola"), { key: formerKey }));
    expect(response.statusCode).toBe(204);
    expect(await stored()).toHaveLength(1);
  });

  test("is told by its signature, whatever host a proxy says", async () => {
    const call = android.posts(android.writes(phone, "Hola"));
    const behindProxy = { ...call, headers: { ...call.headers, host: "10.0.0.7:3000" } };
    expect((await deliver(behindProxy)).statusCode).toBe(204);
  });

  test("that is signed but says nothing of use is refused for what it is, without its words", async () => {
    const sign = (event: object) => signAndroidRequest(url, event, key, clock());
    const incomplete = await deliver(sign({ event: "sms:received", payload: { message: "4711" } }));
    expect(incomplete.statusCode).toBe(422);
    expect(incomplete.json()).toMatchObject({ code: "invalid-input" });
    expect(incomplete.body).not.toContain("4711");
    expect((await deliver(sign({ event: "system:ping", payload: {} }))).statusCode).toBe(204);
    expect((await deliver(sign([1]))).statusCode).toBe(204);
    const asForm = { ...sign({}), headers: { "content-type": "application/x-www-form-urlencoded" } };
    expect((await deliver(asForm)).statusCode).toBe(415);
    const huge = sign({ event: "sms:received", payload: { message: "a".repeat(70_000) } });
    expect((await deliver(huge)).statusCode).toBe(413);
    expect(await stored()).toEqual([]);
  });
});

describe("reports of the Android phone", () => {
  const lastTaken = () => {
    const message = android.accepted.at(-1);
    if (!message) throw new Error("nothing was taken");
    return message;
  };

  test("raise what is known of a message, in whatever order and however often they come", async () => {
    const id = await run.enqueue({});
    await run.settle();
    const message = lastTaken();
    expect(await run.outbound(id)).toMatchObject({
      state: "sent",
      gateway: "android",
      externalId: message.id,
    });
    for (const word of ["delivered", "sent", "delivered", "sent"] as const) {
      expect((await deliver(android.report(message, word))).statusCode).toBe(204);
    }
    expect(await run.outbound(id)).toMatchObject({ state: "delivered" });
  });

  test("of a failure have it tried again as a new message, and a late copy of them does not", async () => {
    const id = await run.enqueue({});
    await run.settle();
    const first = lastTaken();
    const failed = android.report(first, "failed", {
      reason: "Send result: RESULT_ERROR_GENERIC_FAILURE (Generic failure cause)",
    });
    await deliver(failed);
    expect(await run.outbound(id)).toMatchObject({ state: "queued", lastError: "ERROR_GENERIC_FAILURE" });
    clock.advance({ minutes: 1 });
    await run.settle();
    const second = lastTaken();
    expect(second.id).not.toBe(first.id);
    expect(await run.outbound(id)).toMatchObject({ state: "sent", attempts: 2, externalId: second.id });
    await deliver(failed);
    expect(await run.outbound(id)).toMatchObject({ state: "sent" });
    await deliver(android.report(second, "delivered"));
    expect(await run.outbound(id)).toMatchObject({ state: "delivered" });
    expect(android.acceptances().filter(({ body }) => body === "Hola").length).toBeGreaterThanOrEqual(2);
  });

  test("find their attempt though the phone counts otherwise than we do", async () => {
    const before = android.acceptances().length;
    android.answer({ kind: "drop" }, { kind: "accept-then-drop" });
    const id = await run.enqueue({ text: "dudoso" });
    await run.settle();
    clock.advance({ seconds: 15 });
    await run.settle();
    expect(await run.outbound(id)).toMatchObject({ state: "unknown", attempts: 2 });
    const taken = lastTaken();
    expect(taken.id).toMatch(/-1$/);
    await deliver(android.report(taken, "delivered"));
    expect(await run.outbound(id)).toMatchObject({ state: "delivered", externalId: taken.id });
    expect(await attemptsOf(id)).toMatchObject([
      { number: 1, outcome: "unknown" },
      { number: 2, outcome: "delivered" },
    ]);
    expect(android.acceptances().length - before).toBe(1);
  });

  test("about messages that are none of Minka's change nothing", async () => {
    const sign = (messageId: string) =>
      signAndroidRequest(
        `${publicUrl}/sms/android/webhooks`,
        { event: "sms:failed", payload: { messageId, reason: "TTL expired" } },
        key,
        clock(),
      );
    for (const id of ["", "PyDmBQZZXYmyxMwED8Fzy", `${"0".repeat(32)}-1`, `${"0".repeat(32)}-99999`]) {
      expect((await deliver(sign(id))).statusCode).toBe(204);
    }
  });
});

test("what was taken without an answer is found by its id, and handed over once", async () => {
  const before = android.acceptances().length;
  android.answer({ kind: "accept-then-drop" });
  const id = await run.enqueue({ text: "una sola vez" });
  await run.settle();
  expect(await run.outbound(id)).toMatchObject({ state: "unknown" });
  clock.advance({ minutes: 1 });
  await run.settle();
  expect(await run.outbound(id)).toMatchObject({ state: "sent" });
  expect(android.acceptances().length - before).toBe(1);
});

test("what was not taken before the connection broke is handed over again, once", async () => {
  const before = android.acceptances().length;
  android.answer({ kind: "drop" });
  const id = await run.enqueue({ text: "otra sola vez" });
  await run.settle();
  expect(await run.outbound(id)).toMatchObject({ state: "unknown" });
  clock.advance({ seconds: 15 });
  await run.settle();
  expect(await run.outbound(id)).toMatchObject({ state: "sent", attempts: 2 });
  expect(android.acceptances().length - before).toBe(1);
});
