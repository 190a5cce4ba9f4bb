import type { Transaction } from "@minka/database/connect";
import { sql } from "drizzle-orm";
import { standings } from "../tables.ts";

type Counters = Omit<typeof standings.$inferSelect, "providerId">;
const none: Counters = { ratings: 0, ratingSum: 0, asks: 0, answers: 0, answerMinutesSum: 0, noShows: 0 };

/** Adds to a provider's counters. After requests and capacity in the order of locks, one provider a transaction. */
export async function addToStanding(
  tx: Transaction,
  providerId: string,
  more: Partial<Counters>,
): Promise<void> {
  const increments = Object.fromEntries(
    Object.entries(more).map(([name, by]) => [name, sql`${standings[name as keyof Counters]} + ${by}`]),
  );
  await tx
    .insert(standings)
    .values({ providerId, ...none, ...more })
    .onConflictDoUpdate({ target: standings.providerId, set: increments });
}
