import { nudgeAfterCommit, type Queries, type Transaction } from "@minka/database/connect";
import { and, asc, eq, gt, inArray, isNull, or } from "@minka/database/query";
import { raiseAttention } from "../attention/raise-attention.ts";
import type { Refusal } from "../gateways/gateway.ts";
import { attentionItems, outboundMessages } from "../tables.ts";
import { pauseChannel } from "./channels.ts";
import { isUnreachable } from "./choose-gateway.ts";
import {
  awayUntil,
  isOver,
  notTaken,
  retryDelayMs,
  unsettled,
  type OutboundState,
} from "./outbound-lifecycle.ts";
import { outboundAttempts } from "./sending-tables.ts";

export type OutboundMessage = typeof outboundMessages.$inferSelect;

type Change = Partial<
  Pick<
    OutboundMessage,
    "externalId" | "lastError" | "sentAt" | "dueAt" | "attempts" | "gateway" | "doubtSince"
  >
> & {
  state: OutboundState;
};

/** Writes what became of an attempt, and lets the phone's next message go. */
export async function finishAttempt(
  tx: Transaction,
  message: OutboundMessage,
  change: Change,
): Promise<void> {
  const doubtSince = change.state === "unknown" ? (message.doubtSince ?? message.sendingSince) : null;
  const forgotten = message.ephemeral && change.state !== "queued" ? { body: null, fleeting: null } : {};
  await tx
    .update(outboundMessages)
    .set({ doubtSince, ...change, ...forgotten })
    .where(eq(outboundMessages.id, message.id));
  const next = change.state === "queued" ? message : await nextOfPhone(tx, message);
  if (next) {
    nudgeAfterCommit(tx, { service: "notifications", job: "send-message", id: next.id, trace: next.trace });
  }
}

export async function nextOfPhone(
  queries: Queries,
  { phone, sequence }: Pick<OutboundMessage, "phone" | "sequence">,
): Promise<{ id: string; trace: string } | undefined> {
  const [next] = await queries
    .select({ id: outboundMessages.id, trace: outboundMessages.trace })
    .from(outboundMessages)
    .where(
      and(
        eq(outboundMessages.phone, phone),
        eq(outboundMessages.state, "queued"),
        gt(outboundMessages.sequence, sequence),
      ),
    )
    .orderBy(asc(outboundMessages.sequence))
    .limit(1);
  return next;
}

/** A gateway has the message, or the phone has it. */
export async function acceptMessage(
  tx: Transaction,
  message: OutboundMessage,
  { externalId, gateway, at, state }: Accepted,
): Promise<void> {
  await finishAttempt(tx, message, {
    state,
    externalId,
    gateway,
    sentAt: message.sentAt ?? at,
    lastError: null,
  });
  if (message.state === "failed" || message.state === "undelivered") await settleDoubt(tx, message.id, at);
}
type Accepted = { externalId: string | null; gateway: string; at: Date; state: "sent" | "delivered" };

/**
 * An attempt came to nothing. It is tried again when that can help and the message will still be worth reading;
 * `final` is the state otherwise.
 */
export async function refuseMessage(
  tx: Transaction,
  message: OutboundMessage,
  { code, retry, at, final, gateway, externalId }: Refused,
): Promise<void> {
  const known = { lastError: code, ...(externalId ? { externalId } : {}) };
  if (isOver(message)) {
    await finishAttempt(tx, message, { ...known, state: final });
    return;
  }
  if (retry === "pause") await pauseChannel(tx, { gateway, phone: message.phone, code, now: at });
  if (message.attempts > 1 && (await wentBefore(tx, message, at))) return;
  const doubtSince = await openSince(tx, message);
  // What is kept nowhere is there no more once anybody may have taken it.
  if (retry !== "never" && retry !== "opted-out" && message.body !== null) {
    const dueAt = nextTry({ code, retry }, message.attempts, at);
    if (dueAt < message.expiresAt) {
      // The channel took no more: that says nothing of the message, and is no attempt of its.
      const attempts = message.attempts - (retry === "busy" ? 1 : 0);
      await finishAttempt(tx, message, { ...known, state: "queued", dueAt, attempts, doubtSince });
      if (message.state === "failed") await settleDoubt(tx, message.id, at);
      return;
    }
  }
  // Refused outright: that says nothing of an earlier attempt.
  if (doubtSince && externalId === null && retry !== "opted-out") {
    await leaveUnsettled(tx, message, at);
    return;
  }
  await finishAttempt(tx, message, { ...known, state: final });
  await settleDoubt(tx, message.id, at);
  if (retry === "opted-out") return;
  await raiseAttention(tx, { kind: "message_failed", phone: message.phone, messageId: message.id, at });
}
type Refused = Refusal & {
  at: Date;
  final: "failed" | "undelivered";
  gateway: string;
  externalId: string | null;
};

/** Nobody can tell whether it went: it is never sent again, and a person looks. What is kept nowhere nobody can look at. */
export async function leaveUnsettled(tx: Transaction, message: OutboundMessage, at: Date): Promise<void> {
  const { id: messageId, phone, ephemeral } = message;
  await finishAttempt(tx, message, { state: "failed", lastError: unsettled });
  if (!ephemeral) await raiseAttention(tx, { kind: "message_unsettled", phone, messageId, at });
}

/** Since when the message has been in doubt, if some attempt still is. */
async function openSince(tx: Transaction, { id, doubtSince }: OutboundMessage): Promise<Date | null> {
  if (doubtSince === null) return null;
  const { messageId, outcome, number } = outboundAttempts;
  const [open] = await tx
    .select({ number })
    .from(outboundAttempts)
    .where(and(eq(messageId, id), or(isNull(outcome), eq(outcome, "unknown"))))
    .limit(1);
  return open ? doubtSince : null;
}

/** When the message itself may be tried again; what its channel or another gateway can do is seen then. */
function nextTry({ code, retry }: Refusal, attempts: number, at: Date): Date {
  if (isUnreachable(code) || code === notTaken) return at;
  if (retry === "away") return awayUntil(at, attempts);
  return retry === "soon" ? new Date(at.getTime() + retryDelayMs(retry, attempts)) : at;
}

/** Whether an attempt turned out to have been accepted while another one was made: then there is nothing to repeat. */
export async function wentBefore(tx: Transaction, message: OutboundMessage, at: Date): Promise<boolean> {
  const [went] = await tx
    .select()
    .from(outboundAttempts)
    .where(
      and(
        eq(outboundAttempts.messageId, message.id),
        inArray(outboundAttempts.outcome, ["accepted", "delivered"]),
      ),
    )
    .orderBy(asc(outboundAttempts.number))
    .limit(1);
  if (!went) return false;
  const { externalId, gateway, outcome } = went;
  const state = outcome === "delivered" ? "delivered" : "sent";
  await acceptMessage(tx, message, { externalId, gateway, at, state });
  return true;
}

/** What became of a message is known after all: nobody has to look any more. */
async function settleDoubt(tx: Transaction, messageId: string, at: Date): Promise<void> {
  await tx
    .update(attentionItems)
    .set({ resolvedAt: at, resolvedBy: "service:notifications" })
    .where(
      and(
        eq(attentionItems.messageId, messageId),
        inArray(attentionItems.kind, ["message_unsettled", "message_failed"]),
        isNull(attentionItems.resolvedAt),
      ),
    );
}
