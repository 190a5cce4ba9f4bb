import type { PoolOrder } from "@minka/contracts/pools";
import type { Queries, Transaction } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { and, eq, inArray } from "@minka/database/query";
import { poolAwardOrders, type PoolAwardOrderRow } from "./pool-awards-tables.ts";
import { poolOrders, type PoolOrderRow } from "./pool-orders-tables.ts";
import { pools } from "./pools-tables.ts";
import { pricePerPack } from "./price-per-pack.ts";

/** What the newest award gives an order is its owner's to see once they are asked about it. */
const shown = ["asked", "confirmed"];

type Line = Pick<
  PoolAwardOrderRow,
  "packs" | "goodsCentimos" | "deliveryCentimos" | "feeCentimos" | "totalCentimos" | "reasons"
>;

export async function readOrderView(queries: Queries, order: PoolOrderRow): Promise<PoolOrder> {
  const [view] = await readOrderViews(queries, [order]);
  if (!view) throw new Error("an order without a view");
  return view;
}

/** In the order in which they are given. */
export async function readOrderViews(
  queries: Queries,
  orders: readonly PoolOrderRow[],
): Promise<PoolOrder[]> {
  const lines = await readLines(queries, orders);
  return orders.map((order) => orderView(order, lines.get(order.id)));
}

async function readLines(
  queries: Queries,
  orders: readonly PoolOrderRow[],
): Promise<Map<string, PoolAwardOrderRow>> {
  const ids = orders.filter(({ state }) => shown.includes(state)).map(({ id }) => id);
  if (ids.length === 0) return new Map();
  const rows = await queries
    .select({ line: poolAwardOrders })
    .from(poolAwardOrders)
    .innerJoin(pools, eq(pools.awardId, poolAwardOrders.awardId))
    .where(and(inArray(poolAwardOrders.orderId, ids)));
  return new Map(rows.map(({ line }) => [line.orderId, line]));
}

function orderView(order: PoolOrderRow, line?: Line): PoolOrder {
  const { finalPacks, goodsCentimos, deliveryCentimos, feeCentimos, totalCentimos } = order;
  const final =
    finalPacks === null
      ? undefined
      : {
          packs: finalPacks,
          goodsCentimos: goodsCentimos ?? 0,
          deliveryCentimos: deliveryCentimos ?? 0,
          feeCentimos: feeCentimos ?? 0,
          totalCentimos: totalCentimos ?? 0,
        };
  const award = final ?? line;
  return {
    id: order.id,
    poolId: order.poolId,
    personId: order.personId,
    pointId: order.pointId,
    state: order.state,
    minimumPacks: order.minimumPacks,
    packs: order.packs,
    maximumPacks: order.maximumPacks,
    agreedPriceCentimos: order.agreedPriceCentimos,
    placedBy: order.placedBy,
    flags: order.flags,
    joinedAt: order.joinedAt.toISOString(),
    changedAt: order.changedAt.toISOString(),
    award:
      award && award.packs > 0
        ? {
            packs: award.packs,
            goodsCentimos: award.goodsCentimos,
            deliveryCentimos: award.deliveryCentimos,
            feeCentimos: award.feeCentimos,
            totalCentimos: award.totalCentimos,
            priceCentimos: pricePerPack(award),
          }
        : null,
    reasons: order.reasons.length > 0 ? order.reasons : (line?.reasons ?? []),
    confirmBy: order.state === "asked" ? (order.confirmBy?.toISOString() ?? null) : null,
  };
}

/** `no-such-order` (404). */
export async function findOrder(queries: Queries, orderId: string): Promise<PoolOrderRow> {
  const [row] = await queries.select().from(poolOrders).where(eq(poolOrders.id, orderId));
  if (!row) throw noSuchOrder();
  return row;
}

/** After its pool is locked. `no-such-order` (404). */
export async function lockOrder(tx: Transaction, orderId: string): Promise<PoolOrderRow> {
  const [row] = await tx.select().from(poolOrders).where(eq(poolOrders.id, orderId)).for("update");
  if (!row) throw noSuchOrder();
  return row;
}

const noSuchOrder = () => new DomainError("not-found", "no-such-order", "There is no such order.");
