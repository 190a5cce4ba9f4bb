import type { Queries, Transaction } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import type { Deduction, Settlement } from "@minka/pooling/settle-lot";
import { and, asc, eq, inArray, isNotNull, or, sql } from "@minka/database/query";
import { paidOfEach } from "../payments/paid.ts";
import { lots, type LotRow } from "./lots-tables.ts";
import { lotAdvances } from "./settlements-tables.ts";

/**
 * What members confirmed to have got before, also who has nothing in it after all: that stays owed. And of whom the lot
 * brings something, what earlier settlements of this organizer did not suffice for and nobody has given back. Locks the
 * advances: two settlements take nothing twice. `advance-waits` (409).
 */
export async function advancesOf(
  tx: Transaction,
  { id: lotId, organizerKind, organizerId }: LotRow,
  personIds: readonly string[],
): Promise<Deduction[]> {
  const owed = tx
    .select({ id: lotAdvances.id })
    .from(lotAdvances)
    .innerJoin(lots, eq(lots.id, lotAdvances.lotId))
    .where(
      or(
        eq(lotAdvances.lotId, lotId),
        and(
          inArray(lotAdvances.personId, [...personIds]),
          isNotNull(lotAdvances.takenCentimos),
          eq(lots.state, "settled"),
          eq(lots.organizerKind, organizerKind),
          eq(lots.organizerId, organizerId),
        ),
      ),
    );
  const rows = await tx
    .select()
    .from(lotAdvances)
    .where(inArray(lotAdvances.id, owed))
    .orderBy(asc(lotAdvances.id))
    .for("update");
  const paid = await paidOfEach(
    tx,
    "advance",
    rows.map(({ id }) => id),
  );
  return rows.flatMap(({ id, personId, lotId: of, takenCentimos }) => {
    const got = paid.get(id);
    if (!got) return [];
    if (of === lotId && got.waiting + got.waitingBack > 0)
      throw new DomainError("conflict", "advance-waits", "An advance that was paid is not confirmed yet.");
    const centimos = got.confirmed - got.back - got.waitingBack - (takenCentimos ?? 0);
    return centimos > 0 ? [{ personId, kind: "advance" as const, id, centimos }] : [];
  });
}

/** Writes down what an approved settlement takes off for each advance: the rest is owed back. */
export async function takeAdvances(tx: Transaction, lotId: string, { members }: Settlement): Promise<void> {
  await tx
    .update(lotAdvances)
    .set({ takenCentimos: sql`coalesce(${lotAdvances.takenCentimos}, 0)` })
    .where(eq(lotAdvances.lotId, lotId));
  for (const { kind, id, takenCentimos } of members.flatMap(({ deductions }) => deductions))
    if (kind === "advance" && id !== null && takenCentimos > 0)
      await tx
        .update(lotAdvances)
        .set({ takenCentimos: sql`coalesce(${lotAdvances.takenCentimos}, 0) + ${takenCentimos}` })
        .where(eq(lotAdvances.id, id));
}

/** Of what somebody got before a lot was settled, what they have still to give back, or the next settlement takes. */
export async function owedBack(
  queries: Queries,
  lotId: string,
  personId: string,
): Promise<{ advanceId: string; centimos: number }[]> {
  const rows = await queries
    .select({ id: lotAdvances.id, takenCentimos: lotAdvances.takenCentimos })
    .from(lotAdvances)
    .where(
      and(
        eq(lotAdvances.lotId, lotId),
        eq(lotAdvances.personId, personId),
        isNotNull(lotAdvances.takenCentimos),
      ),
    )
    .orderBy(asc(lotAdvances.id));
  const paid = await paidOfEach(
    queries,
    "advance",
    rows.map(({ id }) => id),
  );
  return rows.flatMap(({ id: advanceId, takenCentimos }) => {
    const got = paid.get(advanceId);
    const centimos = got ? got.confirmed - got.back - (takenCentimos ?? 0) : 0;
    return centimos > 0 ? [{ advanceId, centimos }] : [];
  });
}
