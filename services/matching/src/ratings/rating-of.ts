import type { Side } from "@minka/contracts/quotes";
import type { Transaction } from "@minka/database/connect";
import { and, eq } from "@minka/database/query";
import { ratings, type RatingRow } from "./ratings-tables.ts";

/** What a side said of an engagement, or null. */
export async function ratingOf(tx: Transaction, engagementId: string, by: Side): Promise<RatingRow | null> {
  const [rating] = await tx
    .select()
    .from(ratings)
    .where(and(eq(ratings.engagementId, engagementId), eq(ratings.by, by)));
  return rating ?? null;
}
