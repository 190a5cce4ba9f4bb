import type { Transaction } from "@minka/database/connect";
import { limaDay } from "@minka/domain/lima-time";
import { and, asc, eq, inArray, sql } from "@minka/database/query";
import { capacity, type MatchRow } from "../tables.ts";

/** A month in Lima, "2026-11". */
export function capacityMonth(now: Date): string {
  return limaDay(now).slice(0, 7);
}

/**
 * The month whose place a match takes: the one in which its provider is asked, whenever the visit takes place; a
 * later one where that was full when it was listed.
 */
export function monthOf({ forMonth }: Pick<MatchRow, "forMonth">, now: Date): string {
  const asked = capacityMonth(now);
  return forMonth !== null && forMonth > asked ? forMonth : asked;
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
  if (monthlyCapacity !== null && monthlyCapacity < 1) return false;
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

type Placed = Pick<MatchRow, "offerId" | "forMonth" | "capacityMonth">;

/**
 * Locks the places that these matches hold or may take at `now`, in one order. Without it, a request that passes from
 * A to B and another that passes from B to A would wait for each other; and one place that is taken after its provider's
 * load was locked, for who does it in the order of locks.
 */
export async function lockPlaces(tx: Transaction, of: readonly Placed[], now: Date): Promise<void> {
  const wanted = new Map<string, { offerId: string; month: string; used: number }>();
  for (const match of of)
    for (const month of new Set([monthOf(match, now), match.capacityMonth ?? monthOf(match, now)]))
      wanted.set(`${match.offerId} ${month}`, { offerId: match.offerId, month, used: 0 });
  if (wanted.size === 0) return;
  const rows = [...wanted].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
  // Made in that order too: a place that is taken for the first time has no row to lock.
  await tx.insert(capacity).values(rows).onConflictDoNothing();
  await tx
    .select({ used: capacity.used })
    .from(capacity)
    .where(
      inArray(
        capacity.offerId,
        rows.map(({ offerId }) => offerId),
      ),
    )
    .orderBy(asc(capacity.offerId), asc(capacity.month))
    .for("update");
}

/** How many places of the month that each may take are taken, by match. Exact while they are locked. */
export async function placesTaken(
  tx: Transaction,
  of: readonly MatchRow[],
  now: Date,
): Promise<(match: MatchRow) => number> {
  if (of.length === 0) return () => 0;
  const rows = await tx
    .select()
    .from(capacity)
    .where(
      inArray(
        capacity.offerId,
        of.map(({ offerId }) => offerId),
      ),
    );
  const used = new Map(rows.map((row) => [`${row.offerId} ${row.month}`, row.used]));
  return (match) => used.get(`${match.offerId} ${monthOf(match, now)}`) ?? 0;
}
