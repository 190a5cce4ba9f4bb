import type { Database, Queries } from "@minka/database/connect";
import type { Act } from "@minka/service/act";
import { and, eq, inArray, notInArray } from "@minka/database/query";
import { record } from "../acting.ts";
import { loseSupplies } from "./answer-supply.ts";
import { findAward } from "./approve-award.ts";
import { endPool } from "./end-pool.ts";
import { endQuestions } from "../telling/end-questions.ts";
import { knownPrice } from "./known-price.ts";
import { lockPool } from "./lock-pool.ts";
import { noticePrice } from "./notice-price.ts";
import { lockOrder } from "./order-view.ts";
import { standingOrders } from "./pool-lifecycle.ts";
import { poolSupplies, type PoolSupplyRow } from "./pool-awards-tables.ts";
import { poolOrders } from "./pool-orders-tables.ts";
import { poolQuotes } from "./pool-quotes-tables.ts";
import { pools, poolSuppliers } from "./pools-tables.ts";
import { settleIfAnswered } from "./settle-round.ts";
import { takeOut } from "./take-out.ts";

/**
 * Who leaves Minka leaves every joint purchase that is not ordered, as if they had done it; an award in which they are
 * is computed anew before anybody is bound by it. A second time it does nothing.
 */
export async function leavePools(db: Database, act: Act, personId: string): Promise<void> {
  const open = await db.read
    .select({ id: poolOrders.id, poolId: poolOrders.poolId })
    .from(poolOrders)
    .where(and(eq(poolOrders.personId, personId), inArray(poolOrders.state, [...standingOrders])));
  for (const { id, poolId } of open)
    await db.transaction(async (tx) => {
      const pool = await lockPool(tx, poolId);
      const order = await lockOrder(tx, id);
      if (!standingOrders.some((state) => state === order.state)) return;
      const reason = { code: "left-minka", parameters: {} };
      await takeOut(tx, act, pool, { order, reason });
      await record(tx, act, "pool-order.leave", `pool-order:${id}`);
      if (order.state === "asked") await endQuestions(tx, act, [personId]);
      if (pool.state === "open") await noticePrice(tx, act, pool, await knownPrice(tx, pool));
      if (pool.state === "asking_members") await settleIfAnswered(tx, act, pool);
    });
}

/** Nothing of these is called off any more. */
const over = ["ordered", "completed", "cancelled"] as const;

/**
 * Providers that are gone quote no more, what they organized ends, and their name stays with nobody. What one was to
 * bring and is not ordered yet is awarded anew without it.
 */
export async function leaveAsSupplier(
  db: Database,
  act: Act,
  { providerIds, erasedName }: { providerIds: readonly string[]; erasedName: string },
): Promise<void> {
  if (providerIds.length === 0) return;
  const ids = [...providerIds];
  const own = and(eq(pools.organizerKind, "provider"), inArray(pools.organizerId, ids));
  const open = await db.read
    .select({ id: pools.id })
    .from(pools)
    .where(and(own, notInArray(pools.state, [...over])));
  for (const { id } of open)
    await db.transaction(async (tx) => {
      const pool = await lockPool(tx, id);
      if (over.some((state) => state === pool.state)) return;
      await endPool(tx, act, { pool, role: "system", cause: "organizer" });
    });
  await bringNothing(db, act, ids);
  await db.transaction(async (tx) => {
    await tx.update(pools).set({ organizerName: erasedName }).where(own);
    await tx
      .update(poolQuotes)
      .set({ state: "withdrawn" })
      .where(and(inArray(poolQuotes.providerId, ids), eq(poolQuotes.state, "standing")));
    await tx.update(poolQuotes).set({ providerName: erasedName }).where(inArray(poolQuotes.providerId, ids));
    await tx
      .update(poolSuppliers)
      .set({ providerName: erasedName })
      .where(inArray(poolSuppliers.providerId, ids));
  });
}

/** Who is gone brings nothing, also where it had said that it would. */
async function bringNothing(db: Database, act: Act, providerIds: readonly string[]): Promise<void> {
  const promised = await suppliesOf(db.read, providerIds);
  for (const poolId of new Set(promised.map((each) => each.poolId)))
    await db.transaction(async (tx) => {
      const pool = await lockPool(tx, poolId);
      const lost = (await suppliesOf(tx, providerIds)).flatMap(({ supply, ...of }) =>
        of.poolId === poolId ? [supply] : [],
      );
      if (pool.awardId === null || lost.length === 0) return;
      const award = await findAward(tx, pool.awardId);
      const supplyIds = lost.map(({ id }) => id);
      await tx.update(poolSupplies).set({ state: "declined" }).where(inArray(poolSupplies.id, supplyIds));
      await loseSupplies(tx, act, { pool, award, lost });
      // Members who were asked about its price have nothing to answer any more.
      await tx
        .update(poolOrders)
        .set({ state: "joined", confirmBy: null })
        .where(and(eq(poolOrders.poolId, poolId), eq(poolOrders.state, "asked")));
    });
}

/** What providers are to bring of awards that suppliers or members are asked about. */
async function suppliesOf(
  queries: Queries,
  providerIds: readonly string[],
): Promise<{ supply: PoolSupplyRow; poolId: string }[]> {
  return queries
    .select({ supply: poolSupplies, poolId: pools.id })
    .from(poolSupplies)
    .innerJoin(pools, eq(pools.awardId, poolSupplies.awardId))
    .where(
      and(
        inArray(poolSupplies.providerId, [...providerIds]),
        inArray(poolSupplies.state, ["asked", "confirmed"]),
        inArray(pools.state, ["asking_suppliers", "asking_members"]),
      ),
    );
}
