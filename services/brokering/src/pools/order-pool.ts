import type { Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import type { Act } from "@minka/service/act";
import { eq } from "@minka/database/query";
import { planDeliveries } from "../deliveries/plan-deliveries.ts";
import { tellRefunds } from "../payments/tell-refunds.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { quotingPeople } from "./end-pool.ts";
import { movePool } from "./lock-pool.ts";
import {
  poolAwardOrders,
  poolAwards,
  poolInvoices,
  poolSupplies,
  type PoolAwardOrderRow,
  type PoolAwardRow,
  type PoolInvoiceRow,
} from "./pool-awards-tables.ts";
import { poolOrders } from "./pool-orders-tables.ts";
import type { PoolRow } from "./pools-tables.ts";

/**
 * Everybody agrees: what each gets and pays is final, and each supplier has its invoice. Throws where the two do not add
 * up to the céntimo, and nothing is written.
 */
export async function orderPool(
  tx: Transaction,
  act: Act,
  { pool, award }: { pool: PoolRow; award: PoolAwardRow },
): Promise<void> {
  const lines = await tx.select().from(poolAwardOrders).where(eq(poolAwardOrders.awardId, award.id));
  const invoices = await invoicesOf(tx, act, award);
  refuseUnlessEven(lines, invoices, pool);
  await tx.insert(poolInvoices).values(invoices);
  await tx.update(poolAwards).set({ state: "stands" }).where(eq(poolAwards.id, award.id));
  for (const line of lines) {
    const { packs, goodsCentimos, deliveryCentimos, feeCentimos, totalCentimos, reasons } = line;
    await tx
      .update(poolOrders)
      .set(
        packs > 0
          ? {
              state: "final",
              finalPacks: packs,
              goodsCentimos,
              deliveryCentimos,
              feeCentimos,
              totalCentimos,
              reasons,
              confirmBy: null,
            }
          : { state: "out", reasons, confirmBy: null },
      )
      .where(eq(poolOrders.id, line.orderId));
  }
  await movePool(tx, act, {
    pool,
    step: "order",
    role: "system",
    set: { awardId: award.id, computing: null, nextAt: null, orderedAt: act.at },
  });
  await planDeliveries(tx, act, pool.id);
  await tellAll(tx, act, { pool, award, lines });
  await tellRefunds(tx, act, pool);
}

async function invoicesOf(tx: Transaction, act: Act, award: PoolAwardRow): Promise<PoolInvoiceRow[]> {
  const supplies = await tx.select().from(poolSupplies).where(eq(poolSupplies.awardId, award.id));
  return supplies.map(({ quoteId, providerId, packs, goodsCentimos, deliveryCentimos }) => ({
    id: newId(),
    poolId: award.poolId,
    awardId: award.id,
    quoteId,
    providerId,
    packs,
    goodsCentimos,
    deliveryCentimos,
    totalCentimos: goodsCentimos + deliveryCentimos,
    at: act.at,
  }));
}

function refuseUnlessEven(
  lines: readonly PoolAwardOrderRow[],
  invoices: readonly PoolInvoiceRow[],
  { feeCentimosPerPack }: PoolRow,
): void {
  const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
  const packs = sum(lines.map((line) => line.packs));
  const paid = sum(lines.map((line) => line.totalCentimos));
  const billed = sum(invoices.map((invoice) => invoice.totalCentimos));
  if (sum(invoices.map((invoice) => invoice.packs)) !== packs)
    throw new Error(`members get ${packs} packs and suppliers bring another number`);
  if (paid !== billed + packs * feeCentimosPerPack)
    throw new Error(`members pay ${paid} and suppliers bill ${billed} with ${packs} fees`);
}

/** Each member of their own order, each supplier of its delivery or that another brings it, and who opened it. */
async function tellAll(
  tx: Transaction,
  act: Act,
  { pool, award, lines }: { pool: PoolRow; award: PoolAwardRow; lines: readonly PoolAwardOrderRow[] },
): Promise<void> {
  const people = await tx
    .select({ id: poolOrders.id, personId: poolOrders.personId })
    .from(poolOrders)
    .where(eq(poolOrders.poolId, pool.id));
  const personOf = new Map(people.map(({ id, personId }) => [id, personId]));
  for (const { orderId } of lines) {
    const personId = personOf.get(orderId);
    if (personId) await tellPeople(tx, act, { kind: "order-settled", id: orderId }, [personId]);
  }
  const supplies = await tx
    .select({ id: poolSupplies.id, personId: poolSupplies.personId })
    .from(poolSupplies)
    .where(eq(poolSupplies.awardId, award.id));
  for (const { id, personId } of supplies)
    await tellPeople(tx, act, { kind: "pool-ordered", id }, [personId]);
  const chosen = supplies.map(({ personId }) => personId);
  const others = (await quotingPeople(tx, pool.id)).filter((each) => !chosen.includes(each));
  await tellPeople(tx, act, { kind: "pool-not-chosen", id: pool.id }, others);
  await tellPeople(tx, act, { kind: "pool-agreed", id: pool.id }, pool.makers);
}
