import type { Database } from "@minka/database/connect";
import { sql } from "@minka/database/query";
import { standings } from "../tables.ts";

export type StandingRow = {
  readonly providerId: string;
  readonly ratings: number;
  readonly ratingSum: number;
  readonly asks: number;
  readonly answers: number;
  /** Waking minutes. */
  readonly answerMinutesSum: number;
  /** Agreed and done; as many as were rated, unless it is known. */
  readonly completed?: number;
};

const batch = 1_000;

/** Brings in what is known of providers from before, as a seed or a move from another operator does. */
export async function loadStandings(
  db: Pick<Database, "transaction">,
  rows: readonly StandingRow[],
): Promise<void> {
  await db.transaction(async (tx) => {
    for (let start = 0; start < rows.length; start += batch) {
      await tx
        .insert(standings)
        .values(
          rows.slice(start, start + batch).map(({ completed, ...row }) => ({
            ...row,
            noShows: 0,
            completed: completed ?? row.ratings,
            // Ratings from before have been read by whom they are about.
            publishedRatings: row.ratings,
            publishedSum: row.ratingSum,
          })),
        )
        .onConflictDoUpdate({
          target: standings.providerId,
          set: {
            ratings: sql`excluded.ratings`,
            ratingSum: sql`excluded.rating_sum`,
            asks: sql`excluded.asks`,
            answers: sql`excluded.answers`,
            answerMinutesSum: sql`excluded.answer_minutes_sum`,
            completed: sql`excluded.completed`,
            publishedRatings: sql`excluded.published_ratings`,
            publishedSum: sql`excluded.published_sum`,
          },
        });
    }
  });
}
