import type { Transaction } from "@minka/database/connect";
import { limaDay } from "@minka/domain/lima-time";
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { capacity, type MatchRow } from "../tables.ts";

/** A place counts in the month in which its provider was asked, whenever the visit takes place. */
export function capacityMonth(now: Date): string {
  return limaDay(now).slice(0, 7);
}

/**
 * Takes one place of an offer's month. False when none is left: the check and the increment are one
 * statement, so that no number of simultaneous choices oversells.
 */
export async function takePlace(
  tx: Transaction,
  { offerId, monthlyCapacity }: Pick<MatchRow, "offerId" | "monthlyCapacity">,
  month: string,
): Promise<boolean> {
  const taken = await tx
    .insert(capacity)
    .values({ offerId, month, used: 1 })
    .onConflictDoUpdate({
      target: [capacity.offerId, capacity.month],
      set: { used: sql`${capacity.used} + 1` },
      setWhere: monthlyCapacity === null ? sql`true` : sql`${capacity.used} < ${monthlyCapacity}`,
    })
    .returning({ used: capacity.used });
  return taken.length === 1;
}

/** Gives back the place that a match holds, if it holds one. */
export async function freePlace(
  tx: Transaction,
  { offerId, capacityMonth }: Pick<MatchRow, "offerId" | "capacityMonth">,
): Promise<void> {
  if (capacityMonth === null) return;
  await tx
    .update(capacity)
    .set({ used: sql`${capacity.used} - 1` })
    .where(and(eq(capacity.offerId, offerId), eq(capacity.month, capacityMonth)));
}

/**
 * Locks what is about to be freed and taken in one order. Without it, a request that passes from A to B
 * and another that passes from B to A would wait for each other.
 */
export async function lockPlaces(tx: Transaction, offerIds: readonly string[]): Promise<void> {
  if (offerIds.length < 2) return;
  await tx
    .select({ used: capacity.used })
    .from(capacity)
    .where(inArray(capacity.offerId, [...offerIds]))
    .orderBy(asc(capacity.offerId), asc(capacity.month))
    .for("update");
}
