import type { Reason } from "@minka/contracts/common";
import type { Transaction } from "@minka/database/connect";
import type { Act } from "@minka/service/act";
import { eq } from "@minka/database/query";
import { count } from "./join-pool.ts";
import { poolOrders, type PoolOrderRow } from "./pool-orders-tables.ts";
import type { PoolRow } from "./pools-tables.ts";

/** Of a locked pool: they are in it no more. */
export async function takeOut(
  tx: Transaction,
  act: Act,
  pool: PoolRow,
  { order, reason }: { order: PoolOrderRow; reason: Reason },
): Promise<void> {
  await tx
    .update(poolOrders)
    .set({ state: "out", reasons: [reason], confirmBy: null, answeredAt: act.at })
    .where(eq(poolOrders.id, order.id));
  await count(tx, pool, { people: -1, packs: -order.packs, mostPacks: -order.maximumPacks });
}
