import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type { changeOrder as contract, leavePool } from "@minka/contracts/pool-orders";
import type { Transaction } from "@minka/database/connect";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import type { Context } from "@minka/service/act";
import { eq } from "@minka/database/query";
import { idempotencyKeys } from "../tables.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { record } from "../acting.ts";
import { count, finish, lockOpen, readPoints, readSize, whoPlaces } from "./join-pool.ts";
import { knownPrice } from "./known-price.ts";
import { findPool } from "./lock-pool.ts";
import { pointFor } from "./nearest-point.ts";
import { noticePrice } from "./notice-price.ts";
import type { Calling } from "./open-pool.ts";
import { findOrder, lockOrder, readOrderView } from "./order-view.ts";
import { orderFlags, orderWish } from "./order-wish.ts";
import { poolOrders } from "./pool-orders-tables.ts";

/**
 * Wants more, fewer or elsewhere, until the deadline. `no-such-order` (404), `not-yours` (403), `not-joined`,
 * `pool-closed`, `pool-full` (409), `tolerance-wrong`, `no-such-point` (422).
 */
export async function changeOrder(
  { db, clock, call }: Calling,
  context: Context,
  { params: { orderId }, body: { pointId, ...said } }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  const wish = orderWish(said);
  const { poolId, personId } = await findOrder(db.read, orderId);
  const placedBy = await whoPlaces(call, context, await findPool(db.read, poolId), personId);
  const sizeClass = await readSize(call, context.trace, personId);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const { pool, act } = await lockOpen(tx, context, { poolId, clock });
      const order = await lockJoined(tx, orderId);
      await count(tx, pool, {
        people: 0,
        packs: wish.packs - order.packs,
        mostPacks: wish.maximumPacks - order.maximumPacks,
      });
      await tx
        .update(poolOrders)
        .set({
          ...wish,
          pointId:
            pointId === undefined
              ? order.pointId
              : pointFor(await readPoints(tx, poolId), { pointId, districtCode: null }),
          placedBy: placedBy ?? order.placedBy,
          flags: orderFlags(pool, wish.packs, sizeClass),
          changedAt: act.at,
        })
        .where(eq(poolOrders.id, orderId));
      return finish(tx, act, pool, { orderId, personId, placedBy, action: "pool-order.change" });
    }),
  );
}

/** Leaves until the deadline; who has left or is out already is so, and nothing happens. */
export async function leaveOrder(
  { db, clock, call }: Calling,
  context: Context,
  { params: { orderId } }: HandlerInput<typeof leavePool>,
): Promise<Answer<typeof leavePool>> {
  const { poolId, personId } = await findOrder(db.read, orderId);
  const placedBy = await whoPlaces(call, context, await findPool(db.read, poolId), personId);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const { pool, act } = await lockOpen(tx, context, { poolId, clock });
      const order = await lockOrder(tx, orderId);
      // Also who is out holds no packs that could be given back once more.
      if (order.state !== "joined") return { order: await readOrderView(tx, order) };
      const [left] = await tx
        .update(poolOrders)
        .set({ state: "left", changedAt: act.at })
        .where(eq(poolOrders.id, orderId))
        .returning();
      if (!left) throw new Error("an order that is locked is gone");
      await count(tx, pool, { people: -1, packs: -order.packs, mostPacks: -order.maximumPacks });
      await record(tx, act, "pool-order.leave", `pool-order:${orderId}`);
      await noticePrice(tx, act, pool, await knownPrice(tx, pool));
      if (placedBy !== null) await tellPeople(tx, act, { kind: "order-made", id: orderId }, [personId]);
      return { order: await readOrderView(tx, left) };
    }),
  );
}

async function lockJoined(tx: Transaction, orderId: string) {
  const order = await lockOrder(tx, orderId);
  if (order.state === "joined") return order;
  throw new DomainError("conflict", "not-joined", "They have left: join again.");
}
