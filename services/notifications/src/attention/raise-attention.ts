import type { attentionKinds } from "@minka/contracts/notifications";
import type { Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { and, eq, isNull } from "@minka/database/query";
import { attentionItems } from "../tables.ts";

export type AttentionKind = (typeof attentionKinds)[number];

/**
 * Puts something on the operator's list, in the transaction in which it happened. Say which message it is
 * about rather than repeat its text: the list reads it from there, and an erasure has one place to clean.
 */
export async function raiseAttention(
  tx: Transaction,
  {
    kind,
    phone,
    at,
    text = null,
    messageId = null,
    subject = null,
  }: {
    kind: AttentionKind;
    phone: string;
    at: Date;
    text?: string | null;
    messageId?: string | null;
    subject?: string | null;
  },
): Promise<string> {
  const id = newId();
  await tx.insert(attentionItems).values({ id, kind, phone, text, messageId, subject, at });
  return id;
}

/** Puts a request into the operator's hands; one that is there already for the same is not listed twice. */
export async function raiseAboutRequest(
  tx: Transaction,
  {
    kind,
    requestId,
    phone,
    at,
  }: {
    kind: "request_handed_over" | "review_asked" | "visit_in_doubt";
    requestId: string;
    phone: string;
    at: Date;
  },
): Promise<void> {
  const [waiting] = await tx
    .select({ id: attentionItems.id })
    .from(attentionItems)
    .where(
      and(
        eq(attentionItems.subject, requestId),
        eq(attentionItems.kind, kind),
        isNull(attentionItems.resolvedAt),
      ),
    )
    .limit(1);
  if (!waiting) await raiseAttention(tx, { kind, phone, subject: requestId, at });
}

/** Whoever was missed has said that all is well: nobody has to call. */
export async function settleAbout(
  tx: Transaction,
  { subject, at }: { subject: string; at: Date },
): Promise<void> {
  await tx
    .update(attentionItems)
    .set({ resolvedAt: at, resolvedBy: "system" })
    .where(and(eq(attentionItems.subject, subject), isNull(attentionItems.resolvedAt)));
}

/** Visits of a plan are with nobody, or it could not be placed anew: false where it is on the list already. */
export async function raisePlanLeft(
  tx: Transaction,
  { planId, phone, at }: { planId: string; phone: string; at: Date },
): Promise<boolean> {
  const kind = "plan_visits_left";
  const [waiting] = await tx
    .select({ id: attentionItems.id })
    .from(attentionItems)
    .where(
      and(
        eq(attentionItems.subject, planId),
        eq(attentionItems.kind, kind),
        isNull(attentionItems.resolvedAt),
      ),
    )
    .limit(1);
  if (!waiting) await raiseAttention(tx, { kind, phone, subject: planId, at });
  return !waiting;
}

/** A request that was handed over has a list again, or what was quarrelled about is decided: nobody has to look. */
export async function settleAboutRequest(
  tx: Transaction,
  { requestId, at }: { requestId: string; at: Date },
): Promise<void> {
  await tx
    .update(attentionItems)
    .set({ resolvedAt: at, resolvedBy: "system" })
    .where(
      and(
        eq(attentionItems.subject, requestId),
        eq(attentionItems.kind, "request_handed_over"),
        isNull(attentionItems.resolvedAt),
      ),
    );
}
