import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { listPoolReceipts as contract, PoolReceipt } from "@minka/contracts/pool-deliveries";
import type { Queries } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import type { Context } from "@minka/service/act";
import type { ServiceKit } from "@minka/service/define-service";
import { asc, eq, inArray, sql, type SQL } from "@minka/database/query";
import { speakerOf } from "../payments/payment-parties.ts";
import { findPool } from "../pools/lock-pool.ts";
import { poolOrders } from "../pools/pool-orders-tables.ts";
import { refuseUnlessOrganizer } from "../organizers/organizer.ts";
import { viewDeliveries } from "./delivery-view.ts";
import { poolClaims, poolCredits, poolDeliveries, poolReceipts } from "./deliveries-tables.ts";

/** `no-such-order` (404), `not-your-organization`, `not-your-provider` (403). */
export async function listPoolReceipts(
  { db, call }: Pick<ServiceKit, "db" | "call">,
  context: Context,
  { params: { orderId }, query }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const [order] = await db.read.select().from(poolOrders).where(eq(poolOrders.id, orderId));
  if (!order) throw new DomainError("not-found", "no-such-order", "There is no such order.");
  const { personId, operator } = speakerOf(context.actor, query.personId);
  if (!operator && personId !== order.personId)
    await refuseUnlessOrganizer(call, context, await findPool(db.read, order.poolId));
  return { receipts: await viewReceipts(db.read, eq(poolReceipts.orderId, orderId)) };
}

/** What members get, with what is missing or wrong; of a claim only what is off the member's own due. */
export async function viewReceipts(queries: Queries, which: SQL | undefined): Promise<PoolReceipt[]> {
  const receipts = await queries.select().from(poolReceipts).where(which).orderBy(asc(poolReceipts.id));
  if (receipts.length === 0) return [];
  const deliveryIds = [...new Set(receipts.map(({ deliveryId }) => deliveryId))];
  const deliveries = new Map(
    (await viewDeliveries(queries, inArray(poolDeliveries.id, deliveryIds))).map((each) => [each.id, each]),
  );
  const ids = receipts.map(({ id }) => id);
  const claims = await queries
    .select({
      claim: poolClaims,
      bringOn: poolDeliveries.day,
      creditCentimos: sql<number>`(
        select coalesce(sum(k.goods_centimos + k.delivery_centimos + k.fee_centimos), 0)::float8 from ${poolCredits} k
         where k.claim_id = ${poolClaims.id} and k.order_id = ${poolReceipts.orderId})`,
    })
    .from(poolClaims)
    .innerJoin(poolReceipts, eq(poolReceipts.id, poolClaims.receiptId))
    .leftJoin(poolDeliveries, eq(poolDeliveries.id, poolClaims.broughtBy))
    .where(inArray(poolClaims.receiptId, ids))
    .orderBy(asc(poolClaims.id));
  return receipts.flatMap((receipt) => {
    const found = deliveries.get(receipt.deliveryId);
    if (!found) return [];
    const { openClaims: _open, packs: _packs, ...delivery } = found;
    return [
      {
        id: receipt.id,
        orderId: receipt.orderId,
        delivery,
        packs: receipt.packs,
        cameSound: receipt.cameSound,
        state: receipt.state,
        answerBy: receipt.answerBy?.toISOString() ?? null,
        claims: claims
          .filter(({ claim }) => claim.receiptId === receipt.id)
          .map(({ claim: { id, reason, packs, state }, bringOn, creditCentimos }) => ({
            id,
            reason,
            packs,
            state,
            bringOn,
            creditCentimos: state === "credited" ? creditCentimos : null,
          })),
      },
    ];
  });
}
