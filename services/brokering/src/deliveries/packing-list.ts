import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { readPackingList as contract } from "@minka/contracts/pool-deliveries";
import type { Context } from "@minka/service/act";
import type { ServiceKit } from "@minka/service/define-service";
import { and, asc, eq } from "@minka/database/query";
import { balance, nothingPaid, paidOfEach } from "../payments/paid.ts";
import { namesOf } from "../payments/payment-parties.ts";
import { findPool } from "../pools/lock-pool.ts";
import { poolOrders, type PoolOrderRow } from "../pools/pool-orders-tables.ts";
import { refuseUnlessOrganizer } from "../organizers/organizer.ts";
import { poolPoints } from "../pools/pools-tables.ts";
import { creditedSum, creditsByOrder, nothingCredited } from "./credits-given.ts";
import { ofPool, viewDeliveries } from "./delivery-view.ts";
import { poolDeliveries, poolReceipts, type PoolReceiptRow } from "./deliveries-tables.ts";

type Contract = typeof contract;

/** Who gets how many packs of whom where. `no-such-pool` (404), `not-your-organization`, `not-your-provider` (403). */
export async function readPackingList(
  { db, call }: Pick<ServiceKit, "db" | "call">,
  context: Pick<Context, "actor" | "trace">,
  { params: { poolId }, query: { pointId } }: HandlerInput<Contract>,
): Promise<HandlerAnswer<Contract>> {
  const pool = await findPool(db.read, poolId);
  await refuseUnlessOrganizer(call, context, pool);
  const here = pointId === undefined ? undefined : eq(poolPoints.id, pointId);
  const points = await db.read
    .select()
    .from(poolPoints)
    .where(and(eq(poolPoints.poolId, poolId), here))
    .orderBy(asc(poolPoints.name), asc(poolPoints.id));
  const rows = await db.read
    .select({ receipt: poolReceipts, order: poolOrders, pointId: poolDeliveries.pointId })
    .from(poolReceipts)
    .innerJoin(poolDeliveries, eq(poolDeliveries.id, poolReceipts.deliveryId))
    .innerJoin(poolOrders, eq(poolOrders.id, poolReceipts.orderId))
    .where(and(eq(poolDeliveries.poolId, poolId), pointId ? eq(poolDeliveries.pointId, pointId) : undefined))
    .orderBy(asc(poolOrders.joinedAt), asc(poolOrders.id), asc(poolDeliveries.part), asc(poolReceipts.id));
  const orders = new Map<string, { order: PoolOrderRow; at: string; of: PoolReceiptRow[] }>();
  for (const { order, receipt, pointId: at } of rows) {
    const known = orders.get(order.id) ?? { order, at, of: [] };
    known.of.push(receipt);
    orders.set(order.id, known);
  }
  const deliveries = await viewDeliveries(db.read, ofPool(poolId));
  const credited = await creditsByOrder(db.read, poolId);
  const paid = await paidOfEach(db.read, "pool-order", [...orders.keys()]);
  const names = await namesOf(
    call,
    [...orders.values()].map(({ order }) => order.personId),
    context.trace,
  );
  return {
    title: pool.title,
    points: points.map((point) => {
      const lines = [...orders.values()]
        .filter(({ at }) => at === point.id)
        .map(({ order, of }) => {
          const { confirmed, back } = paid.get(order.id) ?? nothingPaid;
          const off = creditedSum(credited.get(order.id) ?? nothingCredited);
          const dueCentimos = (order.totalCentimos ?? 0) - off;
          return {
            orderId: order.id,
            personId: order.personId,
            name: names.get(order.personId) ?? null,
            packs: order.finalPacks ?? 0,
            of: of.map(({ deliveryId, packs, state }) => ({ deliveryId, packs, state })),
            owedCentimos: balance({ dueCentimos, paidCentimos: confirmed - back }).owedCentimos,
          };
        });
      return {
        pointId: point.id,
        name: point.name,
        districtCode: point.districtCode,
        packs: lines.reduce((sum, { packs }) => sum + packs, 0),
        deliveries: deliveries
          .filter((each) => each.pointId === point.id)
          .map(({ id, providerName, part, packs, day, state }) => ({
            id,
            providerName,
            part,
            packs,
            day,
            state,
          })),
        lines,
      };
    }),
  };
}
