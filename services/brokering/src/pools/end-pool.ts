import type { poolCancelCauses } from "@minka/contracts/pools";
import { nudgeAfterCommit, type Transaction } from "@minka/database/connect";
import type { Role } from "@minka/domain/lifecycle";
import type { Act } from "@minka/service/act";
import { and, eq, gt, inArray, notExists } from "@minka/database/query";
import { alias } from "@minka/database/table";
import { tellRefunds } from "../payments/tell-refunds.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { endQuestions } from "../telling/end-questions.ts";
import { movePool } from "./lock-pool.ts";
import { peopleIn } from "./notice-price.ts";
import { standingOrders } from "./pool-lifecycle.ts";
import { poolApprovalAsks, poolAwards, poolSupplies } from "./pool-awards-tables.ts";
import { poolOrders } from "./pool-orders-tables.ts";
import { poolQuotes } from "./pool-quotes-tables.ts";
import { poolSuppliers, type PoolRow } from "./pools-tables.ts";

type Cause = (typeof poolCancelCauses)[number];

/** Ends a locked pool without an order; everybody in it, its suppliers and who opened it are told. */
export async function endPool(
  tx: Transaction,
  act: Act,
  { pool, role, cause, reason = null }: { pool: PoolRow; role: Role; cause: Cause; reason?: string | null },
): Promise<PoolRow> {
  const people = await peopleIn(tx, pool.id);
  const suppliers = await quotingPeople(tx, pool.id);
  await endAwardQuestions(tx, act, pool);
  const ended = await movePool(tx, act, {
    pool,
    step: "cancel",
    role,
    set: { nextAt: null, inviting: null, computing: null, cancelCause: cause, cancelReason: reason },
  });
  await closeAward(tx, pool.awardId, "replaced");
  await tx
    .update(poolOrders)
    .set({ state: "out", reasons: [{ code: "pool-cancelled", parameters: { cause } }] })
    .where(and(eq(poolOrders.poolId, pool.id), inArray(poolOrders.state, [...standingOrders])));
  await tellPeople(tx, act, { kind: "pool-cancelled", id: pool.id }, [
    ...people,
    ...suppliers,
    ...pool.makers,
  ]);
  await tellRefunds(tx, act, pool);
  return ended;
}

/**
 * Opens a locked pool again until a later deadline; people and suppliers are told, and may change what they said.
 */
export async function reopenPool(
  tx: Transaction,
  act: Act,
  { pool, role, deadline }: { pool: PoolRow; role: Role; deadline: Date },
): Promise<PoolRow> {
  await endAwardQuestions(tx, act, pool);
  const reopened = await movePool(tx, act, {
    pool,
    step: "reopen",
    role,
    set: {
      deadline,
      nextAt: deadline,
      computing: null,
      computingFor: [],
      extended: pool.extended + 1,
      rounds: 0,
    },
  });
  await tx
    .update(poolOrders)
    .set({ state: "joined", confirmBy: null, answeredAt: null })
    .where(and(eq(poolOrders.poolId, pool.id), inArray(poolOrders.state, ["asked", "confirmed"])));
  await takeBack(tx, pool.id);
  const suppliers = await invitedPeople(tx, pool.id);
  await tellPeople(tx, act, { kind: "pool-extended", id: pool.id }, [
    ...(await peopleIn(tx, pool.id)),
    ...suppliers,
  ]);
  return reopened;
}

/** Has the award of a locked pool computed anew; whoever was asked about the last one is asked no more. */
export async function recomputePool(
  tx: Transaction,
  act: Act,
  {
    pool,
    role,
    because,
    makers,
  }: {
    pool: PoolRow;
    role: Role;
    because: NonNullable<PoolRow["computing"]>;
    makers: readonly string[];
  },
): Promise<PoolRow> {
  await endAwardQuestions(tx, act, pool);
  const closed = await movePool(tx, act, {
    pool,
    step: "recompute",
    role,
    set: { awardId: pool.awardId, computing: because, computingFor: [...makers], nextAt: act.at },
  });
  nudgeAfterCommit(tx, { service: "brokering", job: "close-pool", id: pool.id, trace: act.trace });
  return closed;
}

/**
 * Whoever left quotes out was the maker of the award without them; the one after a later deadline is another, so that
 * they take part in it again. Of each supplier the last one.
 */
async function takeBack(tx: Transaction, poolId: string): Promise<void> {
  const later = alias(poolQuotes, "later");
  await tx
    .update(poolQuotes)
    .set({ state: "standing" })
    .where(
      and(
        eq(poolQuotes.poolId, poolId),
        eq(poolQuotes.state, "excluded"),
        notExists(
          tx
            .select({ id: later.id })
            .from(later)
            .where(
              and(
                eq(later.poolId, poolId),
                eq(later.providerId, poolQuotes.providerId),
                gt(later.version, poolQuotes.version),
              ),
            ),
        ),
      ),
    );
}

/** Contact people of whoever may quote, anew or for the first time. */
async function invitedPeople(tx: Transaction, poolId: string): Promise<string[]> {
  const invited = await tx
    .select({ personId: poolSuppliers.personId })
    .from(poolSuppliers)
    .where(eq(poolSuppliers.poolId, poolId));
  return [...invited.map(({ personId }) => personId), ...(await quotingPeople(tx, poolId))];
}

/** Contact people of the suppliers whose quotes stand, or that the organizer left out of an award. */
export async function quotingPeople(tx: Transaction, poolId: string): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ personId: poolQuotes.personId })
    .from(poolQuotes)
    .where(and(eq(poolQuotes.poolId, poolId), inArray(poolQuotes.state, ["standing", "excluded"])));
  return rows.map(({ personId }) => personId);
}

/** The award of a pool is no more to be approved, delivered or ordered. */
export async function closeAward(
  tx: Transaction,
  awardId: string | null,
  state: "replaced" | "sent_back",
  sentBackReason: string | null = null,
): Promise<void> {
  if (awardId === null) return;
  await tx
    .update(poolAwards)
    .set({ state, sentBackReason })
    .where(and(eq(poolAwards.id, awardId), inArray(poolAwards.state, ["proposed", "approved"])));
}

/** Of the three rounds of questions only the one that the pool is in is open. */
async function endAwardQuestions(tx: Transaction, act: Act, { id, state, awardId }: PoolRow): Promise<void> {
  if (awardId === null) return;
  if (state === "proposed") await endQuestions(tx, act, await askedApprovers(tx, awardId));
  if (state === "asking_suppliers") {
    const asked = await tx
      .select({ personId: poolSupplies.personId })
      .from(poolSupplies)
      .where(and(eq(poolSupplies.awardId, awardId), eq(poolSupplies.state, "asked")));
    await endQuestions(
      tx,
      act,
      asked.map(({ personId }) => personId),
    );
  }
  if (state === "asking_members") {
    const asked = await tx
      .select({ personId: poolOrders.personId })
      .from(poolOrders)
      .where(and(eq(poolOrders.poolId, id), eq(poolOrders.state, "asked")));
    await endQuestions(
      tx,
      act,
      asked.map(({ personId }) => personId),
    );
  }
}

export async function askedApprovers(tx: Transaction, awardId: string): Promise<string[]> {
  const rows = await tx
    .select({ personId: poolApprovalAsks.personId })
    .from(poolApprovalAsks)
    .where(eq(poolApprovalAsks.awardId, awardId));
  return rows.map(({ personId }) => personId);
}
