import type { Transaction } from "@minka/database/connect";
import { sql } from "drizzle-orm";
import { standings } from "../tables.ts";

type Counters = Omit<typeof standings.$inferSelect, "providerId">;

/** Adds to a provider's counters. After requests and capacity in the order of locks, one provider a transaction. */
export async function addToStanding(
  tx: Transaction,
  providerId: string,
  more: Partial<Counters>,
): Promise<void> {
  const { ratings = 0, ratingSum = 0, asks = 0, answers = 0, answerMinutesSum = 0, noShows = 0 } = more;
  await tx
    .insert(standings)
    .values({ providerId, ratings, ratingSum, asks, answers, answerMinutesSum, noShows })
    .onConflictDoUpdate({
      target: standings.providerId,
      set: {
        ratings: sql`${standings.ratings} + ${ratings}`,
        ratingSum: sql`${standings.ratingSum} + ${ratingSum}`,
        asks: sql`${standings.asks} + ${asks}`,
        answers: sql`${standings.answers} + ${answers}`,
        answerMinutesSum: sql`${standings.answerMinutesSum} + ${answerMinutesSum}`,
        noShows: sql`${standings.noShows} + ${noShows}`,
      },
    });
}
