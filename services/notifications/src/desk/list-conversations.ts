import type { Actor } from "@minka/contracts/actor";
import type { listConversations as contract } from "@minka/contracts/conversations";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { Queries } from "@minka/database/connect";
import { maskPhone } from "@minka/domain/phone";
import type { ServiceKit } from "@minka/service/define-service";
import {
  and,
  desc,
  eq,
  inArray,
  isNotNull,
  isNull,
  lt,
  notInArray,
  or,
  sql,
  type SQL,
} from "@minka/database/query";
import { readCursor, writeCursor } from "@minka/service/list-cursor";
import { optedOutAmong } from "../sending/opt-outs.ts";
import { attentionItems, conversations, inboundMessages, outboundMessages } from "../tables.ts";
import { takeovers } from "./desk-tables.ts";
import { operatorOf } from "./take-over.ts";
import { takeoverView } from "./taken-over.ts";

type Kit = Pick<ServiceKit, "db" | "environment">;
type Answer = HandlerAnswer<typeof contract>;

/** What happened to a message is for who looks after the gateway, not after the person. */
const technical = ["message_unsettled", "message_failed", "channel_paused"] as const;

/** Who wrote last comes first. Shows no text and no whole number. */
export async function listConversations(
  { db, environment }: Kit,
  actor: Actor,
  { cursor, limit, waiting, takenOver }: HandlerInput<typeof contract>["query"],
): Promise<Answer> {
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const rows = await readSummaries(
    db.read,
    and(
      isNotNull(conversations.wroteAt),
      waiting && inArray(conversations.phone, waitingPhones(db.read)),
      takenOver && isNotNull(takeovers.id),
      takenOver === "me" ? eq(takeovers.operatorId, operatorOf(actor)) : undefined,
      after &&
        or(
          lt(conversations.wroteAt, after.at),
          and(eq(conversations.wroteAt, after.at), lt(conversations.id, after.id)),
        ),
    ),
    limit + 1,
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const optedOut = await optedOutAmong(
    db.read,
    environment,
    shown.map(({ phone }) => phone),
  );
  return {
    items: shown.map((row) => ({
      ...summaryView(row, optedOut.has(row.phone)),
      phone: maskPhone(row.phone),
    })),
    next: last?.wroteAt && rows.length > limit ? writeCursor({ at: last.wroteAt, id: last.id }) : null,
  };
}

type Row = Awaited<ReturnType<typeof readSummaries>>[number];

/** The newest conversations that fulfil a condition, with who has them in hand. */
export async function readSummaries(queries: Queries, condition: SQL | undefined, limit: number) {
  // Written out: drizzle would leave the inner tables' names away.
  return queries
    .select({
      id: conversations.id,
      phone: conversations.phone,
      wroteAt: conversations.wroteAt,
      takeover: takeovers,
      waiting: sql<boolean>`${conversations.phone} in (${waitingPhones(queries)})`,
      received: sql<number>`(select count(*)::int from ${inboundMessages} i
        where i.phone = ${conversations}.phone and i.body is not null)`,
      sent: sql<number>`(select count(*)::int from ${outboundMessages} o
        where o.phone = ${conversations}.phone and not o.ephemeral)`,
      lastIn: sql<string | null>`(select i.received_at from ${inboundMessages} i
        where i.phone = ${conversations}.phone and i.body is not null order by i.sequence desc limit 1)`,
      lastOut: sql<string | null>`(select o.created_at from ${outboundMessages} o
        where o.phone = ${conversations}.phone and not o.ephemeral order by o.sequence desc limit 1)`,
    })
    .from(conversations)
    .leftJoin(takeovers, and(eq(takeovers.phone, conversations.phone), isNull(takeovers.endedAt)))
    .where(condition)
    .orderBy(desc(conversations.wroteAt), desc(conversations.id))
    .limit(limit);
}

function waitingPhones(queries: Queries) {
  return queries
    .select({ phone: attentionItems.phone })
    .from(attentionItems)
    .where(and(isNull(attentionItems.resolvedAt), notInArray(attentionItems.kind, [...technical])));
}

export function summaryView(row: Row, optedOut: boolean) {
  const { id, phone, wroteAt, takeover, waiting, received, sent, lastIn, lastOut } = row;
  return {
    id,
    phone,
    wroteAt: (wroteAt ?? new Date(0)).toISOString(),
    last: lastOf(lastIn, lastOut),
    received,
    sent,
    waiting,
    takenOver: takeover && takeoverView(takeover),
    optedOut,
  };
}

function lastOf(lastIn: string | null, lastOut: string | null): "in" | "out" | null {
  if (lastIn === null) return lastOut === null ? null : "out";
  if (lastOut === null) return "in";
  // At one and the same moment what was written comes before the answer to it.
  return new Date(lastOut) >= new Date(lastIn) ? "out" : "in";
}
