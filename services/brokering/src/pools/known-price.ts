import type { PriceNow } from "@minka/contracts/pools";
import type { Queries } from "@minka/database/connect";
import type { AwardQuote } from "@minka/pooling/award-instance";
import { priceNow } from "@minka/pooling/price-now";
import { and, eq, gt, inArray, isNotNull, sql } from "@minka/database/query";
import { standingOrders } from "./pool-lifecycle.ts";
import { poolOrders } from "./pool-orders-tables.ts";
import { poolQuotes } from "./pool-quotes-tables.ts";
import { poolPoints, poolSuppliers, type PoolRow } from "./pools-tables.ts";

/**
 * What a pack costs now and what is missing for less: by the quotes of an open pool; while they are sealed, by what its
 * suppliers publish for everybody, collected at their counters. Null when nothing is known, and once it is over.
 */
export async function knownPrice(queries: Queries, pool: PoolRow): Promise<PriceNow | null> {
  if (pool.state !== "open") return null;
  const quotes = pool.sealed ? await publicQuotes(queries, pool.id) : await standingQuotes(queries, pool);
  if (quotes.length === 0) return null;
  const orders = await queries
    .select({ point: poolOrders.pointId, packs: sql<number>`sum(${poolOrders.packs})::int` })
    .from(poolOrders)
    .where(and(eq(poolOrders.poolId, pool.id), inArray(poolOrders.state, [...standingOrders])))
    .groupBy(poolOrders.pointId);
  const { feeCentimosPerPack } = pool;
  const { priceCentimos, next } = priceNow({ orders, quotes, feeCentimosPerPack });
  if (priceCentimos === null && next === null) return null;
  return { priceCentimos, from: pool.sealed ? "offers" : "quotes", next };
}

/** As the award will read them: one that is over by the deadline counts for nothing. */
async function standingQuotes(queries: Queries, { id: poolId, deadline }: PoolRow): Promise<AwardQuote[]> {
  return queries
    .select({
      id: poolQuotes.id,
      tiers: poolQuotes.tiers,
      deliveryCentimos: poolQuotes.deliveryCentimos,
      casePacks: poolQuotes.casePacks,
      stockPacks: poolQuotes.stockPacks,
    })
    .from(poolQuotes)
    .where(
      and(
        eq(poolQuotes.poolId, poolId),
        eq(poolQuotes.state, "standing"),
        gt(poolQuotes.validUntil, deadline),
      ),
    );
}

async function publicQuotes(queries: Queries, poolId: string): Promise<AwardQuote[]> {
  const published = await queries
    .select({
      id: poolSuppliers.providerId,
      tiers: poolSuppliers.publicTiers,
      stockPacks: poolSuppliers.publicStockPacks,
    })
    .from(poolSuppliers)
    .where(and(eq(poolSuppliers.poolId, poolId), isNotNull(poolSuppliers.publicTiers)));
  if (published.length === 0) return [];
  const points = await queries
    .select({ id: poolPoints.id })
    .from(poolPoints)
    .where(eq(poolPoints.poolId, poolId));
  const deliveryCentimos = Object.fromEntries(points.map(({ id }) => [id, 0]));
  return published.flatMap(({ id, tiers, stockPacks }) =>
    tiers ? [{ id, tiers, stockPacks, casePacks: 1, deliveryCentimos }] : [],
  );
}
