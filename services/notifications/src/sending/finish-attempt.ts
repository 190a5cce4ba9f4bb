import { nudgeAfterCommit, type Transaction } from "@minka/database/connect";
import { and, asc, eq, gt, isNull } from "drizzle-orm";
import { raiseAttention } from "../attention/raise-attention.ts";
import type { Refusal } from "../gateways/gateway.ts";
import { attentionItems, channelPauses, outboundMessages } from "../tables.ts";
import { recordGatewayOptOut } from "./opt-outs.ts";
import { pauseMs, retryDelayMs, type OutboundState } from "./outbound-lifecycle.ts";

export type OutboundMessage = typeof outboundMessages.$inferSelect;

type Change = Partial<
  Pick<OutboundMessage, "externalId" | "lastError" | "sentAt" | "dueAt" | "sendingSince">
> & {
  state: OutboundState;
};

/** Writes what became of an attempt, and lets the phone's next message go. */
export async function finishAttempt(
  tx: Transaction,
  message: OutboundMessage,
  change: Change,
): Promise<void> {
  await tx
    .update(outboundMessages)
    .set({ ...change, ...(message.ephemeral ? { body: null } : {}) })
    .where(eq(outboundMessages.id, message.id));
  const again = change.state === "queued";
  const [next] = again
    ? [message]
    : await tx
        .select({ id: outboundMessages.id, trace: outboundMessages.trace })
        .from(outboundMessages)
        .where(
          and(
            eq(outboundMessages.phone, message.phone),
            eq(outboundMessages.state, "queued"),
            gt(outboundMessages.sequence, message.sequence),
          ),
        )
        .orderBy(asc(outboundMessages.sequence))
        .limit(1);
  if (next) {
    nudgeAfterCommit(tx, { service: "notifications", job: "send-message", id: next.id, trace: next.trace });
  }
}

/** The gateway has the message, or the phone has it. */
export async function acceptAttempt(
  tx: Transaction,
  message: OutboundMessage,
  { externalId, at, state = "sent" }: { externalId: string; at: Date; state?: "sent" | "delivered" },
): Promise<void> {
  await finishAttempt(tx, message, {
    state,
    externalId,
    sentAt: message.sentAt ?? at,
    lastError: null,
  });
  await settleDoubt(tx, message.id, at);
}

/**
 * The gateway, or a report afterwards, says that an attempt came to nothing. It is tried again when that can
 * help and the message will still be worth reading; `final` is the state otherwise.
 */
export async function refuseAttempt(
  tx: Transaction,
  message: OutboundMessage,
  refusal: Refusal & { at: Date; final: "failed" | "undelivered"; externalId?: string },
): Promise<void> {
  const { code, retry, at, final, externalId } = refusal;
  const known = { lastError: code, ...(externalId ? { externalId } : {}) };
  if (retry === "pause") await pauseChannel(tx, message, { code, at });
  if (retry === "opted-out") await recordGatewayOptOut(tx, message, at);
  if (retry !== "never" && retry !== "opted-out" && !message.ephemeral) {
    const dueAt = new Date(at.getTime() + retryDelayMs(retry, message.attempts));
    if (dueAt < message.expiresAt) {
      await finishAttempt(tx, message, { ...known, state: "queued", dueAt });
      return;
    }
  }
  await finishAttempt(tx, message, { ...known, state: final });
  await settleDoubt(tx, message.id, at);
  if (retry === "opted-out") return;
  await raiseAttention(tx, { kind: "message_failed", phone: message.phone, messageId: message.id, at });
}

async function pauseChannel(
  tx: Transaction,
  { gateway, phone }: OutboundMessage,
  { code, at }: { code: string; at: Date },
): Promise<void> {
  const pause = { gateway: gateway ?? "unknown", code, until: new Date(at.getTime() + pauseMs) };
  await tx
    .insert(channelPauses)
    .values(pause)
    .onConflictDoUpdate({ target: channelPauses.gateway, set: { code, until: pause.until } });
  const [alerted] = await tx
    .select({ id: attentionItems.id })
    .from(attentionItems)
    .where(and(eq(attentionItems.kind, "channel_paused"), isNull(attentionItems.resolvedAt)))
    .limit(1);
  if (!alerted)
    await raiseAttention(tx, { kind: "channel_paused", phone, text: `${pause.gateway} ${code}`, at });
}

/** What became of a message is known after all: nobody has to look any more. */
async function settleDoubt(tx: Transaction, messageId: string, at: Date): Promise<void> {
  await tx
    .update(attentionItems)
    .set({ resolvedAt: at, resolvedBy: "service:notifications" })
    .where(
      and(
        eq(attentionItems.messageId, messageId),
        eq(attentionItems.kind, "message_unsettled"),
        isNull(attentionItems.resolvedAt),
      ),
    );
}
