import type { Transaction } from "@minka/database/connect";
import { sql } from "@minka/database/query";
import { standings } from "../tables.ts";

export type Counters = Omit<typeof standings.$inferSelect, "providerId">;

/** Of whom nothing is known. */
export const none: Counters = {
  ratings: 0,
  ratingSum: 0,
  asks: 0,
  answers: 0,
  answerMinutesSum: 0,
  noShows: 0,
  publishedRatings: 0,
  publishedSum: 0,
  completed: 0,
  cancelledLate: 0,
  helped: 0,
  helpAsked: 0,
};

/** Adds to a provider's counters. After requests and capacity in the order of locks, one provider a transaction. */
export async function addToStanding(
  tx: Transaction,
  providerId: string,
  more: Partial<Counters>,
): Promise<void> {
  const added = { ...none, ...more };
  const names = Object.keys(none) as (keyof Counters)[];
  await tx
    .insert(standings)
    .values({ providerId, ...added })
    .onConflictDoUpdate({
      target: standings.providerId,
      set: Object.fromEntries(names.map((name) => [name, sql`${standings[name]} + ${added[name]}`])),
    });
}
