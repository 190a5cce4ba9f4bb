import type { Queries, Transaction } from "@minka/database/connect";
import type { Act } from "@minka/service/act";
import { and, eq, inArray } from "@minka/database/query";
import { creditedSum, creditsByOrder, nothingCredited } from "../deliveries/credits-given.ts";
import { findPool } from "../pools/lock-pool.ts";
import { poolOrders } from "../pools/pool-orders-tables.ts";
import type { PoolRow } from "../pools/pools-tables.ts";
import type { NewsReader, Told } from "../telling/news.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { balance, nothingPaid, paidOfEach } from "./paid.ts";
import { nameOf } from "./payment-parties.ts";

/**
 * Tells who paid more than is due any more, and who opened the purchase, that it goes back: called under the pool's lock
 * where orders end or come to less. `orderIds`: of these alone.
 */
export async function tellRefunds(
  tx: Transaction,
  act: Act,
  { id: poolId, makers }: Pick<PoolRow, "id" | "makers">,
  orderIds?: readonly string[],
): Promise<void> {
  for (const { id, personId } of await ordersToRefund(tx, poolId, orderIds))
    await tellPeople(tx, act, { kind: "order-refund", id }, [personId, ...makers]);
}

async function ordersToRefund(queries: Queries, poolId: string, orderIds?: readonly string[]) {
  const rows = await queries
    .select()
    .from(poolOrders)
    .where(
      and(
        eq(poolOrders.poolId, poolId),
        inArray(poolOrders.state, ["left", "out", "final"]),
        orderIds && inArray(poolOrders.id, [...orderIds]),
      ),
    );
  const ids = rows.map(({ id }) => id);
  const paid = await paidOfEach(queries, "pool-order", ids);
  const credited = paid.size > 0 ? await creditsByOrder(queries, poolId) : new Map<string, never>();
  return rows.flatMap(({ id, personId, state, totalCentimos }) => {
    const { confirmed, back } = paid.get(id) ?? nothingPaid;
    const total = (totalCentimos ?? 0) - creditedSum(credited.get(id) ?? nothingCredited);
    const dueCentimos = state === "final" ? total : 0;
    const { backCentimos } = balance({ dueCentimos, paidCentimos: confirmed - back });
    return backCentimos > 0 ? [{ id, personId, backCentimos }] : [];
  });
}

/** To the member that money goes back, to the organizer's people to whom. */
export const refundNews: NewsReader = async ({ db, call }, { id, personIds, trace }) => {
  const [order] = await db.read.select().from(poolOrders).where(eq(poolOrders.id, id));
  if (!order) return [];
  const [refund] = await ordersToRefund(db.read, order.poolId, [id]);
  if (!refund) return [];
  const { title, organizerName } = await findPool(db.read, order.poolId);
  const name = await nameOf(call, { kind: "person", id: order.personId }, trace);
  const figures = {
    title: { as: "name", text: title, most: 25 },
    amount: { as: "soles", centimos: refund.backCentimos },
  } as const;
  return personIds.flatMap((personId): Told[] => {
    const common = { personId, until: null, toMany: false };
    if (personId === order.personId) {
      const organizer = { as: "name", text: organizerName, most: 30 } as const;
      return [{ ...common, text: "refund_to_you", parameters: { ...figures, organizer } }];
    }
    if (name === null) return [];
    const member = { as: "name", text: name, most: 30 } as const;
    return [{ ...common, text: "refund_to_member", parameters: { ...figures, member } }];
  });
};
