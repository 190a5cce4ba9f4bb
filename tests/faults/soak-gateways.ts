import { randomUUID } from "node:crypto";
import { startFakeAndroid } from "@minka/test-kit/fake-android";
import { startFakeTwilio } from "@minka/test-kit/fake-twilio";
import type { Chance } from "../day/chance.ts";
import { accountSid, authToken, inbound, publicUrl, twilioSettings } from "../dialogue/twilio-line.ts";
import type { Taken } from "./reconcile.ts";

/** A request that the gateway makes to Minka. */
export type GatewayCall = {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly payload: string;
};

/** A fake gateway on a bad day. */
export type SoakGateway = {
  readonly settings: Readonly<Record<string, string>>;
  /** A phone writes; `call` may be handed over as often as one likes, and is one message. */
  write(from: string, text: string): { readonly call: () => GatewayCall };
  /** Until told otherwise it takes without saying so, breaks off, or refuses, as chance will have it. */
  misbehave(chance: Chance): void;
  behave(): void;
  /** Everything that it has taken, in order. */
  taken(): readonly Taken[];
  /** What it has to say of one, in whatever order, some of it twice. */
  newsOf(one: Taken, chance: Chance): GatewayCall[];
  stop(): Promise<void>;
};

type Clock = () => Date;

/** Takes no ids of ours: what is in doubt is found in its list or never sent again. */
export async function troubledTwilio(clock: Clock): Promise<SoakGateway> {
  const twilio = await startFakeTwilio({ accountSid, authToken, clock });
  const attemptOf = (address: string) => new URL(address).searchParams.get("message") ?? "";
  return {
    settings: { ...twilioSettings(twilio.url), TWILIO_SEGMENTS_PER_SECOND: "60" },
    write(from, text) {
      const call = inbound(from, text, randomUUID());
      return { call: () => call };
    },
    misbehave(chance) {
      const kind = chance.next();
      if (kind < 0.06) twilio.answerAlways({ kind: "accept-then-drop" });
      else if (kind < 0.1) twilio.answerAlways({ kind: "drop" });
      else if (kind < 0.14) twilio.answerAlways({ kind: "refuse", status: 429, code: 20_429 });
      else twilio.answerAlways({ kind: "accept" });
    },
    behave: () => twilio.answerAlways({ kind: "accept" }),
    taken: () =>
      twilio.accepted.map(({ sid, statusCallback, status }) => ({
        id: sid,
        message: attemptOf(statusCallback),
        failed: status === "undelivered" || status === "failed",
      })),
    newsOf({ id }, chance) {
      const message = twilio.accepted.find(({ sid }) => sid === id);
      if (!message) return [];
      if (chance.happens(0.05)) return [twilio.report(message, "undelivered", { errorCode: 30_003 })];
      return order(["sent", "delivered"], chance).map((status) => twilio.report(message, status));
    },
    stop: twilio.stop,
  };
}

/** Knows our ids again: what is in doubt may be handed over once more under the same one. */
export async function troubledAndroid(clock: Clock): Promise<SoakGateway> {
  const login = { username: "minka", password: "clave" };
  const webhookKey = "la-llave-del-telefono";
  const android = await startFakeAndroid({ ...login, webhookKey, clock, publicUrl, behindServer: true });
  let written = 0;
  return {
    settings: {
      SMS_GATEWAY: "android",
      PUBLIC_URL: publicUrl,
      ANDROID_API_URL: android.url,
      ANDROID_USERNAME: login.username,
      ANDROID_PASSWORD: login.password,
      ANDROID_WEBHOOK_KEY: webhookKey,
      ANDROID_SEGMENTS_PER_SECOND: "60",
    },
    write(from, text) {
      written += 1;
      // The same words within a second are one message to it, so that each is different.
      const one = android.writes(from, `${text} ${"·".repeat(written % 3)}${written}`);
      return { call: () => android.posts(one) };
    },
    misbehave(chance) {
      const kind = chance.next();
      if (kind < 0.08) android.answerAlways({ kind: "accept-then-drop" });
      else if (kind < 0.14) android.answerAlways({ kind: "drop" });
      else android.answerAlways({ kind: "accept" });
    },
    behave: () => android.answerAlways({ kind: "accept" }),
    taken: () =>
      android.accepted.map(({ id, state }) => ({
        id,
        message: id.replace(/-\d+$/, "").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5"),
        failed: state === "Failed",
      })),
    newsOf({ id }, chance) {
      const message = android.accepted.find((one) => one.id === id);
      if (!message) return [];
      if (chance.happens(0.05))
        return [android.report(message, "failed", { reason: "RESULT_ERROR_NO_SERVICE" })];
      return order(["sent", "delivered"] as const, chance).map((event) => android.report(message, event));
    },
    stop: android.stop,
  };
}

function order<News>(news: readonly News[], chance: Chance): News[] {
  const told = chance.happens(0.7) ? [...news] : news.slice(0, 1);
  if (chance.happens(0.3)) told.reverse();
  return chance.happens(0.1) ? [...told, chance.oneOf(told)] : told;
}
