import { startFakeTwilio, type FakeTwilio, type TwilioCall } from "@minka/test-kit/fake-twilio";
import { createTestClock } from "@minka/test-kit/test-clock";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { inboundMessages } from "../../src/tables.ts";
import {
  accountSid,
  authToken,
  otherPhone,
  phone,
  publicUrl,
  runMessaging,
  type MessagingRun,
} from "../messaging-run.ts";

let twilio: FakeTwilio;
let run: MessagingRun;
beforeEach(async () => {
  const clock = createTestClock();
  twilio = await startFakeTwilio({ accountSid, authToken, clock });
  const environment = {
    SMS_GATEWAY: "twilio-whatsapp,twilio",
    PUBLIC_URL: publicUrl,
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: authToken,
    TWILIO_AUTH_TOKEN_PREVIOUS: "the-former-token",
    TWILIO_FROM: "+15005550006",
    TWILIO_WHATSAPP_FROM: "+15005550006",
    TWILIO_SEGMENTS_PER_SECOND: "100",
    TWILIO_API_URL: twilio.url,
  };
  run = await runMessaging(environment, clock);
});
afterEach(async () => {
  await run.stop();
  await twilio.stop();
});

const deliver = ({ url, headers, payload }: TwilioCall) =>
  run.app.inject({ method: "POST", url: url.slice(publicUrl.length), headers, payload });
const stored = () => run.db.read.select().from(inboundMessages).orderBy(inboundMessages.sequence);

describe("WhatsApp beside SMS, on one account of Twilio", () => {
  test("keeps what comes by each under its own name, for the one phone", async () => {
    await deliver(twilio.posts(twilio.writes(`whatsapp:${phone}`, "por whatsapp")));
    await deliver(twilio.posts(twilio.writes(phone, "por sms")));
    expect(await stored()).toMatchObject([
      { gateway: "twilio-whatsapp", phone, body: "por whatsapp" },
      { gateway: "twilio", phone, body: "por sms" },
    ]);
  });

  test("takes neither for the other, by webhook or from the list", async () => {
    const whatsapp = twilio.posts(twilio.writes(`whatsapp:${phone}`, "por whatsapp"));
    const sms = twilio.posts(twilio.writes(otherPhone, "por sms"));
    expect((await deliver({ ...whatsapp, url: sms.url })).statusCode).toBe(403);
    expect((await deliver({ ...sms, url: whatsapp.url })).statusCode).toBe(403);
    expect(await stored()).toEqual([]);
    run.clock.advance({ minutes: 5 });
    await run.settle();
    expect((await stored()).map(({ gateway, phone: from }) => `${gateway} ${from}`).toSorted()).toEqual([
      `twilio ${otherPhone}`,
      `twilio-whatsapp ${phone}`,
    ]);
    await deliver(whatsapp);
    await deliver(sms);
    expect(await stored()).toHaveLength(2);
  });

  test("answers by the way the phone wrote, with its reports at an address of their own", async () => {
    await deliver(twilio.posts(twilio.writes(phone, "por sms")));
    await deliver(twilio.posts(twilio.writes(`whatsapp:${otherPhone}`, "por whatsapp")));
    await run.enqueue({ phone });
    const id = await run.enqueue({ phone: otherPhone });
    await run.settle();
    const ways = new Map(twilio.accepted.map(({ to, from }) => [to, from]));
    expect(ways.size).toBe(2);
    expect(ways.get(phone)).toBe("+15005550006");
    expect(ways.get(`whatsapp:${otherPhone}`)).toBe("whatsapp:+15005550006");
    const message = twilio.accepted.find(({ to }) => to.startsWith("whatsapp:"));
    if (!message) throw new Error("nothing was accepted");
    const report = twilio.report(message, "read");
    expect(report.url).toContain("/sms/twilio-whatsapp/status?");
    const misled = { ...report, url: report.url.replace("twilio-whatsapp", "twilio") };
    expect((await deliver(misled)).statusCode).toBe(403);
    expect((await deliver(report)).statusCode).toBe(200);
    expect(await run.outbound(id)).toMatchObject({ state: "delivered", gateway: "twilio-whatsapp" });
  });

  test.each(["at once", "in a report"])(
    "sends by SMS what WhatsApp will not carry a day after the phone wrote (it says so %s)",
    async (when) => {
      if (when === "at once") twilio.answer({ kind: "refuse", status: 400, code: 63016 });
      const id = await run.enqueue({});
      await run.settle();
      if (when === "in a report") {
        const [message] = twilio.accepted;
        if (!message) throw new Error("nothing was accepted");
        expect(message.to).toBe(`whatsapp:${phone}`);
        await deliver(twilio.report(message, "undelivered", { errorCode: 63016 }));
      }
      await run.settle();
      expect(await run.outbound(id)).toMatchObject({ state: "sent", gateway: "twilio" });
      expect(twilio.acceptances().at(-1)).toMatchObject({ to: phone, body: "Hola" });
    },
  );

  test("is signed with either token while they are being changed, and refused without", async () => {
    const written = twilio.writes(`whatsapp:${phone}`, "Hola");
    expect((await deliver(twilio.posts(written, "another-token"))).statusCode).toBe(403);
    const { "x-twilio-signature": _, ...unsigned } = twilio.posts(written).headers;
    expect((await deliver({ ...twilio.posts(written), headers: unsigned })).statusCode).toBe(403);
    expect(await stored()).toEqual([]);
    expect((await deliver(twilio.posts(written, "the-former-token"))).statusCode).toBe(200);
    expect((await deliver(twilio.posts(written))).statusCode).toBe(200);
    expect(await stored()).toHaveLength(1);
  });
});
