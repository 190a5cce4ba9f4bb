import { countAudience } from "@minka/contracts/audiences";
import type { Queries } from "@minka/database/connect";
import type { Caller } from "@minka/http/caller";
import { count, eq } from "@minka/database/query";
import { outboundMessages } from "../tables.ts";
import type { Bulletin } from "./bulletin-rights.ts";
import { bulletinRecipients } from "./bulletins-tables.ts";

type Kit = { readonly read: Queries; readonly call: Caller; readonly trace: string };
type State = typeof outboundMessages.$inferSelect.state;
type Count = "queued" | "sent" | "delivered" | "withheld" | "failed";

const countOf: Record<State, Count> = {
  queued: "queued",
  sending: "queued",
  unknown: "queued",
  sent: "sent",
  delivered: "delivered",
  withheld: "withheld",
  undelivered: "failed",
  failed: "failed",
  expired: "failed",
};

export function bulletinView({ id, title, text, message, segments, audience, ...row }: Bulletin) {
  return {
    id,
    title,
    text,
    message,
    segments,
    audience,
    state: row.state,
    sendAt: row.sendAt?.toISOString() ?? null,
    approvedByAnother: row.approvedBy === null ? null : row.approvedBy !== row.createdBy,
    createdAt: row.createdAt.toISOString(),
  };
}

/** With how many it reaches, asked of profiles while it is a draft, and what became of its messages. */
export async function countedView({ read, call, trace }: Kit, bulletin: Bulletin) {
  const { people } =
    bulletin.people === null
      ? await call(countAudience, { body: bulletin.audience }, { trace })
      : { people: bulletin.people };
  const counts = { people, queued: 0, sent: 0, delivered: 0, withheld: 0, failed: 0 };
  const rows = await read
    .select({ state: outboundMessages.state, messages: count() })
    .from(bulletinRecipients)
    .innerJoin(outboundMessages, eq(outboundMessages.id, bulletinRecipients.messageId))
    .where(eq(bulletinRecipients.bulletinId, bulletin.id))
    .groupBy(outboundMessages.state);
  for (const { state, messages } of rows) counts[countOf[state]] += messages;
  return { bulletin: { ...bulletinView(bulletin), counts } };
}
