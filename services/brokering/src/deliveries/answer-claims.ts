import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type {
  answerDeliveryClaims as contract,
  listDeliveryClaims as listContract,
} from "@minka/contracts/pool-deliveries";
import type { Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { actOf, type Act, type Context } from "@minka/service/act";
import type { ServiceKit } from "@minka/service/define-service";
import { and, asc, eq, inArray, max, sql } from "@minka/database/query";
import { record } from "../acting.ts";
import { refuseUnlessProvider } from "../authority.ts";
import { tellRefunds } from "../payments/tell-refunds.ts";
import { lockPool } from "../pools/lock-pool.ts";
import { poolOrders } from "../pools/pool-orders-tables.ts";
import { idempotencyKeys } from "../tables.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { completePool } from "./complete-pool.ts";
import { creditClaims } from "./credit-claims.ts";
import { arrivalTimer } from "./delivery-days.ts";
import { findDelivery, refuseUnlessEither, refuseWrongDay, supplierOf } from "./delivery-view.ts";
import {
  poolClaims,
  poolCredits,
  poolDeliveries,
  poolReceipts,
  type PoolDeliveryRow,
} from "./deliveries-tables.ts";
import { insertReceipts } from "./plan-deliveries.ts";
import { endIfAnswered } from "./raise-claims.ts";

type Kit = Pick<ServiceKit, "db" | "clock" | "call">;
type Body = HandlerInput<typeof contract>["body"];

/** A claim with whose it is. */
export type OpenClaim = { id: string; packs: number; orderId: string; personId: string };

/** `no-such-delivery` (404), `not-your-delivery` (403). */
export async function listDeliveryClaims(
  { db, call }: Kit,
  context: Context,
  { params: { deliveryId } }: HandlerInput<typeof listContract>,
): Promise<HandlerAnswer<typeof listContract>> {
  await refuseUnlessEither({ read: db.read, call }, context, await findDelivery(db.read, deliveryId));
  const rows = await db.read
    .select({
      claim: poolClaims,
      bringOn: poolDeliveries.day,
      creditCentimos: sql<number>`(
        select coalesce(sum(k.goods_centimos + k.delivery_centimos), 0)::float8 from ${poolCredits} k
         where k.claim_id = ${poolClaims.id})`,
    })
    .from(poolClaims)
    .innerJoin(poolReceipts, eq(poolReceipts.id, poolClaims.receiptId))
    .leftJoin(poolDeliveries, eq(poolDeliveries.id, poolClaims.broughtBy))
    .where(eq(poolReceipts.deliveryId, deliveryId))
    .orderBy(asc(poolClaims.id));
  return {
    claims: rows.map(({ claim: { id, reason, packs, state, raisedAt }, bringOn, creditCentimos }) => ({
      id,
      reason,
      packs,
      state,
      bringOn,
      creditCentimos: state === "credited" ? creditCentimos : null,
      raisedAt: raisedAt.toISOString(),
    })),
  };
}

/**
 * The supplier brings what was missing or wrong, or takes it off its invoice. Throws `no-such-delivery` (404),
 * `not-your-provider` (403), `day-wrong` (422), `no-open-claims`, `pool-over` (409).
 */
export async function answerDeliveryClaims(
  { db, clock, call }: Kit,
  context: Context,
  { params: { deliveryId }, body }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  if (body.answer.do === "bring") refuseWrongDay(body.answer.day, clock());
  const { invoiceId } = await findDelivery(db.read, deliveryId);
  const { invoice } = await supplierOf(db.read, invoiceId);
  await refuseUnlessProvider(call, context, invoice.providerId);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const delivery = await findDelivery(tx, deliveryId);
      const pool = await lockPool(tx, delivery.poolId);
      if (pool.state !== "ordered")
        throw new DomainError("conflict", "pool-over", "This purchase is completed: nothing of it changes.");
      const claims = await openClaims(tx, deliveryId, body.claimIds);
      const packs = claims.reduce((sum, claim) => sum + claim.packs, 0);
      const answer = {
        claims: claims.length,
        packs,
        ...(await carryOut(tx, act, { pool, delivery, claims, packs, answer: body.answer })),
      };
      await endIfAnswered(tx, delivery);
      await record(tx, act, `pool-claims.${body.answer.do}`, `pool-delivery:${deliveryId}`);
      for (const { id, personId } of claims)
        await tellPeople(tx, act, { kind: "claim-answered", id }, [personId]);
      // A credit may take something off the dues of others too.
      if (body.answer.do === "credit") await tellRefunds(tx, act, pool, await creditedBy(tx, claims));
      await completePool(tx, act, pool);
      return answer;
    }),
  );
}

type CarriedOut = {
  pool: Awaited<ReturnType<typeof lockPool>>;
  delivery: PoolDeliveryRow;
  claims: readonly OpenClaim[];
  packs: number;
  answer: Body["answer"];
};

async function carryOut(tx: Transaction, act: Act, { pool, delivery, claims, packs, answer }: CarriedOut) {
  if (answer.do === "credit")
    return { creditCentimos: await creditClaims(tx, act, { pool, delivery, claims }), deliveryId: null };
  const deliveryId = await planRest(tx, act, { delivery, claims, packs, day: answer.day });
  return { creditCentimos: null, deliveryId };
}

async function openClaims(
  tx: Transaction,
  deliveryId: string,
  claimIds: readonly string[] | undefined,
): Promise<OpenClaim[]> {
  const rows = await tx
    .select({
      id: poolClaims.id,
      packs: poolClaims.packs,
      orderId: poolReceipts.orderId,
      personId: poolOrders.personId,
    })
    .from(poolClaims)
    .innerJoin(poolReceipts, eq(poolReceipts.id, poolClaims.receiptId))
    .innerJoin(poolOrders, eq(poolOrders.id, poolReceipts.orderId))
    .where(
      and(
        eq(poolReceipts.deliveryId, deliveryId),
        eq(poolClaims.state, "open"),
        claimIds === undefined ? undefined : inArray(poolClaims.id, [...claimIds]),
      ),
    )
    .orderBy(asc(poolClaims.id));
  const wanted = claimIds === undefined ? rows.length : new Set(claimIds).size;
  if (rows.length > 0 && rows.length === wanted) return rows;
  throw new DomainError("conflict", "no-open-claims", "These were answered, or there are none.");
}

async function creditedBy(tx: Transaction, claims: readonly OpenClaim[]): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ orderId: poolCredits.orderId })
    .from(poolCredits)
    .where(
      inArray(
        poolCredits.claimId,
        claims.map(({ id }) => id),
      ),
    );
  return rows.map(({ orderId }) => orderId);
}

/** Another delivery by the same supplier to the same point, for whom something is missing. */
async function planRest(
  tx: Transaction,
  act: Act,
  given: { delivery: PoolDeliveryRow; claims: readonly OpenClaim[]; packs: number; day: string },
): Promise<string> {
  const { delivery, claims, packs, day } = given;
  const { poolId, invoiceId, pointId } = delivery;
  const [last] = await tx
    .select({ part: max(poolDeliveries.part) })
    .from(poolDeliveries)
    .where(and(eq(poolDeliveries.invoiceId, invoiceId), eq(poolDeliveries.pointId, pointId)));
  const id = newId();
  await tx.insert(poolDeliveries).values({
    id,
    poolId,
    invoiceId,
    pointId,
    part: (last?.part ?? delivery.part) + 1,
    restOf: delivery.id,
    packs,
    day,
    state: "planned",
    broughtAt: null,
    ...arrivalTimer(day, act.at),
  });
  const byOrder = new Map<string, number>();
  for (const claim of claims) byOrder.set(claim.orderId, (byOrder.get(claim.orderId) ?? 0) + claim.packs);
  const lines = [...byOrder].map(([orderId, wanted]) => ({ orderId, packs: wanted, deliveryId: id }));
  await insertReceipts(tx, act, lines);
  const ids = claims.map((claim) => claim.id);
  await tx
    .update(poolClaims)
    .set({ state: "promised", broughtBy: id, answeredAt: act.at })
    .where(inArray(poolClaims.id, ids));
  return id;
}
