import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { listAttention } from "@minka/contracts/notifications";
import type { Database } from "@minka/database/connect";
import { maskPhone } from "@minka/domain/phone";
import { addDays, limaInstant } from "@minka/domain/lima-time";
import { and, asc, desc, eq, gt, gte, isNull, lt, or, sql } from "@minka/database/query";
import { readCursor, writeCursor } from "@minka/service/list-cursor";
import { attentionItems, conversations, inboundMessages, outboundMessages } from "../tables.ts";

/** What waits for an operator, oldest first unless said, with the text of the message that it is about. */
export async function listWaiting(
  { db }: { db: Database },
  { kind, subject, from, until, order, cursor, limit }: HandlerInput<typeof listAttention>["query"],
): Promise<HandlerAnswer<typeof listAttention>> {
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const [sorted, beyond] = order === "newest" ? [desc, lt] : [asc, gt];
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
        kind === undefined ? undefined : eq(attentionItems.kind, kind),
        subject === undefined ? undefined : eq(attentionItems.subject, subject),
        from === undefined ? undefined : gte(attentionItems.at, limaInstant(from, 0)),
        until === undefined ? undefined : lt(attentionItems.at, limaInstant(addDays(until, 1), 0)),
        after &&
          or(
            beyond(attentionItems.at, after.at),
            and(eq(attentionItems.at, after.at), beyond(attentionItems.id, after.id)),
          ),
      ),
    )
    .orderBy(sorted(attentionItems.at), sorted(attentionItems.id))
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
