import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { listAttention } from "@minka/contracts/notifications";
import type { Database } from "@minka/database/connect";
import { maskPhone } from "@minka/domain/phone";
import { and, asc, eq, gt, isNull, or, sql } from "drizzle-orm";
import { readCursor, writeCursor } from "../list-cursor.ts";
import { attentionItems, conversations, inboundMessages, outboundMessages } from "../tables.ts";

/** What waits for an operator, oldest first, with the text of the message that it is about. */
export async function listWaiting(
  { db }: { db: Database },
  { cursor, limit }: HandlerInput<typeof listAttention>["query"],
): Promise<HandlerAnswer<typeof listAttention>> {
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const rows = await db.read
    .select({
      id: attentionItems.id,
      kind: attentionItems.kind,
      phone: attentionItems.phone,
      subject: attentionItems.subject,
      conversationId: conversations.id,
      at: attentionItems.at,
      text: sql<
        string | null
      >`coalesce(${attentionItems.text}, ${inboundMessages.body}, ${outboundMessages.body})`,
    })
    .from(attentionItems)
    .leftJoin(inboundMessages, eq(inboundMessages.id, attentionItems.messageId))
    .leftJoin(outboundMessages, eq(outboundMessages.id, attentionItems.messageId))
    .leftJoin(conversations, eq(conversations.phone, attentionItems.phone))
    .where(
      and(
        isNull(attentionItems.resolvedAt),
        after &&
          or(
            gt(attentionItems.at, after.at),
            and(eq(attentionItems.at, after.at), gt(attentionItems.id, after.id)),
          ),
      ),
    )
    .orderBy(asc(attentionItems.at), asc(attentionItems.id))
    .limit(limit + 1);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map(({ phone, at, ...item }) => ({
      ...item,
      phone: maskPhone(phone),
      at: at.toISOString(),
    })),
    next: last && rows.length > limit ? writeCursor(last) : null,
  };
}
