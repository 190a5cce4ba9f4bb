import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { listReviews as contract } from "@minka/contracts/reviews";
import type { Database } from "@minka/database/connect";
import { and, eq, isNotNull, isNull } from "@minka/database/query";
import { afterCursor, sorted, within } from "../list-order.ts";
import { reviews } from "./reviews-tables.ts";

/** A page of reviews, the newest first unless said. `cursor-wrong` (422). */
export async function listReviews(
  { read }: Database,
  { state, requestId, from, until, order, cursor, limit }: HandlerInput<typeof contract>["query"],
): Promise<HandlerAnswer<typeof contract>> {
  const rows = await read
    .select()
    .from(reviews)
    .where(
      and(
        state === "open" ? isNull(reviews.settledAt) : undefined,
        state === "settled" ? isNotNull(reviews.settledAt) : undefined,
        requestId === undefined ? undefined : eq(reviews.requestId, requestId),
        within(reviews.askedAt, { from, until }),
        afterCursor(reviews.id, cursor, order),
      ),
    )
    .orderBy(sorted(reviews.id, order))
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
