import type { Takeover } from "@minka/contracts/conversations";
import type { Queries, Transaction } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { and, eq, inArray, isNull, lte } from "@minka/database/query";
import { attentionItems, inboundMessages } from "../tables.ts";
import { messagesLeft, takeovers } from "./desk-tables.ts";

export type TakenOver = typeof takeovers.$inferSelect;

/** Nobody who writes waits longer than this for an operator who has forgotten them. */
export const takeoverMs = 30 * 60_000;

/** Which operator has a phone's conversation in hand. One whose time is over has it until that is noticed. */
export async function readTakeover(queries: Queries, phone: string): Promise<TakenOver | undefined> {
  const [takeover] = await queries
    .select()
    .from(takeovers)
    .where(and(eq(takeovers.phone, phone), isNull(takeovers.endedAt)));
  return takeover;
}

export function takeoverView({ operatorId, expiresAt }: TakenOver): Takeover {
  return { operatorId, until: expiresAt.toISOString() };
}

export function heldByAnother(takeover: TakenOver): DomainError {
  return new DomainError("conflict", "taken-over", "Another operator has this conversation in hand.", {
    details: takeoverView(takeover),
  });
}

/** The takeover of who acts. Throws `not-taken-over` (409) where there is none, `taken-over` where it is another's. */
export async function readOwnTakeover(
  tx: Transaction,
  { phone, operatorId, at }: { phone: string; operatorId: string; at: Date },
): Promise<TakenOver> {
  const takeover = await readTakeover(tx, phone);
  if (!takeover || takeover.expiresAt <= at)
    throw new DomainError("conflict", "not-taken-over", "Take the conversation over first.");
  if (takeover.operatorId !== operatorId) throw heldByAnother(takeover);
  return takeover;
}

/**
 * What was written to the operator needs nothing more, up to the message that they saw last; without one all of it.
 * Throws `seen-unknown` (422) for a message of another phone.
 */
export async function settleLeft(
  tx: Transaction,
  { phone, seen, at }: { phone: string; seen: string | undefined; at: Date },
): Promise<void> {
  const [last] = seen
    ? await tx
        .select({ sequence: inboundMessages.sequence })
        .from(inboundMessages)
        .where(and(eq(inboundMessages.id, seen), eq(inboundMessages.phone, phone)))
    : [];
  if (seen && !last) {
    throw new DomainError("invalid", "seen-unknown", "This phone has written no such message.", {
      errors: [{ path: "body.seen", message: "is no message of this conversation" }],
    });
  }
  const upTo = last && lte(inboundMessages.sequence, last.sequence);
  const settled = tx
    .select({ id: inboundMessages.id })
    .from(inboundMessages)
    .where(and(eq(inboundMessages.phone, phone), upTo));
  await tx
    .delete(messagesLeft)
    .where(and(eq(messagesLeft.phone, phone), upTo && inArray(messagesLeft.messageId, settled)));
  const [waiting] = await tx
    .select({ id: messagesLeft.messageId })
    .from(messagesLeft)
    .where(eq(messagesLeft.phone, phone))
    .limit(1);
  if (!waiting) await forgetCall(tx, phone, at);
}

/** Nothing waits for the operator any more. */
export async function forgetCall(tx: Transaction, phone: string, at: Date): Promise<void> {
  await tx
    .update(attentionItems)
    .set({ resolvedAt: at, resolvedBy: "service:notifications" })
    .where(
      and(
        eq(attentionItems.phone, phone),
        eq(attentionItems.kind, "wrote_to_operator"),
        isNull(attentionItems.resolvedAt),
      ),
    );
}
