import { randomUUID } from "node:crypto";
import {
  signTwilioRequest,
  startFakeTwilio,
  type FakeTwilio,
  type TwilioCall,
} from "@minka/test-kit/fake-twilio";
import { createTestClock } from "@minka/test-kit/test-clock";
import { expect } from "vitest";
import { startTestPlatform, type TestPlatform } from "../support/test-platform.ts";
import type { Line } from "./scene.ts";

export const publicUrl = "https://minka.example";
export const accountSid = "AC00000000000000000000000000000000";
export const authToken = "a-token-of-the-fake";

export type TwilioPlatform = TestPlatform & { readonly twilio: FakeTwilio };

/** Of a process whose gateway is the fake at this address. */
export function twilioSettings(apiUrl: string): Record<string, string> {
  return {
    SMS_GATEWAY: "twilio",
    PUBLIC_URL: publicUrl,
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: authToken,
    TWILIO_FROM: "+15005550006",
    // The clock stands still while messages go out.
    TWILIO_SEGMENTS_PER_SECOND: "1000",
    TWILIO_API_URL: apiUrl,
  };
}

/** The platform with Twilio for a gateway, and a fake for Twilio that tells the same time. */
export async function startTwilioPlatform(
  options: Parameters<typeof startTestPlatform>[0] = {},
): Promise<TwilioPlatform> {
  const clock = createTestClock();
  const twilio = await startFakeTwilio({ accountSid, authToken, clock });
  const platform = await startTestPlatform({
    ...options,
    clock,
    environment: { ...twilioSettings(twilio.url), ...options.environment },
  });
  return {
    ...platform,
    twilio,
    async stop() {
      await platform.stop();
      await twilio.stop();
    },
  };
}

type Delivered = Omit<TwilioCall, "payload"> & { payload: string | Buffer };

/** Hands a call of Twilio's over, as it would be posted. */
export function deliver(platform: Pick<TestPlatform, "app">, { url, headers, payload }: Delivered) {
  return platform.app.inject({ method: "POST", url: url.slice(publicUrl.length), headers, payload });
}

/** A message of a phone as Twilio posts it, signed. */
export function inbound(from: string, text: string, id: string = randomUUID()): TwilioCall {
  const fields = { MessageSid: `SM${id}`, From: from, To: "+15005550006", Body: text };
  return signTwilioRequest(`${publicUrl}/sms/twilio/inbound`, fields, authToken);
}

/** A phone whose messages Twilio carries. */
export function twilioLine(platform: TestPlatform & { twilio?: FakeTwilio }, number: string): Line {
  const { twilio } = platform;
  if (!twilio) throw new Error("this platform has no Twilio");
  let seen = 0;
  return {
    number,
    async writes(text) {
      expect((await deliver(platform, inbound(number, text))).statusCode).toBe(200);
    },
    async reads() {
      const received = twilio.accepted.filter(({ to }) => to === number);
      const fresh = received.slice(seen);
      seen = received.length;
      return fresh.map(({ body }) => body);
    },
  };
}
