import type { Transaction } from "@minka/database/connect";
import { eq } from "@minka/database/query";
import { completePool, reviewPool } from "../deliveries/complete-pool.ts";
import { creditOfOrder } from "../deliveries/credits-given.ts";
import { lockPool } from "../pools/lock-pool.ts";
import { poolOrders, type PoolOrderRow } from "../pools/pool-orders-tables.ts";
import type { PoolRow } from "../pools/pools-tables.ts";
import { confirmedCentimos } from "./paid.ts";
import type { PaymentSubject } from "./payment-subjects.ts";
import { tellRefunds } from "./tell-refunds.ts";

/** Before that one may still get something, and nobody knows yet for how much. */
const undecided = ["joined", "asked", "confirmed"] as const;

/**
 * What a member pays the organizer for what they get of a joint purchase. A deposit is settled into what is due; of what
 * was called off nothing is, so that all that was paid goes back.
 */
export const poolOrderSubject: PaymentSubject = {
  kind: "pool-order",
  async due(tx, id) {
    const locked = await lockOrder(tx, id);
    if (!locked) return null;
    const { order, pool } = locked;
    const isFinal = order.state === "final";
    const credit = isFinal ? await creditOfOrder(tx, id) : 0;
    return {
      payer: { kind: "person", id: order.personId },
      payee: { kind: pool.organizerKind, id: pool.organizerId },
      dueCentimos: isFinal ? (order.totalCentimos ?? 0) - credit : 0,
      paidCentimos: await confirmedCentimos(tx, "pool-order", id),
      takesDeposits: pool.state !== "cancelled" && undecided.some((state) => state === order.state),
    };
  },
  async confirmed(tx, act, { subjectId, back }) {
    const locked = await lockOrder(tx, subjectId);
    if (!locked) return;
    await completePool(tx, act, locked.pool);
    // It came after the purchase had ended or had come to less, or twice.
    if (!back) await tellRefunds(tx, act, locked.pool, [subjectId]);
  },
  async undone(tx, act, { subjectId }) {
    const locked = await lockOrder(tx, subjectId);
    if (locked) await reviewPool(tx, act, locked.pool);
  },
};

/** The pool's lock is that of all its orders. */
async function lockOrder(
  tx: Transaction,
  id: string,
): Promise<{ order: PoolOrderRow; pool: PoolRow } | null> {
  const [found] = await tx
    .select({ poolId: poolOrders.poolId })
    .from(poolOrders)
    .where(eq(poolOrders.id, id));
  if (!found) return null;
  const pool = await lockPool(tx, found.poolId);
  const [order] = await tx.select().from(poolOrders).where(eq(poolOrders.id, id));
  return order ? { order, pool } : null;
}
