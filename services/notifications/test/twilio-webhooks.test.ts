import { signTwilioRequest } from "@minka/test-kit/fake-twilio";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { conversations, inboundMessages } from "../src/tables.ts";
import { authToken, phone, publicUrl, runMessaging, runWithTwilio, type TwilioRun } from "./messaging-run.ts";

let run: TwilioRun;
beforeAll(async () => {
  run = await runWithTwilio({ TWILIO_AUTH_TOKEN_PREVIOUS: "the-former-token" });
});
afterAll(() => run.stop());
beforeEach(async () => {
  await run.db.read.delete(inboundMessages);
  await run.db.read.delete(conversations);
});

const stored = () => run.db.read.select().from(inboundMessages).orderBy(inboundMessages.sequence);

describe("a message from Twilio", () => {
  test("is kept, answered with empty TwiML, and its phone waits for an answer", async () => {
    const response = await run.deliver(run.inbound({ Body: "Tengo broca en el cafe" }));
    expect(response.statusCode).toBe(200);
    expect(response.headers["content-type"]).toContain("text/xml");
    expect(response.body).toBe("<Response/>");
    expect(await stored()).toMatchObject([
      { gateway: "twilio", externalId: "SM1", phone, body: "Tengo broca en el cafe", safety: false },
    ]);
    expect(await run.db.read.select().from(conversations)).toMatchObject([
      { phone, version: 0, unansweredSince: run.clock() },
    ]);
  });

  test("that is posted a hundred times at once is one message", async () => {
    const call = run.inbound({ MessageSid: "SM100" });
    const responses = await Promise.all(Array.from({ length: 100 }, () => run.deliver(call)));
    expect(new Set(responses.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    expect(await stored()).toHaveLength(1);
    expect(await run.db.read.select().from(conversations)).toHaveLength(1);
  });

  test("that comes again after it was answered wakes nobody", async () => {
    await run.deliver(run.inbound({}));
    await run.db.read.update(conversations).set({ unansweredSince: null });
    await run.deliver(run.inbound({}));
    expect(await run.db.read.select().from(conversations)).toMatchObject([{ unansweredSince: null }]);
  });

  test("many of one phone at once are numbered in the order in which they can be read", async () => {
    const seen: number[][] = [];
    const calls = Array.from({ length: 20 }, async (_, index) => {
      await run.deliver(run.inbound({ MessageSid: `SM2${index}` }));
      seen.push((await stored()).map(({ sequence }) => sequence));
    });
    await Promise.all(calls);
    const last = seen.at(-1) ?? [];
    expect(last).toHaveLength(20);
    for (const view of seen) expect(view).toEqual(last.slice(0, view.length));
  });

  test.each([
    ["nothing", ""],
    ["only emoji", "👍🏽☕️"],
    ["a character that PostgreSQL cannot keep", "ho\u0000la", "hola"],
  ])("of %s is kept", async (_, text, kept = text) => {
    const response = await run.deliver(run.inbound({ Body: text }));
    expect(response.statusCode).toBe(200);
    expect(await stored()).toMatchObject([{ body: kept }]);
  });

  test("in bytes that are not UTF-8 is kept with what can be read of it", async () => {
    const { headers } = run.inbound({ Body: "caf\uFFFD" });
    const fields = `MessageSid=SM1&From=${encodeURIComponent(phone)}&To=%2B15005550006&Body=`;
    for (const latin1 of [Buffer.from(`${fields}caf%E9`), Buffer.from(`${fields}caf\u00e9`, "latin1")]) {
      const response = await run.deliver({
        url: `${publicUrl}/sms/twilio/inbound`,
        headers,
        payload: latin1,
      });
      expect(response.statusCode).toBe(200);
    }
    expect(await stored()).toMatchObject([{ body: "caf\uFFFD" }]);
  });

  test("from a sender that cannot be answered is not kept", async () => {
    for (const From of ["24273", "CLARO", "whatsapp:+51987654321", ""]) {
      expect((await run.deliver(run.inbound({ From }))).statusCode).toBe(200);
    }
    expect(await stored()).toEqual([]);
  });

  test("from a phone written the local way is kept under its full number", async () => {
    await run.deliver(run.inbound({ From: "987654321" }));
    expect(await stored()).toMatchObject([{ phone }]);
  });
});

describe("a request that Twilio did not make", () => {
  test("is refused when its signature is wrong or missing, and leaves nothing", async () => {
    const good = run.inbound({});
    const forged = [
      run.inbound({}, "another-token"),
      { ...good, headers: { "content-type": "application/x-www-form-urlencoded" } },
      { ...good, payload: good.payload.replace("Hola", "Otra") },
      { ...good, url: `${good.url}?more=1` },
      { ...good, headers: { ...good.headers, "x-twilio-signature": "" } },
    ];
    for (const call of forged) {
      const response = await run.deliver(call);
      expect(response.statusCode).toBe(403);
      expect(response.headers["content-type"]).toContain("application/problem+json");
      expect(response.json()).toMatchObject({ code: "signature-invalid" });
    }
    expect(await stored()).toEqual([]);
  });

  test("is measured against the public address, whatever the Host header says", async () => {
    const call = run.inbound({});
    const hosts: Record<string, string>[] = [
      { host: "10.0.0.7:3000" },
      { host: "10.0.0.7", "x-forwarded-host": "evil.example", "x-forwarded-proto": "http" },
      { host: "minka.example:443", forwarded: "host=evil.example;proto=http" },
    ];
    for (const host of hosts) {
      const behindProxy = { ...call, headers: { ...call.headers, ...host } };
      expect((await run.deliver(behindProxy)).statusCode).toBe(200);
    }
    const elsewhere = signTwilioRequest(
      "https://evil.example/sms/twilio/inbound",
      { MessageSid: "SM9" },
      authToken,
    );
    const response = await run.app.inject({
      method: "POST",
      url: "/sms/twilio/inbound",
      headers: { ...elsewhere.headers, host: "evil.example" },
      payload: elsewhere.payload,
    });
    expect(response.statusCode).toBe(403);
  });

  test("is signed with the former token while tokens are being changed", async () => {
    expect((await run.deliver(run.inbound({}, "the-former-token"))).statusCode).toBe(200);
    expect(await stored()).toHaveLength(1);
  });

  test("is told apart by the signature of Twilio's own documentation", () => {
    const fields = {
      CallSid: "CA1234567890ABCDE",
      Caller: "+12349013030",
      Digits: "1234",
      From: "+12349013030",
      To: "+18005551212",
    };
    const { headers } = signTwilioRequest("https://mycompany.com/myapp.php?foo=1&bar=2", fields, "12345");
    expect(headers["x-twilio-signature"]).toBe("0/KCTR6DLpKmkAf8muzZqo1nDgQ=");
  });

  test("of another kind is refused for what it is", async () => {
    const asJson = await run.deliver({
      ...run.inbound({}),
      headers: { "content-type": "application/json" },
      payload: "{}",
    });
    expect(asJson.statusCode).toBe(415);
    const huge = await run.deliver(run.inbound({ Body: "a".repeat(17_000) }));
    expect(huge.statusCode).toBe(413);
    const incomplete = await run.deliver(
      signTwilioRequest(`${publicUrl}/sms/twilio/inbound`, { MessageSid: "SM1", From: phone }, authToken),
    );
    expect(incomplete.statusCode).toBe(422);
    expect(incomplete.json()).toMatchObject({ code: "invalid-input" });
    for (const response of [asJson, huge, incomplete]) {
      expect(response.headers["content-type"]).toContain("application/problem+json");
    }
    expect(await stored()).toEqual([]);
  });
});

test("without Twilio there is nothing at its addresses, and with it no simulator", async () => {
  const simulator = await runMessaging();
  try {
    const { url, headers, payload } = run.inbound({});
    const path = url.slice(publicUrl.length);
    expect((await simulator.app.inject({ method: "POST", url: path, headers, payload })).statusCode).toBe(
      404,
    );
    const read = { method: "GET", url: `/simulator/messages?phone=${encodeURIComponent(phone)}` } as const;
    expect((await run.app.inject(read)).statusCode).toBe(404);
    expect((await simulator.app.inject(read)).statusCode).toBe(200);
  } finally {
    await simulator.stop();
  }
});
