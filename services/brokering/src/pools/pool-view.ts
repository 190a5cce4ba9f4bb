import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type { listedPool, Pool, PriceNow, readPool as contract } from "@minka/contracts/pools";
import type { Queries } from "@minka/database/connect";
import type { Context } from "@minka/service/act";
import { and, asc, eq, inArray } from "@minka/database/query";
import type { z } from "zod";
import { knownPrice } from "./known-price.ts";
import { findPool } from "./lock-pool.ts";
import type { Calling } from "./open-pool.ts";
import { readOrderView } from "./order-view.ts";
import { poolOrders, type PoolOrderRow } from "./pool-orders-tables.ts";
import { poolQuotes } from "./pool-quotes-tables.ts";
import { isOrganizer } from "../organizers/organizer.ts";
import { refuseUnlessMayJoin } from "./pool-rights.ts";
import { isSupplier, mayQuoteAgain } from "./sealed-quotes.ts";
import { poolPoints, poolSuppliers, type PoolPointRow, type PoolRow } from "./pools-tables.ts";

type Listed = z.output<typeof listedPool>;

/** Fewer would tell of somebody. */
const leastShown = 5;

function standingView(
  pool: PoolRow,
  { points, price }: { points: readonly PoolPointRow[]; price: PriceNow | null },
): Listed {
  return {
    id: pool.id,
    state: pool.state,
    organizer: { kind: pool.organizerKind, id: pool.organizerId, name: pool.organizerName },
    title: pool.title,
    product: pool.product,
    pack: { amount: pool.packAmount, unit: pool.packUnit },
    districts: pool.districts,
    deadline: pool.deadline.toISOString(),
    minimumPacks: pool.minimumPacks,
    split: pool.split,
    sealed: pool.sealed,
    deliveryShared: pool.deliveryShared,
    feeCentimosPerPack: pool.feeCentimosPerPack,
    joiners: pool.joiners,
    whenMissed: pool.whenMissed,
    extendDays: pool.extendDays,
    confirmHours: pool.confirmHours,
    points: points.map(({ id, name, districtCode }) => ({ id, name, districtCode })),
    extended: pool.extended,
    openedAt: pool.openedAt.toISOString(),
    orderedAt: pool.orderedAt?.toISOString() ?? null,
    packs: pool.packs,
    people: pool.people < leastShown ? null : pool.people,
    price,
  };
}

/** Pools as lists show them, in the order in which they are given. */
export async function standingViews(queries: Queries, rows: readonly PoolRow[]): Promise<Listed[]> {
  if (rows.length === 0) return [];
  const points = await queries
    .select()
    .from(poolPoints)
    .where(
      inArray(
        poolPoints.poolId,
        rows.map(({ id }) => id),
      ),
    )
    .orderBy(asc(poolPoints.id));
  return Promise.all(
    rows.map(async (pool) =>
      standingView(pool, {
        points: points.filter(({ poolId }) => poolId === pool.id),
        price: await knownPrice(queries, pool),
      }),
    ),
  );
}

/** What a service asks for is for a person; people ask for themselves. */
export async function readPool(
  { db, call }: Pick<Calling, "db" | "call">,
  context: Context,
  { params: { poolId }, query }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  const pool = await findPool(db.read, poolId);
  const { actor } = context;
  const personId = actor.kind === "person" ? actor.personId : (query.personId ?? null);
  const own = personId === null ? undefined : await ownOrder(db.read, poolId, personId);
  const organizer = await isOrganizer(call, context, pool);
  if (actor.kind === "person" && !organizer && !own && !(await isSupplier(db.read, call, context, pool)))
    await refuseUnlessMayJoin(call, context.trace, pool, actor.personId);
  return { pool: await poolView(db.read, pool, { own, organizer }) };
}

async function ownOrder(
  queries: Queries,
  poolId: string,
  personId: string,
): Promise<PoolOrderRow | undefined> {
  const [order] = await queries
    .select()
    .from(poolOrders)
    .where(and(eq(poolOrders.poolId, poolId), eq(poolOrders.personId, personId)));
  return order;
}

async function poolView(
  queries: Queries,
  pool: PoolRow,
  { own, organizer }: { own: PoolOrderRow | undefined; organizer: boolean },
): Promise<Pool> {
  const [standing] = await standingViews(queries, [pool]);
  if (!standing) throw new Error("a pool without a view");
  const quotes = await queries
    .select()
    .from(poolQuotes)
    .where(and(eq(poolQuotes.poolId, pool.id), eq(poolQuotes.state, "standing")))
    .orderBy(asc(poolQuotes.quotedAt), asc(poolQuotes.id));
  const [sells] = await queries
    .select({ providerId: poolSuppliers.providerId })
    .from(poolSuppliers)
    .where(and(eq(poolSuppliers.poolId, pool.id), eq(poolSuppliers.providerId, pool.organizerId)));
  return {
    ...standing,
    order: own ? await readOrderView(queries, own) : null,
    tiers: mayQuoteAgain(pool)
      ? null
      : quotes.map(({ tiers, deliveryCentimos, providerId }) => ({
          tiers,
          deliveryCentimos,
          organizersOwn: providerId === pool.organizerId,
        })),
    organizerQuotes: sells !== undefined,
    quotes: organizer ? quotes.length : null,
    awardId: organizer ? pool.awardId : null,
    answerBy: ["asking_suppliers", "asking_members", "undecided"].includes(pool.state)
      ? (pool.nextAt?.toISOString() ?? null)
      : null,
    cancelled: pool.cancelCause && { cause: pool.cancelCause, reason: pool.cancelReason },
  };
}
