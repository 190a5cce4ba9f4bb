import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { markDeliveryMissed as contract } from "@minka/contracts/pool-deliveries";
import type { Transaction } from "@minka/database/connect";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { actOf, type Act, type Context } from "@minka/service/act";
import type { ServiceKit } from "@minka/service/define-service";
import { and, eq, gt, inArray, ne, or } from "@minka/database/query";
import { record } from "../acting.ts";
import { refuseUnlessOrganizer } from "../organizers/organizer.ts";
import { findPool, lockPool } from "../pools/lock-pool.ts";
import type { PoolRow } from "../pools/pools-tables.ts";
import { poolOrders } from "../pools/pool-orders-tables.ts";
import { idempotencyKeys } from "../tables.ts";
import { endQuestions } from "../telling/end-questions.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { claimsTimer, isOverdue, nothingDue } from "./delivery-days.ts";
import { findDelivery, viewDelivery } from "./delivery-view.ts";
import { poolClaims, poolDeliveries, poolReceipts, type PoolDeliveryRow } from "./deliveries-tables.ts";
import { endArrivalQuestion, hasOpenClaims, raiseClaims } from "./raise-claims.ts";
import { alreadyBrought } from "./set-day.ts";

/**
 * Nothing came: claimed at once for all whose packs it was to bring, and nobody's silence makes it come. Throws
 * `no-such-delivery` (404), `not-your-organization`, `not-your-provider` (403), `already-brought`, `delivery-not-due`
 * (409).
 */
export async function markDeliveryMissed(
  { db, clock, call }: Pick<ServiceKit, "db" | "clock" | "call">,
  context: Context,
  { params: { deliveryId } }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const { poolId } = await findDelivery(db.read, deliveryId);
  await refuseUnlessOrganizer(call, context, await findPool(db.read, poolId));
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const pool = await lockPool(tx, poolId);
      const delivery = await findDelivery(tx, deliveryId);
      await refuseUnlessMissing(tx, { delivery, pool, now: act.at });
      await claimAll(tx, act, delivery);
      await settleDelivery(tx, act, delivery);
      return { delivery: await viewDelivery(tx, deliveryId) };
    }),
  );
}

/** A supplier may have said that it came, while no member has: then one side's word is no more than the other's. */
async function refuseUnlessMissing(
  tx: Transaction,
  { delivery, pool, now }: { delivery: PoolDeliveryRow; pool: PoolRow; now: Date },
): Promise<void> {
  if (delivery.state === "planned" && !isOverdue(delivery, pool.orderedAt, now))
    throw new DomainError("conflict", "delivery-not-due", "It may still come: its day is not over.");
  if (delivery.state === "missed" || (await somethingCame(tx, delivery.id))) throw alreadyBrought();
}

/** Whether a member says so, or was silent for as long as they may. */
async function somethingCame(tx: Transaction, deliveryId: string): Promise<boolean> {
  const [came] = await tx
    .select({ id: poolReceipts.id })
    .from(poolReceipts)
    .leftJoin(poolClaims, eq(poolClaims.receiptId, poolReceipts.id))
    .where(
      and(
        eq(poolReceipts.deliveryId, deliveryId),
        or(gt(poolReceipts.cameSound, 0), ne(poolClaims.reason, "short")),
      ),
    )
    .limit(1);
  return came !== undefined;
}

/** For whoever has not said themself what came, all of theirs is missing. */
async function claimAll(tx: Transaction, act: Act, { id: deliveryId }: PoolDeliveryRow): Promise<void> {
  const missing = await tx
    .update(poolReceipts)
    .set({ state: "some", cameSound: 0, answerBy: null, answeredAt: act.at })
    .where(and(eq(poolReceipts.deliveryId, deliveryId), inArray(poolReceipts.state, ["waiting", "asked"])))
    .returning({ receiptId: poolReceipts.id, packs: poolReceipts.packs, orderId: poolReceipts.orderId });
  if (missing.length === 0) return;
  const claims = missing.map(({ receiptId, packs }) => ({ receiptId, packs, reason: "short" as const }));
  await raiseClaims(tx, act, { deliveryId, claims });
  const ids = missing.map(({ orderId }) => orderId);
  const people = await tx
    .select({ personId: poolOrders.personId })
    .from(poolOrders)
    .where(inArray(poolOrders.id, ids));
  const personIds = people.map(({ personId }) => personId);
  await endQuestions(tx, act, personIds);
  await tellPeople(tx, act, { kind: "delivery-missed", id: deliveryId }, personIds);
}

/** All of its members have said what came, though nobody said that it did. The pool is locked. */
export async function settleIfSaid(tx: Transaction, act: Act, delivery: PoolDeliveryRow): Promise<void> {
  const [waiting] = await tx
    .select({ id: poolReceipts.id })
    .from(poolReceipts)
    .where(and(eq(poolReceipts.deliveryId, delivery.id), eq(poolReceipts.state, "waiting")))
    .limit(1);
  if (!waiting && delivery.state === "planned") await settleDelivery(tx, act, delivery);
}

/** It came if something of it did. What it was to make good is claimed anew, or was brought. */
async function settleDelivery(tx: Transaction, act: Act, delivery: PoolDeliveryRow): Promise<void> {
  const { id } = delivery;
  const came = await somethingCame(tx, id);
  const timer = (await hasOpenClaims(tx, id)) ? claimsTimer(act.at) : nothingDue;
  await tx
    .update(poolDeliveries)
    .set({
      ...timer,
      ...(came ? { state: "brought", broughtAt: act.at } : { state: "missed", broughtAt: null }),
    })
    .where(eq(poolDeliveries.id, id));
  await tx
    .update(poolClaims)
    .set({ state: came ? "brought" : "renewed" })
    .where(and(eq(poolClaims.broughtBy, id), eq(poolClaims.state, "promised")));
  await endArrivalQuestion(tx, act, delivery);
  await record(tx, act, came ? "pool-delivery.bring" : "pool-delivery.miss", `pool-delivery:${id}`);
}
