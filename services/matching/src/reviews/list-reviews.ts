import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { listReviews as contract } from "@minka/contracts/reviews";
import type { Database } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { and, desc, isNotNull, isNull, lt } from "drizzle-orm";
import { z } from "zod";
import { reviews } from "./reviews-tables.ts";

/** A page of reviews, the newest first. `cursor-wrong` (422). */
export async function listReviews(
  { read }: Database,
  { state, cursor, limit }: HandlerInput<typeof contract>["query"],
): Promise<HandlerAnswer<typeof contract>> {
  if (cursor !== undefined && !z.uuid().safeParse(cursor).success)
    throw new DomainError("invalid", "cursor-wrong", "The cursor is not one that a page gave.");
  const rows = await read
    .select()
    .from(reviews)
    .where(
      and(
        state === "open" ? isNull(reviews.settledAt) : undefined,
        state === "settled" ? isNotNull(reviews.settledAt) : undefined,
        cursor === undefined ? undefined : lt(reviews.id, cursor),
      ),
    )
    .orderBy(desc(reviews.id))
    .limit(limit + 1);
  const items = rows.slice(0, limit).map(({ id, requestId, personId, why, askedAt, outcome, settledAt }) => ({
    id,
    requestId,
    personId,
    why,
    askedAt: askedAt.toISOString(),
    state: settledAt ? ("settled" as const) : ("open" as const),
    outcome,
    settledAt: settledAt?.toISOString() ?? null,
  }));
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
