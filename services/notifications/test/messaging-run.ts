import { generateKeyPairSync, sign } from "node:crypto";
import { authKeys } from "@minka/contracts/auth";
import { connectDatabase, type Database } from "@minka/database/connect";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { defineService } from "@minka/service/define-service";
import {
  signTwilioRequest,
  startFakeTwilio,
  type FakeTwilio,
  type TwilioCall,
} from "@minka/test-kit/fake-twilio";
import { runForTest, type TestRun } from "@minka/test-kit/run-for-test";
import { createTestClock } from "@minka/test-kit/test-clock";
import { eq } from "@minka/database/query";
import { startMessaging } from "../src/messaging.ts";
import { enqueueMessage, type NewMessage } from "../src/sending/enqueue-message.ts";
import { attentionItems, outboundMessages } from "../src/tables.ts";

export const publicUrl = "https://minka.example";
export const accountSid = "AC00000000000000000000000000000000";
export const authToken = "a-token-of-the-fake";
export const phone = "+51987654321";
export const otherPhone = "+51912345678";

/** Messages in and out without the conversation that would answer them. */
export const messaging = defineService({
  name: "notifications",
  migrations: new URL("../migrations/", import.meta.url),
  start: startMessaging,
});

export type MessagingRun = TestRun & {
  /** The service's own view of its tables. */
  readonly db: Database;
  enqueue(message: Partial<NewMessage>): Promise<string>;
  outbound(id: string): Promise<typeof outboundMessages.$inferSelect>;
  attention(): Promise<(typeof attentionItems.$inferSelect)[]>;
  operatorToken(operator?: boolean): string;
};

const { publicKey, privateKey } = generateKeyPairSync("ed25519");
const fakeProfiles = defineService({
  name: "profiles",
  migrations: null,
  start: () => ({
    routes(app) {
      const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
      mountEndpoint(app, authKeys, async () => ({ publicKey: pem }));
    },
  }),
});

function personToken(operator: boolean): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const seconds = Math.floor(Date.now() / 1000);
  const claims = { sub: "0199d0c5-7a41-7000-8000-000000000001", operator, iat: seconds, exp: seconds + 600 };
  const unsigned = `${encode({ alg: "EdDSA", typ: "JWT" })}.${encode(claims)}`;
  return `${unsigned}.${sign(null, Buffer.from(unsigned), privateKey).toString("base64url")}`;
}

export async function runMessaging(
  environment: Record<string, string> = {},
  clock = createTestClock(),
): Promise<MessagingRun> {
  const run = await runForTest([messaging, fakeProfiles], { environment, clock });
  const db = connectDatabase({ url: run.database.url("notifications"), name: "test", maxConnections: 4 });
  return {
    ...run,
    db,
    enqueue: (message) =>
      db.transaction((tx) =>
        enqueueMessage(tx, { phone, text: "Hola", at: clock(), trace: "test-trace", ...message }),
      ),
    async outbound(id) {
      const [message] = await db.read.select().from(outboundMessages).where(eq(outboundMessages.id, id));
      if (!message) throw new Error("no such message");
      return message;
    },
    attention: () => db.read.select().from(attentionItems).orderBy(attentionItems.at, attentionItems.id),
    operatorToken: (operator = true) => personToken(operator),
    async stop() {
      await db.close();
      await run.stop();
    },
  };
}

export type TwilioRun = MessagingRun & {
  readonly twilio: FakeTwilio;
  /** Hands a call of Twilio's over. */
  deliver(call: Delivered): ReturnType<typeof deliver>;
  /** A message of a phone as Twilio posts it. */
  inbound(fields: Record<string, string>, token?: string): TwilioCall;
};

type Delivered = Omit<TwilioCall, "payload"> & { payload: string | Buffer };

const deliver = (run: TestRun, { url, headers, payload }: Delivered) =>
  run.app.inject({ method: "POST", url: url.slice(publicUrl.length), headers, payload });

export async function runWithTwilio(environment: Record<string, string> = {}): Promise<TwilioRun> {
  const clock = createTestClock();
  const twilio = await startFakeTwilio({ accountSid, authToken, clock });
  const run = await runMessaging(
    {
      SMS_GATEWAY: "twilio",
      PUBLIC_URL: publicUrl,
      TWILIO_ACCOUNT_SID: accountSid,
      TWILIO_AUTH_TOKEN: authToken,
      TWILIO_FROM: "+15005550006",
      TWILIO_API_URL: twilio.url,
      // Only where a test is about it.
      TWILIO_SEGMENTS_PER_SECOND: "1000",
      ...environment,
    },
    clock,
  );
  return {
    ...run,
    twilio,
    deliver: (call) => deliver(run, call),
    inbound: (fields, token = authToken) =>
      signTwilioRequest(
        `${publicUrl}/sms/twilio/inbound`,
        { MessageSid: "SM1", From: phone, To: "+15005550006", Body: "Hola", ...fields },
        token,
      ),
    async stop() {
      await run.stop();
      await twilio.stop();
    },
  };
}
