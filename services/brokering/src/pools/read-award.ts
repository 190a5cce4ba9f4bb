import type { Answer } from "@minka/contracts/endpoint";
import type { listPoolAwards, PoolAward, readPoolAward as contract } from "@minka/contracts/pool-awards";
import type { Context } from "@minka/service/act";
import { asc, desc, eq } from "@minka/database/query";
import { findAward } from "./approve-award.ts";
import { findPool } from "./lock-pool.ts";
import type { Calling } from "./open-pool.ts";
import { poolAwardOrders, poolAwards, poolSupplies, type PoolAwardRow } from "./pool-awards-tables.ts";
import { poolOrders } from "./pool-orders-tables.ts";
import { poolQuotes } from "./pool-quotes-tables.ts";
import { refuseWhileSealed } from "./sealed-quotes.ts";
import { refuseUnlessOrganizer } from "../organizers/organizer.ts";

type Reading = Pick<Calling, "db" | "call">;

/** The whole of an award, for the organizer's people. `no-such-award` (404), `quotes-sealed` (403). */
export async function readAward(
  { db, call }: Reading,
  context: Context,
  awardId: string,
): Promise<Answer<typeof contract>> {
  const award = await findAward(db.read, awardId);
  const pool = await findPool(db.read, award.poolId);
  await refuseUnlessOrganizer(call, context, pool);
  await refuseWhileSealed({ read: db.read, call }, context, pool);
  const supplies = await db.read
    .select({ supply: poolSupplies, providerName: poolQuotes.providerName })
    .from(poolSupplies)
    .innerJoin(poolQuotes, eq(poolQuotes.id, poolSupplies.quoteId))
    .where(eq(poolSupplies.awardId, awardId))
    .orderBy(desc(poolSupplies.packs), asc(poolSupplies.id));
  const orders = await db.read
    .select({ line: poolAwardOrders, personId: poolOrders.personId })
    .from(poolAwardOrders)
    .innerJoin(poolOrders, eq(poolOrders.id, poolAwardOrders.orderId))
    .where(eq(poolAwardOrders.awardId, awardId))
    .orderBy(asc(poolAwardOrders.orderId));
  return {
    award: {
      ...headView(award),
      suppliers: supplies.map(({ supply, providerName }) => ({
        quoteId: supply.quoteId,
        providerId: supply.providerId,
        providerName,
        organizersOwn: supply.providerId === pool.organizerId,
        state: supply.state,
        packs: supply.packs,
        tierPriceCentimos: supply.tierPriceCentimos,
        goodsCentimos: supply.goodsCentimos,
        deliveryCentimos: supply.deliveryCentimos,
        totalCentimos: supply.goodsCentimos + supply.deliveryCentimos,
        points: supply.points,
        answerBy: supply.state === "asked" ? (supply.answerBy?.toISOString() ?? null) : null,
      })),
      orders: orders.map(({ line: { awardId: _awardId, ...line }, personId }) => ({ ...line, personId })),
    },
  };
}

/** `no-such-pool` (404), `quotes-sealed` (403): sums tell what was quoted too. */
export async function listAwards(
  { db, call }: Reading,
  context: Context,
  poolId: string,
): Promise<Answer<typeof listPoolAwards>> {
  const pool = await findPool(db.read, poolId);
  await refuseUnlessOrganizer(call, context, pool);
  await refuseWhileSealed({ read: db.read, call }, context, pool);
  const rows = await db.read
    .select()
    .from(poolAwards)
    .where(eq(poolAwards.poolId, poolId))
    .orderBy(desc(poolAwards.number));
  return { awards: rows.map(headView) };
}

function headView({
  proposedAt,
  approvedAt,
  ...award
}: PoolAwardRow): Omit<PoolAward, "suppliers" | "orders"> {
  return {
    ...award,
    proposedAt: proposedAt.toISOString(),
    approvedAt: approvedAt?.toISOString() ?? null,
  };
}
