import { createHmac } from "node:crypto";

/**
 * The id under which the phone knows a try of a message: 36 characters at most, so the message's id goes
 * without its dashes. The phone takes an id once and for all, also when sending then fails; so each try after
 * a failure has a number of its own.
 */
export function idOfTry(messageId: string, number: number): string {
  return `${messageId.replaceAll("-", "")}-${number}`;
}

const tryId = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})-\d{1,3}$/;

/** The message that a try's id names; null for what somebody else sent by that phone. */
export function messageOfTry(id: string): string | null {
  const parts = tryId.exec(id);
  return parts && parts.slice(1).join("-");
}

export type WrittenSms = {
  /** E.164 */
  readonly phone: string;
  readonly text: string;
  /** As the operator's network stamped it, to the second. */
  readonly receivedAt: string;
};

/** Null where the phone says something that is no date. */
export function stampOf(receivedAt: string): Date | null {
  const stamped = Date.parse(receivedAt);
  return Number.isNaN(stamped) ? null : new Date(stamped);
}

/**
 * The id of what a phone wrote, from what stays the same however often it is handed over. The ids of the
 * Android phone do not: they change with the SIM's place, with a second registration, and with a fetch from its inbox.
 * Keyed, because a text as short as an SMS can be guessed from a plain hash.
 */
export function idOfWritten({ phone, text, receivedAt }: WrittenSms, secret: string): string {
  const stamped = stampOf(receivedAt);
  const moment = stamped ? Math.floor(stamped.getTime() / 1000) : receivedAt;
  return createHmac("sha256", secret)
    .update(JSON.stringify([phone, moment, text]))
    .digest("base64url");
}
