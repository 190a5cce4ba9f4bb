import type { Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import type { Act } from "@minka/service/act";
import { and, asc, eq } from "@minka/database/query";
import { poolInvoices, poolSupplies } from "../pools/pool-awards-tables.ts";
import { poolOrders } from "../pools/pool-orders-tables.ts";
import { poolDeliveries, poolReceipts } from "./deliveries-tables.ts";
import { arrivalTimer } from "./delivery-days.ts";
import { fillOrders } from "./fill-orders.ts";

/**
 * What comes of whom to which point, and who gets it: called once, in the transaction that orders the pool, when its
 * invoices and final orders are written.
 */
export async function planDeliveries(tx: Transaction, act: Act, poolId: string): Promise<void> {
  const supplies = await tx
    .select({ invoiceId: poolInvoices.id, points: poolSupplies.points })
    .from(poolInvoices)
    .innerJoin(
      poolSupplies,
      and(eq(poolSupplies.awardId, poolInvoices.awardId), eq(poolSupplies.quoteId, poolInvoices.quoteId)),
    )
    .where(eq(poolInvoices.poolId, poolId))
    .orderBy(asc(poolInvoices.id));
  const orders = await tx
    .select({ id: poolOrders.id, pointId: poolOrders.pointId, packs: poolOrders.finalPacks })
    .from(poolOrders)
    .where(and(eq(poolOrders.poolId, poolId), eq(poolOrders.state, "final")))
    .orderBy(asc(poolOrders.joinedAt), asc(poolOrders.id));
  const deliveries = supplies.flatMap(({ invoiceId, points }) =>
    Object.entries(points)
      .filter(([, packs]) => packs > 0)
      .map(([pointId, packs]) => ({ id: newId(), invoiceId, pointId, packs })),
  );
  const receipts = [...new Set(deliveries.map(({ pointId }) => pointId))].flatMap((pointId) =>
    fillOrders(
      orders.flatMap(({ id, packs, pointId: at }) => (at === pointId && packs ? [{ id, packs }] : [])),
      deliveries.filter((each) => each.pointId === pointId),
    ),
  );
  if (deliveries.length === 0) return;
  await tx.insert(poolDeliveries).values(
    deliveries.map((each) => ({
      ...each,
      ...arrivalTimer(null, act.at),
      poolId,
      part: 1,
      state: "planned" as const,
    })),
  );
  await insertReceipts(
    tx,
    act,
    receipts.map(({ supplyId: deliveryId, ...line }) => ({ ...line, deliveryId })),
  );
}

/** As many rows as one statement takes comfortably. */
const atOnce = 1000;

export async function insertReceipts(
  tx: Transaction,
  { trace }: Act,
  lines: readonly { deliveryId: string; orderId: string; packs: number }[],
): Promise<void> {
  for (let from = 0; from < lines.length; from += atOnce)
    await tx
      .insert(poolReceipts)
      .values(
        lines
          .slice(from, from + atOnce)
          .map((line) => ({ ...line, id: newId(), state: "waiting" as const, trace })),
      );
}
