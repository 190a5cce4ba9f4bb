import type { PoolOrderState } from "@minka/contracts/pools";
import type { Queries } from "@minka/database/connect";
import { and, eq, sql } from "@minka/database/query";
import { poolCredits, poolReceipts } from "../deliveries/deliveries-tables.ts";
import { confirmedCentimos } from "../payments/paid.ts";
import { payments } from "../payments/payments-tables.ts";
import { poolOrders } from "./pool-orders-tables.ts";

/** What a credit may know of an order in a joint purchase: `received` once its person said that it came. */
export type OrderFacts = {
  personId: string;
  poolId: string;
  state: PoolOrderState;
  /** Null until it is ordered. */
  totalCentimos: number | null;
  paidCentimos: number;
  received: boolean;
};

/** Null for an order that there is not. */
export async function orderFacts(queries: Queries, orderId: string): Promise<OrderFacts | null> {
  const [order] = await queries.select().from(poolOrders).where(eq(poolOrders.id, orderId));
  if (!order) return null;
  const { personId, poolId, state, totalCentimos } = order;
  const receipts = await queries
    .select({ state: poolReceipts.state, cameSound: poolReceipts.cameSound })
    .from(poolReceipts)
    .where(eq(poolReceipts.orderId, orderId));
  const paidCentimos = await confirmedCentimos(queries, "pool-order", orderId);
  const received = receipts.some(
    (each) => (each.state === "all" || each.state === "some") && (each.cameSound ?? 0) > 0,
  );
  return { personId, poolId, state, totalCentimos, paidCentimos, received };
}

/** How many joint purchases a person has paid all of, and what they paid. */
export async function poolsPaid(
  queries: Queries,
  personId: string,
): Promise<{ pools: number; centimos: number }> {
  const paid = sql`(select coalesce(sum(case when p.back then -p.amount_centimos else p.amount_centimos end), 0)
    from ${payments} p where p.subject_kind = 'pool-order' and p.subject_id = ${poolOrders.id} and p.state = 'confirmed')`;
  const credited = sql`(select coalesce(sum(k.goods_centimos + k.delivery_centimos + k.fee_centimos), 0)
    from ${poolCredits} k where k.order_id = ${poolOrders.id})`;
  const [sums] = await queries
    .select({
      pools: sql<number>`count(*)::int`,
      centimos: sql<string>`coalesce(sum(${paid}), 0)`,
    })
    .from(poolOrders)
    .where(
      and(
        eq(poolOrders.personId, personId),
        eq(poolOrders.state, "final"),
        sql`${paid} >= ${poolOrders.totalCentimos} - ${credited}`,
      ),
    );
  return { pools: sums?.pools ?? 0, centimos: Number(sums?.centimos ?? 0) };
}
