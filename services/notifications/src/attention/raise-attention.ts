import type { attentionKinds } from "@minka/contracts/notifications";
import type { Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
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
  }: { kind: AttentionKind; phone: string; at: Date; text?: string | null; messageId?: string | null },
): Promise<string> {
  const id = newId();
  await tx.insert(attentionItems).values({ id, kind, phone, text, messageId, at });
  return id;
}
