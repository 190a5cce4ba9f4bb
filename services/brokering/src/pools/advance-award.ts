import type { Transaction } from "@minka/database/connect";
import type { Role } from "@minka/domain/lifecycle";
import type { Act } from "@minka/service/act";
import { and, asc, eq, inArray, max } from "@minka/database/query";
import { askPerson } from "../telling/asking.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { answerBy, decisionHours, supplierHours } from "./answer-by.ts";
import { recomputePool } from "./end-pool.ts";
import { movePool } from "./lock-pool.ts";
import { orderPool } from "./order-pool.ts";
import { poolAwardOrders, poolAwards, poolSupplies, type PoolAwardRow } from "./pool-awards-tables.ts";
import { poolOrders } from "./pool-orders-tables.ts";
import type { PoolRow } from "./pools-tables.ts";
import { pricePerPack } from "./price-per-pack.ts";

/** Rounds of questions to members before the organizer has to say whether to go on. */
const mostRounds = 2;

/**
 * What comes after an award was approved: suppliers that have not yet said yes to as much are asked; then members. Of a
 * pool that is locked.
 */
export async function advanceAward(
  tx: Transaction,
  act: Act,
  { pool, award, role }: { pool: PoolRow; award: PoolAwardRow; role: Role },
): Promise<void> {
  const supplies = await tx
    .select()
    .from(poolSupplies)
    .where(eq(poolSupplies.awardId, award.id))
    .orderBy(asc(poolSupplies.id));
  const said = await confirmedBefore(tx, pool.id);
  const until = answerBy(act.at, supplierHours);
  let isAsking = false;
  for (const { id, quoteId, packs } of supplies) {
    if ((said.get(quoteId) ?? 0) >= packs) {
      await tx.update(poolSupplies).set({ state: "confirmed" }).where(eq(poolSupplies.id, id));
      continue;
    }
    isAsking = true;
    await tx.update(poolSupplies).set({ state: "asked", answerBy: until }).where(eq(poolSupplies.id, id));
    await askPerson(tx, act, { kind: "pool-supply", id });
  }
  if (!isAsking) return askMembers(tx, act, { pool, award });
  await movePool(tx, act, {
    pool,
    step: "ask_suppliers",
    role,
    set: { awardId: award.id, computing: null, nextAt: until },
  });
}

/** The most packs that each quote's supplier has said yes to in this pool: its price by the total is its own quote's. */
async function confirmedBefore(tx: Transaction, poolId: string): Promise<Map<string, number>> {
  const rows = await tx
    .select({ quoteId: poolSupplies.quoteId, packs: max(poolSupplies.packs) })
    .from(poolSupplies)
    .innerJoin(poolAwards, eq(poolAwards.id, poolSupplies.awardId))
    .where(and(eq(poolAwards.poolId, poolId), eq(poolSupplies.state, "confirmed")))
    .groupBy(poolSupplies.quoteId);
  return new Map(rows.map(({ quoteId, packs }) => [quoteId, packs ?? 0]));
}

/**
 * Suppliers bring it: now its members say whether the price suits them. All of them once, then only those whose price
 * rose above what they agreed to. Without anybody to ask it is ordered.
 */
export async function askMembers(
  tx: Transaction,
  act: Act,
  { pool, award }: { pool: PoolRow; award: PoolAwardRow },
): Promise<void> {
  const lines = await tx
    .select({ line: poolAwardOrders, order: poolOrders })
    .from(poolAwardOrders)
    .innerJoin(poolOrders, eq(poolOrders.id, poolAwardOrders.orderId))
    .where(eq(poolAwardOrders.awardId, award.id))
    .orderBy(asc(poolOrders.id));
  const getting = lines.filter(({ line }) => line.packs > 0);
  // Somebody who is in the award has left Minka since.
  if (getting.some(({ order }) => order.state === "out" || order.state === "left")) {
    await recomputePool(tx, act, {
      pool: { ...pool, awardId: award.id },
      role: "system",
      because: "members_left",
      makers: [],
    });
    return;
  }
  const asked = getting.filter(({ line, order }) => {
    if (order.state !== "confirmed") return true;
    return order.agreedPriceCentimos === null || pricePerPack(line) > order.agreedPriceCentimos;
  });
  if (asked.length === 0) return orderPool(tx, act, { pool, award });
  if (pool.rounds >= mostRounds && award.cause !== "go_on")
    return hesitate(tx, act, { ...pool, awardId: award.id });
  const confirmBy = answerBy(act.at, pool.confirmHours);
  const ids = asked.map(({ order }) => order.id);
  await tx
    .update(poolOrders)
    .set({ state: "asked", confirmBy, answeredAt: null })
    .where(inArray(poolOrders.id, ids));
  await movePool(tx, act, {
    pool,
    step: "ask_members",
    role: "system",
    set: { awardId: award.id, computing: null, nextAt: confirmBy, rounds: pool.rounds + 1 },
  });
  for (const id of ids) await askPerson(tx, act, { kind: "pool-price", id });
}

/** Members left twice: the organizer says whether to go on with those who remain. */
export async function hesitate(tx: Transaction, act: Act, pool: PoolRow): Promise<void> {
  await movePool(tx, act, {
    pool,
    step: "hesitate",
    role: "system",
    set: { awardId: pool.awardId, computing: null, nextAt: answerBy(act.at, decisionHours) },
  });
  await tellPeople(tx, act, { kind: "pool-undecided", id: pool.id }, pool.makers);
}
