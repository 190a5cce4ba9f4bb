import type { Engagement } from "@minka/contracts/engagements";
import type { Side } from "@minka/contracts/quotes";
import type { Rating } from "@minka/contracts/ratings";
import type { RatingRow } from "./ratings-tables.ts";

export function ratingView({ by, score, at, publishedAt }: RatingRow): Rating {
  return { by, score, at: at.toISOString(), publishedAt: publishedAt?.toISOString() ?? null };
}

/** An engagement as one side sees it: its own rating, and the other's once that is published. */
export function seenBySide(engagement: Engagement, side: Side): Engagement {
  const ratings = engagement.ratings.filter(({ by, publishedAt }) => by === side || publishedAt !== null);
  return { ...engagement, ratings, score: scoreIn(ratings) };
}

/** The producer's, where it is among those that may be seen. */
export function scoreIn(ratings: readonly Rating[]): number | null {
  return ratings.find(({ by }) => by === "requester")?.score ?? null;
}
