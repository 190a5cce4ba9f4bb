import type { Transaction } from "@minka/database/connect";
import type { Act } from "@minka/service/act";
import { sql } from "@minka/database/query";
import { payments } from "../payments/payments-tables.ts";
import { movePool } from "../pools/lock-pool.ts";
import { poolInvoices } from "../pools/pool-awards-tables.ts";
import { poolOrders } from "../pools/pool-orders-tables.ts";
import type { PoolRow } from "../pools/pools-tables.ts";
import { poolClaims, poolCredits, poolDeliveries, poolReceipts } from "./deliveries-tables.ts";

/**
 * A joint purchase of which everything came, was said to have come, and is paid and given back is completed. `pool` is
 * locked. Does nothing while something is missing.
 */
export async function completePool(tx: Transaction, act: Act, pool: PoolRow): Promise<void> {
  if (pool.state !== "ordered" || !(await isEverythingDone(tx, pool))) return;
  await movePool(tx, act, { pool, step: "complete", role: "system" });
}

/**
 * A payment of a purchase was taken back: something is owed again, or what was paid too much is not any more. `pool` is
 * locked.
 */
export async function reviewPool(tx: Transaction, act: Act, pool: PoolRow): Promise<void> {
  if (pool.state !== "completed") await completePool(tx, act, pool);
  else if (!(await isEverythingDone(tx, pool)))
    await movePool(tx, act, { pool, step: "resume", role: "system" });
}

async function isEverythingDone(tx: Transaction, { id, organizerId }: PoolRow): Promise<boolean> {
  const paid = (kind: "pool-order" | "pool-invoice", of: ReturnType<typeof sql>) => sql`(
    select coalesce(sum(case when p.back then -p.amount_centimos else p.amount_centimos end), 0)
      from ${payments} p where p.subject_kind = ${kind} and p.subject_id = ${of} and p.state = 'confirmed')`;
  const [row] = await tx.execute<{ done: boolean }>(sql`
    select exists (select from ${poolDeliveries} d where d.pool_id = ${id})
       and not exists (select from ${poolDeliveries} d where d.pool_id = ${id} and d.state = 'planned')
       and not exists (
         select from ${poolDeliveries} d
           join ${poolReceipts} r on r.delivery_id = d.id
           left join ${poolClaims} c on c.receipt_id = r.id and c.state in ('open', 'promised')
          where d.pool_id = ${id} and (r.state in ('waiting', 'asked', 'unclear') or c.id is not null))
       and not exists (
         select from ${poolOrders} o
          where o.pool_id = ${id}
            and ${paid("pool-order", sql`o.id`)} <> case when o.state = 'final' then o.total_centimos - (
              select coalesce(sum(goods_centimos + delivery_centimos + fee_centimos), 0)
                from ${poolCredits} where order_id = o.id) else 0 end)
       and not exists (
         select from ${poolInvoices} i
          where i.pool_id = ${id} and i.provider_id <> ${organizerId}
            and ${paid("pool-invoice", sql`i.id`)} <> i.total_centimos - (
              select coalesce(sum(goods_centimos + delivery_centimos), 0)
                from ${poolCredits} where invoice_id = i.id)) as done`);
  return row?.done ?? false;
}
