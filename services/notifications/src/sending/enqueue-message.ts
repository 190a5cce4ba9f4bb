import { nudgeAfterCommit, type Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { countSegments, foldToGsm7 } from "@minka/language/gsm7";
import { outboundMessages } from "../tables.ts";

export type NewMessage = {
  /** E.164 */
  readonly phone: string;
  /** As it is written in the catalog; it is folded to GSM-7 here. */
  readonly text: string;
  /** When to send it: now, mostly. */
  readonly at: Date;
  readonly trace: string;
  /** Worth nothing after this; a day unless said. */
  readonly expiresAt?: Date;
  /** Tried once and kept nowhere: sign-in codes, and what could endanger whoever holds the phone. */
  readonly ephemeral?: boolean;
  /**
   * Answers what the phone's owner has just written or asked for (the confirmation of BAJA, a sign-in code):
   * goes to a phone that wants no messages too, which otherwise gets none.
   */
  readonly reply?: boolean;
};

const dayMs = 24 * 60 * 60 * 1000;

/** Writes an SMS in the transaction that causes it; it leaves after commit. Returns its id. */
export async function enqueueMessage(tx: Transaction, message: NewMessage): Promise<string> {
  const { phone, at, trace, expiresAt, ephemeral = false, reply = false } = message;
  const body = foldToGsm7(message.text);
  const id = newId();
  await tx.insert(outboundMessages).values({
    id,
    phone,
    body,
    segments: countSegments(body).segments,
    state: "queued",
    ephemeral,
    reply,
    createdAt: at,
    dueAt: at,
    expiresAt: expiresAt ?? new Date(at.getTime() + dayMs),
    attempts: 0,
    trace,
  });
  nudgeAfterCommit(tx, { service: "notifications", job: "send-message", id, trace });
  return id;
}
