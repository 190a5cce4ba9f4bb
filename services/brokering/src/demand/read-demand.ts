import { requestDemand, type readDemand as contract } from "@minka/contracts/demand";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import { listProviderOffers } from "@minka/contracts/offers";
import { poolProducts, type PoolProduct } from "@minka/contracts/pools";
import type { Queries } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { addMonths, limaDay, limaInstant, type LimaDay } from "@minka/domain/lima-time";
import type { Caller } from "@minka/http/caller";
import type { Context } from "@minka/service/act";
import type { ServiceKit } from "@minka/service/define-service";
import { and, asc, eq, gte, inArray, ne, sql } from "@minka/database/query";
import { refuseUnlessOrganization, refuseUnlessProvider } from "../authority.ts";
import { poolOrders } from "../pools/pool-orders-tables.ts";
import { poolPoints, pools } from "../pools/pools-tables.ts";

type Contract = typeof contract;
type Row = HandlerAnswer<Contract>["demand"][number];

/** Fewer people than this in a district could be told who they are. */
const fewest = 5;
const months = 6;

/**
 * What is looked for of a supplier's products, or of all for who may arrange a purchase, by district and month. Throws
 * `not-your-provider`, `not-your-organization` (403), `supplier-not-verified` (403) of one that publishes nothing,
 * `not-your-product` (403).
 */
export async function readDemand(
  { db, clock, call }: Pick<ServiceKit, "db" | "clock" | "call">,
  context: Context,
  { query }: HandlerInput<Contract>,
): Promise<HandlerAnswer<Contract>> {
  const products = await productsFor(call, context, query);
  if (products.length === 0) return { demand: [] };
  const districts = query.districts?.split(",");
  const firstDay = `${addMonths(limaDay(clock()), 1 - months).slice(0, 7)}-01`;
  const asked = await requested(call, context.trace, products);
  const ordered = await orderedInPools(db.read, { products, firstDay });
  const rows = [...asked, ...ordered].filter(({ districtCode }) => districts?.includes(districtCode) ?? true);
  return {
    demand: rows.toSorted(
      (a, b) =>
        a.districtCode.localeCompare(b.districtCode) ||
        a.product.localeCompare(b.product) ||
        a.month.localeCompare(b.month),
    ),
  };
}

/** A supplier sees what it could sell; who brings people together to buy, and operators, see all. */
async function productsFor(
  call: Caller,
  context: Context,
  { providerId, organizationId, product }: HandlerInput<Contract>["query"],
): Promise<readonly PoolProduct[]> {
  const { actor, trace } = context;
  const all = product === undefined ? poolProducts : [product];
  if (organizationId !== undefined) {
    await refuseUnlessOrganization(call, context, organizationId);
    return all;
  }
  if (providerId === undefined) {
    if (actor.kind === "person" && actor.operator) return all;
    throw new DomainError("forbidden", "not-your-provider", "Say for which supplier.");
  }
  await refuseUnlessProvider(call, context, providerId);
  const offered = await offeredBy(call, trace, providerId);
  if (product === undefined) return offered;
  if (offered.includes(product)) return [product];
  throw new DomainError("forbidden", "not-your-product", "This supplier offers nothing of this.");
}

async function offeredBy(call: Caller, trace: string, providerId: string): Promise<PoolProduct[]> {
  const products = new Set<PoolProduct>();
  let cursor: string | undefined;
  do {
    const query = { limit: 100, ...(cursor === undefined ? {} : { cursor }) };
    const { items, next } = await readOffers(call, trace, { providerId, query });
    for (const { terms } of items)
      if (terms.kind === "input" || terms.kind === "equipment") products.add(terms.product);
    cursor = next ?? undefined;
  } while (cursor !== undefined);
  return [...products];
}

async function readOffers(
  call: Caller,
  trace: string,
  { providerId, query }: { providerId: string; query: { limit: number; cursor?: string } },
) {
  try {
    return await call(listProviderOffers, { params: { providerId }, query }, { trace });
  } catch (error) {
    if (!(error instanceof DomainError) || error.category !== "not-found") throw error;
    throw new DomainError("forbidden", "supplier-not-verified", "Only verified suppliers see this.");
  }
}

async function requested(call: Caller, trace: string, products: readonly PoolProduct[]): Promise<Row[]> {
  const { cells } = await call(requestDemand, { query: { products: products.join(","), months } }, { trace });
  return cells.flatMap(({ open, requests, ...cell }) =>
    requests === null ? [] : [{ ...cell, requests, openRequests: open, pack: null, orderedPacks: null }],
  );
}

/** Where packs are fetched, in the month in which people joined. */
async function orderedInPools(
  queries: Queries,
  { products, firstDay }: { products: readonly PoolProduct[]; firstDay: LimaDay },
): Promise<Row[]> {
  const month = sql<string>`to_char(${poolOrders.joinedAt} at time zone 'America/Lima', 'YYYY-MM')`;
  const rows = await queries
    .select({
      districtCode: poolPoints.districtCode,
      product: pools.product,
      month,
      amount: pools.packAmount,
      unit: pools.packUnit,
      packs: sql<number>`sum(coalesce(${poolOrders.finalPacks}, ${poolOrders.packs}))::int`,
    })
    .from(poolOrders)
    .innerJoin(pools, eq(pools.id, poolOrders.poolId))
    .innerJoin(poolPoints, eq(poolPoints.id, poolOrders.pointId))
    .where(
      and(
        inArray(pools.product, [...products]),
        ne(pools.state, "cancelled"),
        inArray(poolOrders.state, ["joined", "asked", "confirmed", "final"]),
        gte(poolOrders.joinedAt, limaInstant(firstDay, 0)),
      ),
    )
    .groupBy(poolPoints.districtCode, pools.product, month, pools.packAmount, pools.packUnit)
    .having(gte(sql`count(distinct ${poolOrders.personId})`, fewest))
    .orderBy(asc(poolPoints.districtCode), asc(month));
  return rows.map(({ amount, unit, packs, ...cell }) => ({
    ...cell,
    requests: null,
    openRequests: null,
    pack: { amount, unit },
    orderedPacks: packs,
  }));
}
