import { nudgeAfterCommit, type Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { countSegments, foldToGsm7 } from "@minka/language/gsm7";
import { catalogs } from "@minka/language/languages/all-texts";
import { renderText, type TextKey } from "@minka/language/texts";
import { outboundMessages } from "../tables.ts";

const fleetingKeys = ["safety"] as const satisfies readonly TextKey[];
/** The texts whose words are kept nowhere. */
export type FleetingKey = (typeof fleetingKeys)[number];

/** A text of the catalog without parameters, in the person's language; Spanish unless said. */
export type Fleeting = { readonly key: FleetingKey; readonly language?: string };

export type NewMessage = {
  /** E.164 */
  readonly phone: string;
  /** When to send it: now, mostly. */
  readonly at: Date;
  readonly trace: string;
  /** Worth nothing after this; a day unless said. */
  readonly expiresAt?: Date;
  /** Kept nowhere, and not tried again, once a gateway may have taken it: sign-in codes. */
  readonly ephemeral?: boolean;
  /**
   * Answers what the phone's owner has just written or asked for (the confirmation of BAJA, a sign-in code):
   * goes to a phone that wants no messages too, which otherwise gets none.
   */
  readonly reply?: boolean;
  /** One of many alike: leaves after everything else, and between 07:00 and 20:00 in Lima. */
  readonly bulk?: boolean;
  /** Whom it is for, where that is known: it stands among what they can read again. */
  readonly personId?: string | null;
} & (
  | {
      /** As it is written in the catalog; it is folded to GSM-7 here. */
      readonly text: string;
    }
  | {
      /**
       * What could endanger whoever holds the phone: its words are never written down, it is tried once and by
       * one gateway, which is asked to forget it, and it leaves within minutes or not at all.
       */
      readonly fleeting: Fleeting;
    }
);

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** Some minutes, and as many as the clocks of two processes may differ by. */
const fleetingMs = 10 * minuteMs;

/** The words of a fleeting text as they go out. */
export function putIntoWords({ key, language }: Fleeting): string {
  return foldToGsm7(renderText(key, {}, language));
}

/** All words that a message may have had of which nothing was kept. */
export function fleetingWords(): readonly string[] {
  const languages = [...catalogs.keys()];
  const words = fleetingKeys.flatMap((key) => languages.map((language) => putIntoWords({ key, language })));
  return [...new Set(words)];
}

/** Writes an SMS in the transaction that causes it; it leaves after commit. Returns its id. */
export async function enqueueMessage(tx: Transaction, message: NewMessage): Promise<string> {
  const {
    phone,
    at,
    trace,
    expiresAt,
    ephemeral = false,
    reply = false,
    bulk = false,
    personId = null,
  } = message;
  const fleeting = "fleeting" in message ? message.fleeting : null;
  const body = "fleeting" in message ? putIntoWords(message.fleeting) : foldToGsm7(message.text);
  const id = newId();
  await tx.insert(outboundMessages).values({
    id,
    phone,
    body: fleeting ? null : body,
    fleeting,
    segments: countSegments(body).segments,
    state: "queued",
    ephemeral: ephemeral || fleeting !== null,
    reply,
    bulk,
    personId: ephemeral || fleeting ? null : personId,
    createdAt: at,
    dueAt: at,
    expiresAt: expiresAt ?? new Date(at.getTime() + (fleeting ? fleetingMs : dayMs)),
    attempts: 0,
    trace,
  });
  nudgeAfterCommit(tx, { service: "notifications", job: "send-message", id, trace });
  return id;
}
