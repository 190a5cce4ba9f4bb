import type { Reason } from "@minka/contracts/common";
import type { Transaction } from "@minka/database/connect";
import type { Act } from "@minka/service/act";
import { and, asc, eq, gt } from "@minka/database/query";
import { tellPeople } from "../telling/tell-people.ts";
import { findAward } from "./approve-award.ts";
import { recomputePool } from "./end-pool.ts";
import { endQuestions } from "../telling/end-questions.ts";
import { orderPool } from "./order-pool.ts";
import { poolAwardOrders } from "./pool-awards-tables.ts";
import { poolOrders } from "./pool-orders-tables.ts";
import type { PoolRow } from "./pools-tables.ts";
import { pricePerPack } from "./price-per-pack.ts";
import { takeOut } from "./take-out.ts";

/**
 * The members' time is over, or all have answered. Who said nothing stays in at a price that is not above the one they
 * were told; else they are out, with the reason. Where nobody went it is ordered, else computed anew for those who
 * remain. Of a locked pool that asks its members.
 */
export async function settleRound(tx: Transaction, act: Act, pool: PoolRow): Promise<void> {
  if (pool.awardId === null) throw new Error("members were asked about no award");
  const lines = await tx
    .select({ line: poolAwardOrders, order: poolOrders })
    .from(poolAwardOrders)
    .innerJoin(poolOrders, eq(poolOrders.id, poolAwardOrders.orderId))
    .where(and(eq(poolAwardOrders.awardId, pool.awardId), gt(poolAwardOrders.packs, 0)))
    .orderBy(asc(poolOrders.id));
  const silent = lines.filter(({ order }) => order.state === "asked");
  await endQuestions(
    tx,
    act,
    silent.map(({ order }) => order.personId),
  );
  let someLeft = lines.some(({ order }) => order.state === "out");
  for (const { line, order } of silent) {
    const price = pricePerPack(line);
    const agreed = order.agreedPriceCentimos;
    if (agreed !== null && price <= agreed) {
      await tx
        .update(poolOrders)
        .set({ state: "confirmed", confirmBy: null })
        .where(eq(poolOrders.id, order.id));
      continue;
    }
    someLeft = true;
    const reason: Reason =
      agreed === null
        ? { code: "silent-no-price", parameters: { price } }
        : { code: "silent-price-rose", parameters: { price, agreed } };
    await takeOut(tx, act, pool, { order, reason });
    await tellPeople(tx, act, { kind: "order-settled", id: order.id }, [order.personId]);
  }
  if (!someLeft) return orderPool(tx, act, { pool, award: await findAward(tx, pool.awardId) });
  await recomputePool(tx, act, { pool, role: "system", because: "members_left", makers: [] });
}

/** Nobody is waited for any longer than everybody takes. */
export async function settleIfAnswered(tx: Transaction, act: Act, pool: PoolRow): Promise<void> {
  const [open] = await tx
    .select({ id: poolOrders.id })
    .from(poolOrders)
    .where(and(eq(poolOrders.poolId, pool.id), eq(poolOrders.state, "asked")))
    .limit(1);
  if (!open) await settleRound(tx, act, pool);
}
