import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { listMisunderstood as contract } from "@minka/contracts/misunderstood";
import type { Database } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { maskPhone } from "@minka/domain/phone";
import { nearestIntents } from "@minka/language/nearest-intents";
import { and, desc, eq, isNotNull, lt } from "@minka/database/query";
import { z } from "zod";
import { inboundMessages } from "../tables.ts";
import { shownSlots } from "./labels.ts";
import { misunderstoodMessages } from "./misunderstood-tables.ts";

/** The newest first. What it may have meant is thought over anew each time, with today's words. */
export async function listMisunderstood(
  { db }: { db: Database },
  { cursor, limit, state }: HandlerInput<typeof contract>["query"],
): Promise<HandlerAnswer<typeof contract>> {
  if (cursor !== undefined && !z.uuid().safeParse(cursor).success)
    throw new DomainError("invalid", "cursor-wrong", "This cursor was not given by this list.");
  const rows = await db.read
    .select({ kept: misunderstoodMessages, text: inboundMessages.body })
    .from(misunderstoodMessages)
    .leftJoin(inboundMessages, eq(inboundMessages.id, misunderstoodMessages.messageId))
    .where(
      and(
        eq(misunderstoodMessages.state, state),
        isNotNull(misunderstoodMessages.messageId),
        cursor === undefined ? undefined : lt(misunderstoodMessages.id, cursor),
      ),
    )
    .orderBy(desc(misunderstoodMessages.id))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  return {
    items: shown.map(({ kept, text }) => ({
      id: kept.id,
      phone: maskPhone(kept.phone ?? ""),
      at: kept.at.toISOString(),
      context: kept.context,
      text,
      proposals: text === null ? [] : nearestIntents(text, kept.context).slice(0, 3),
      correction:
        kept.intent === null ? null : { intent: kept.intent, slots: shownSlots(kept.slots ?? {}, text) },
    })),
    next: rows.length > limit ? (shown.at(-1)?.kept.id ?? null) : null,
  };
}
