import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type {
  listPoolDeliveries as listContract,
  markDeliveryBrought as broughtContract,
  setDeliveryDay as dayContract,
} from "@minka/contracts/pool-deliveries";
import type { Transaction } from "@minka/database/connect";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { limaDay } from "@minka/domain/lima-time";
import { actOf, humansOf, type Act, type Context } from "@minka/service/act";
import type { ServiceKit } from "@minka/service/define-service";
import { and, eq } from "@minka/database/query";
import { record } from "../acting.ts";
import { refuseUnlessProvider } from "../authority.ts";
import { findPool, lockPool } from "../pools/lock-pool.ts";
import { poolOrders } from "../pools/pool-orders-tables.ts";
import { refuseUnlessOrganizer } from "../organizers/organizer.ts";
import { idempotencyKeys } from "../tables.ts";
import { askPerson } from "../telling/asking.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { arrivalTimer, claimsTimer, nothingDue } from "./delivery-days.ts";
import {
  findDelivery,
  ofPool,
  refuseUnlessEither,
  refuseWrongDay,
  supplierOf,
  viewDeliveries,
  viewDelivery,
} from "./delivery-view.ts";
import { poolClaims, poolDeliveries, poolReceipts, type PoolDeliveryRow } from "./deliveries-tables.ts";
import { endArrivalQuestion, hasOpenClaims, takeBackClaims } from "./raise-claims.ts";

type Kit = Pick<ServiceKit, "db" | "clock" | "call">;

/** A member who was away for a market day still finds the question. */
const answerDays = 5;

/** `no-such-pool` (404), `not-your-organization`, `not-your-provider` (403). */
export async function listPoolDeliveries(
  { db, call }: Kit,
  context: Context,
  { params: { poolId }, query: { providerId } }: HandlerInput<typeof listContract>,
): Promise<HandlerAnswer<typeof listContract>> {
  const pool = await findPool(db.read, poolId);
  if (providerId === undefined) await refuseUnlessOrganizer(call, context, pool);
  else await refuseUnlessProvider(call, context, providerId);
  return { deliveries: await viewDeliveries(db.read, ofPool(poolId, providerId)) };
}

/** `no-such-delivery` (404), `not-your-delivery` (403), `day-wrong` (422), `already-brought` (409). */
export async function setDeliveryDay(
  { db, clock, call }: Kit,
  context: Context,
  { params: { deliveryId }, body: { day } }: HandlerInput<typeof dayContract>,
): Promise<HandlerAnswer<typeof dayContract>> {
  refuseWrongDay(day, clock());
  await refuseUnlessEither({ read: db.read, call }, context, await findDelivery(db.read, deliveryId));
  return db.transaction(async (tx) => {
    const act = actOf(context, clock());
    const delivery = await lockDelivery(tx, deliveryId);
    if (delivery.day !== day) {
      await tx
        .update(poolDeliveries)
        .set({ day, ...arrivalTimer(day, act.at) })
        .where(eq(poolDeliveries.id, deliveryId));
      await endArrivalQuestion(tx, act, delivery);
      await record(tx, act, "pool-delivery.set-day", `pool-delivery:${deliveryId}`);
      const members = await receiversOf(tx, deliveryId);
      const { supply } = await supplierOf(tx, delivery.invoiceId);
      const { makers } = await findPool(tx, delivery.poolId);
      // Who says it knows it.
      const others = [supply.personId, ...makers].filter((each) => !humansOf(context.actor).includes(each));
      const personIds = [...members.map(({ personId }) => personId), ...others];
      await tellPeople(tx, act, { kind: "delivery-coming", id: deliveryId }, personIds);
    }
    return { delivery: await viewDelivery(tx, deliveryId) };
  });
}

/** `no-such-delivery` (404), `not-your-delivery` (403), `already-brought`, `delivery-not-due` (409). */
export async function markDeliveryBrought(
  { db, clock, call }: Kit,
  context: Context,
  { params: { deliveryId } }: HandlerInput<typeof broughtContract>,
): Promise<HandlerAnswer<typeof broughtContract>> {
  await refuseUnlessEither({ read: db.read, call }, context, await findDelivery(db.read, deliveryId));
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const delivery = await lockDelivery(tx, deliveryId);
      // Else members who wait for another day would be asked, and their silence taken for a yes.
      if (delivery.day !== null && limaDay(act.at) < delivery.day)
        throw new DomainError(
          "conflict",
          "delivery-not-due",
          "Its day is to come: say first that it is today.",
        );
      await takeBackClaims(tx, deliveryId);
      const timer = (await hasOpenClaims(tx, deliveryId)) ? claimsTimer(act.at) : nothingDue;
      await tx
        .update(poolDeliveries)
        .set({ state: "brought", broughtAt: act.at, ...timer })
        .where(eq(poolDeliveries.id, deliveryId));
      await endArrivalQuestion(tx, act, delivery);
      await record(tx, act, "pool-delivery.bring", `pool-delivery:${deliveryId}`);
      // What this brings was missing before; whether it is all right now is asked anew.
      await tx
        .update(poolClaims)
        .set({ state: "brought" })
        .where(and(eq(poolClaims.broughtBy, deliveryId), eq(poolClaims.state, "promised")));
      await askReceivers(tx, act, deliveryId);
      return { delivery: await viewDelivery(tx, deliveryId) };
    }),
  );
}

async function askReceivers(tx: Transaction, act: Act, deliveryId: string): Promise<void> {
  const answerBy = new Date(act.at.getTime() + answerDays * 24 * 60 * 60 * 1000);
  const asked = await tx
    .update(poolReceipts)
    .set({ state: "asked", answerBy, trace: act.trace })
    .where(and(eq(poolReceipts.deliveryId, deliveryId), eq(poolReceipts.state, "waiting")))
    .returning({ id: poolReceipts.id });
  for (const { id } of asked) await askPerson(tx, act, { kind: "pool-receipt", id });
}

/** Under its pool's lock, while it is still to come. `already-brought` (409). */
async function lockDelivery(tx: Transaction, deliveryId: string): Promise<PoolDeliveryRow> {
  const { poolId } = await findDelivery(tx, deliveryId);
  await lockPool(tx, poolId);
  const delivery = await findDelivery(tx, deliveryId);
  if (delivery.state === "planned") return delivery;
  throw alreadyBrought();
}

export const alreadyBrought = () =>
  new DomainError("conflict", "already-brought", "It was brought, or said not to have come.");

async function receiversOf(tx: Transaction, deliveryId: string): Promise<{ personId: string }[]> {
  return tx
    .selectDistinct({ personId: poolOrders.personId })
    .from(poolReceipts)
    .innerJoin(poolOrders, eq(poolOrders.id, poolReceipts.orderId))
    .where(eq(poolReceipts.deliveryId, deliveryId));
}
