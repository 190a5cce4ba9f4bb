import type { Queries } from "@minka/database/connect";
import { eq, inArray, sql } from "@minka/database/query";
import { poolOrders } from "../pools/pool-orders-tables.ts";
import { poolCredits } from "./deliveries-tables.ts";

const whole = sql<number>`coalesce(sum(goods_centimos + delivery_centimos + fee_centimos), 0)::float8`;
const ofSupplier = sql<number>`coalesce(sum(goods_centimos + delivery_centimos), 0)::float8`;

/** What is off a member's due, the fee too. */
export async function creditOfOrder(queries: Queries, orderId: string): Promise<number> {
  const [row] = await queries
    .select({ sum: whole })
    .from(poolCredits)
    .where(eq(poolCredits.orderId, orderId));
  return row?.sum ?? 0;
}

/** What is off a supplier's invoice: goods and delivery. */
export async function creditOfInvoice(queries: Queries, invoiceId: string): Promise<number> {
  const [row] = await queries
    .select({ sum: ofSupplier })
    .from(poolCredits)
    .where(eq(poolCredits.invoiceId, invoiceId));
  return row?.sum ?? 0;
}

export type Credited = { goodsCentimos: number; deliveryCentimos: number; feeCentimos: number };
export const nothingCredited: Credited = { goodsCentimos: 0, deliveryCentimos: 0, feeCentimos: 0 };
export const creditedSum = (each: Credited) => each.goodsCentimos + each.deliveryCentimos + each.feeCentimos;

/** What is off each member's due in a pool, those without any left out. */
export async function creditsByOrder(queries: Queries, poolId: string): Promise<Map<string, Credited>> {
  const part = (column: "goodsCentimos" | "deliveryCentimos" | "feeCentimos") =>
    sql<number>`sum(${poolCredits[column]})::float8`;
  const ofPool = queries.select({ id: poolOrders.id }).from(poolOrders).where(eq(poolOrders.poolId, poolId));
  const rows = await queries
    .select({
      id: poolCredits.orderId,
      goodsCentimos: part("goodsCentimos"),
      deliveryCentimos: part("deliveryCentimos"),
      feeCentimos: part("feeCentimos"),
    })
    .from(poolCredits)
    .where(inArray(poolCredits.orderId, ofPool))
    .groupBy(poolCredits.orderId);
  return new Map(rows.map(({ id, ...credited }) => [id, credited]));
}

export async function creditsByInvoice(
  queries: Queries,
  invoiceIds: readonly string[],
): Promise<Map<string, number>> {
  if (invoiceIds.length === 0) return new Map();
  const rows = await queries
    .select({ id: poolCredits.invoiceId, sum: ofSupplier })
    .from(poolCredits)
    .where(inArray(poolCredits.invoiceId, [...invoiceIds]))
    .groupBy(poolCredits.invoiceId);
  return new Map(rows.map(({ id, sum }) => [id, sum]));
}
