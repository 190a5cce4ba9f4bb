import type { Actor } from "@minka/contracts/actor";
import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type { joinPool as contract } from "@minka/contracts/pool-orders";
import { readTraits } from "@minka/contracts/traits";
import type { Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import type { SizeClass } from "@minka/domain/size-class";
import type { Caller } from "@minka/http/caller";
import { awardLimits } from "@minka/pooling/award-instance";
import { actOf, type Act, type Context } from "@minka/service/act";
import { and, eq, sql } from "@minka/database/query";
import { record } from "../acting.ts";
import { idempotencyKeys } from "../tables.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { poolClosed } from "./invite-supplier.ts";
import { knownPrice } from "./known-price.ts";
import { findPool, lockPool } from "./lock-pool.ts";
import { pointFor } from "./nearest-point.ts";
import { noticePrice } from "./notice-price.ts";
import type { Calling } from "./open-pool.ts";
import { readOrderView } from "./order-view.ts";
import { orderFlags, orderWish } from "./order-wish.ts";
import { poolOrders, type PoolOrderRow } from "./pool-orders-tables.ts";
import { isOrganizer } from "../organizers/organizer.ts";
import { refuseUnlessMayJoin } from "./pool-rights.ts";
import { poolPoints, pools, type PoolRow } from "./pools-tables.ts";

/**
 * Enters somebody's order. The deadline is read once, when the pool is theirs: whoever comes at its second is in with
 * an answer that says so, or refused. `not-yours`, `pool-not-for-you` (403), `already-joined`, `pool-closed`,
 * `pool-full` (409), `tolerance-wrong`, `no-such-point` (422).
 */
export async function joinPool(
  { db, clock, call }: Calling,
  context: Context,
  { params: { poolId }, body: { personId, pointId, ...said } }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  const wish = orderWish(said);
  const before = await findPool(db.read, poolId);
  const placedBy = await whoPlaces(call, context, before, personId);
  const { districtCode } = await refuseUnlessMayJoin(call, context.trace, before, personId);
  const sizeClass = await readSize(call, context.trace, personId);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const { pool, act } = await lockOpen(tx, context, { poolId, clock });
      const [old] = await tx
        .select()
        .from(poolOrders)
        .where(and(eq(poolOrders.poolId, poolId), eq(poolOrders.personId, personId)))
        .for("update");
      if (old?.state === "joined")
        throw new DomainError("conflict", "already-joined", "They are in it: change that order.", {
          details: { orderId: old.id },
        });
      const row = {
        ...wish,
        pointId: pointFor(await readPoints(tx, poolId), { pointId, districtCode }),
        placedBy,
        flags: orderFlags(pool, wish.packs, sizeClass),
        state: "joined" as const,
        changedAt: act.at,
        reasons: [],
      };
      const id = old?.id ?? newId();
      if (old) await tx.update(poolOrders).set(row).where(eq(poolOrders.id, id));
      else
        await tx
          .insert(poolOrders)
          .values({ ...row, id, poolId, personId, joinedAt: act.at, trace: act.trace });
      await count(tx, pool, { people: 1, packs: wish.packs, mostPacks: wish.maximumPacks });
      return finish(tx, act, pool, { orderId: id, personId, placedBy, action: "pool-order.join" });
    }),
  );
}

/** Locks a pool that is open at this very instant. `pool-closed` (409). */
export async function lockOpen(
  tx: Transaction,
  context: Context,
  { poolId, clock }: { poolId: string; clock: Calling["clock"] },
): Promise<{ pool: PoolRow; act: Act }> {
  const pool = await lockPool(tx, poolId);
  const act = actOf(context, clock());
  if (pool.state !== "open" || act.at >= pool.deadline) throw poolClosed();
  return { pool, act };
}

/**
 * Who enters an order: null for the person themself, by whatever way; else whoever acts for them, the organizer's
 * broker, or an operator. Others: `not-yours` (403). Never call it in a transaction.
 */
export async function whoPlaces(
  call: Caller,
  { actor, trace }: { actor: Actor; trace: string },
  pool: PoolRow,
  personId: string,
): Promise<string | null> {
  if (actor.kind !== "person") return null;
  if (actor.personId === personId) return actor.through?.personId ?? null;
  if (!(await isOrganizer(call, { actor, trace }, pool)))
    throw new DomainError("forbidden", "not-yours", "This is somebody else's.");
  return actor.through?.personId ?? actor.personId;
}

/** Adds to what a pool counts. `pool-full` (409) where an award could not be computed any more. */
export async function count(
  tx: Transaction,
  pool: PoolRow,
  more: { people: number; packs: number; mostPacks: number },
): Promise<void> {
  if (more.mostPacks > 0 && pool.mostPacks + more.mostPacks > awardLimits.packs)
    throw new DomainError("conflict", "pool-full", `A pool holds ${awardLimits.packs} packs.`);
  await tx
    .update(pools)
    .set({
      people: sql`${pools.people} + ${more.people}`,
      packs: sql`${pools.packs} + ${more.packs}`,
      mostPacks: sql`${pools.mostPacks} + ${more.mostPacks}`,
    })
    .where(eq(pools.id, pool.id));
}

/**
 * The price as it is with the order in it is what they agree to, if it is their own word: who was entered or changed by
 * another is told of that, has agreed to no price yet, and their silence to the final one takes them out.
 */
export async function finish(
  tx: Transaction,
  act: Act,
  pool: PoolRow,
  {
    orderId,
    personId,
    placedBy,
    action,
  }: { orderId: string; personId: string; placedBy: string | null; action: string },
): Promise<Answer<typeof contract>> {
  const price = await knownPrice(tx, pool);
  const [order] = await tx
    .update(poolOrders)
    .set({ agreedPriceCentimos: placedBy === null ? (price?.priceCentimos ?? null) : null })
    .where(eq(poolOrders.id, orderId))
    .returning();
  await record(tx, act, action, `pool-order:${orderId}`);
  await noticePrice(tx, act, pool, price, placedBy === null ? personId : undefined);
  if (placedBy !== null) await tellPeople(tx, act, { kind: "order-made", id: orderId }, [personId]);
  return { order: await readOrderView(tx, order as PoolOrderRow) };
}

export async function readPoints(tx: Transaction, poolId: string) {
  return tx.select().from(poolPoints).where(eq(poolPoints.poolId, poolId));
}

export async function readSize(call: Caller, trace: string, personId: string): Promise<SizeClass | null> {
  const { traits } = await call(readTraits, { body: { personIds: [personId] } }, { trace });
  return traits[0]?.sizeClass ?? null;
}
