import type { Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import type { Act } from "@minka/service/act";
import { and, asc, eq, inArray, sql } from "@minka/database/query";
import { poolOrders } from "../pools/pool-orders-tables.ts";
import type { PoolRow } from "../pools/pools-tables.ts";
import type { OpenClaim } from "./answer-claims.ts";
import { creditsByOrder, nothingCredited } from "./credits-given.ts";
import { supplierOf } from "./delivery-view.ts";
import {
  poolClaims,
  poolCredits,
  poolDeliveries,
  poolReceipts,
  type PoolDeliveryRow,
} from "./deliveries-tables.ts";
import { shareCredit, type Paying } from "./share-credit.ts";

type Credited = { pool: PoolRow; delivery: PoolDeliveryRow; claims: readonly OpenClaim[] };

/**
 * Takes claimed packs off the invoice and off what members pay; in céntimos what is off the invoice. Where nothing of
 * the supplier is left to pay for at a point, what it asked for going there goes too. The pool is locked.
 */
export async function creditClaims(
  tx: Transaction,
  act: Act,
  { pool, delivery, claims }: Credited,
): Promise<number> {
  const { supply, quote } = await supplierOf(tx, delivery.invoiceId);
  const ids = claims.map(({ id }) => id);
  await tx
    .update(poolClaims)
    .set({ state: "credited", answeredAt: act.at })
    .where(inArray(poolClaims.id, ids));
  const nothingLeft = (await creditedPacks(tx, delivery)) >= (supply.points[delivery.pointId] ?? 0);
  const credits = shareCredit({
    claims,
    priceCentimos: supply.tierPriceCentimos,
    feeCentimosPerPack: pool.feeCentimosPerPack,
    deliveryCentimos: nothingLeft ? (quote.deliveryCentimos[delivery.pointId] ?? 0) : 0,
    deliveryOf: pool.deliveryShared === "by_point" ? delivery.pointId : null,
    orders: await payingOrders(tx, pool.id),
  });
  const { invoiceId } = delivery;
  const atOnce = 1000;
  for (let from = 0; from < credits.length; from += atOnce)
    await tx
      .insert(poolCredits)
      .values(
        credits
          .slice(from, from + atOnce)
          .map((credit) => ({ ...credit, id: newId(), invoiceId, at: act.at })),
      );
  return credits.reduce(
    (sum, { goodsCentimos, deliveryCentimos }) => sum + goodsCentimos + deliveryCentimos,
    0,
  );
}

/** Of this supplier at this point, whatever delivery they were missing of. */
async function creditedPacks(tx: Transaction, { invoiceId, pointId }: PoolDeliveryRow): Promise<number> {
  const [row] = await tx
    .select({ packs: sql<number>`coalesce(sum(${poolClaims.packs}), 0)::int` })
    .from(poolClaims)
    .innerJoin(poolReceipts, eq(poolReceipts.id, poolClaims.receiptId))
    .innerJoin(poolDeliveries, eq(poolDeliveries.id, poolReceipts.deliveryId))
    .where(
      and(
        eq(poolDeliveries.invoiceId, invoiceId),
        eq(poolDeliveries.pointId, pointId),
        eq(poolClaims.state, "credited"),
      ),
    );
  return row?.packs ?? 0;
}

/** What each member pays still: as ordered, less earlier credits. */
async function payingOrders(tx: Transaction, poolId: string): Promise<Paying[]> {
  const credited = await creditsByOrder(tx, poolId);
  const rows = await tx
    .select()
    .from(poolOrders)
    .where(and(eq(poolOrders.poolId, poolId), eq(poolOrders.state, "final")))
    .orderBy(asc(poolOrders.id));
  return rows.map((row) => {
    const off = credited.get(row.id) ?? nothingCredited;
    return {
      id: row.id,
      pointId: row.pointId,
      goodsCentimos: (row.goodsCentimos ?? 0) - off.goodsCentimos,
      deliveryCentimos: (row.deliveryCentimos ?? 0) - off.deliveryCentimos,
      feeCentimos: (row.feeCentimos ?? 0) - off.feeCentimos,
    };
  });
}
