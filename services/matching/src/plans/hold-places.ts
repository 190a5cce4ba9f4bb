import type { Transaction } from "@minka/database/connect";
import { and, eq, sql } from "@minka/database/query";
import { capacity } from "../tables.ts";

/**
 * Takes as many of `wanted` places of an offer's month as there are, and returns how many. The row is locked from
 * the check to the end, so that a plan and whoever chooses at the same moment never oversell.
 */
export async function takePlaces(
  tx: Transaction,
  {
    offerId,
    monthlyCapacity,
    month,
    wanted,
  }: { offerId: string; monthlyCapacity: number | null; month: string; wanted: number },
): Promise<number> {
  if (wanted <= 0) return 0;
  await tx.insert(capacity).values({ offerId, month, used: 0 }).onConflictDoNothing();
  const [before] = await tx
    .select({ used: capacity.used })
    .from(capacity)
    .where(and(eq(capacity.offerId, offerId), eq(capacity.month, month)))
    .for("update");
  const left = monthlyCapacity === null ? wanted : Math.max(0, monthlyCapacity - (before?.used ?? 0));
  const taken = Math.min(wanted, left);
  if (taken > 0) await addPlaces(tx, { offerId, month, more: taken });
  return taken;
}

/** Gives back a place that a visit holds, if it holds one. */
export async function giveBackPlace(
  tx: Transaction,
  { offerId, capacityMonth }: { offerId: string | null; capacityMonth: string | null },
): Promise<void> {
  if (offerId !== null && capacityMonth !== null)
    await addPlaces(tx, { offerId, month: capacityMonth, more: -1 });
}

async function addPlaces(
  tx: Transaction,
  { offerId, month, more }: { offerId: string; month: string; more: number },
): Promise<void> {
  await tx
    .update(capacity)
    .set({ used: sql`${capacity.used} + ${more}` })
    .where(and(eq(capacity.offerId, offerId), eq(capacity.month, month)));
}
