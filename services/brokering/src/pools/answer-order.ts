import { refuseWhileActing } from "@minka/contracts/actor";
import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type { answerPoolOrder as contract } from "@minka/contracts/pool-orders";
import type { Transaction } from "@minka/database/connect";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { actOf, type Act, type Context } from "@minka/service/act";
import { and, eq } from "@minka/database/query";
import { record } from "../acting.ts";
import { refuseUnlessThemself } from "../authority.ts";
import { idempotencyKeys } from "../tables.ts";
import { changedMeanwhile } from "../telling/asking.ts";
import { endQuestions } from "../telling/end-questions.ts";
import { lockPool } from "./lock-pool.ts";
import type { Calling } from "./open-pool.ts";
import { findOrder, lockOrder, readOrderView } from "./order-view.ts";
import { poolAwardOrders } from "./pool-awards-tables.ts";
import { poolOrders, type PoolOrderRow } from "./pool-orders-tables.ts";
import type { PoolRow } from "./pools-tables.ts";
import { pricePerPack } from "./price-per-pack.ts";
import { settleIfAnswered } from "./settle-round.ts";
import { takeOut } from "./take-out.ts";

/**
 * The final price suits them, or not; the same again changes nothing. `no-such-order` (404), `not-yours` (403),
 * `not-asked`, `answer-too-late`, `changed-meanwhile` (409).
 */
export async function answerOrder(
  { db, clock }: Pick<Calling, "db" | "clock">,
  context: Context,
  { params: { orderId }, body: { accepted, totalCentimos } }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  const { poolId, personId } = await findOrder(db.read, orderId);
  refuseWhileActing(context.actor);
  refuseUnlessThemself(context.actor, personId);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const pool = await lockPool(tx, poolId);
      const order = await lockOrder(tx, orderId);
      const act = actOf(context, clock());
      const isSaid = accepted ? order.state === "confirmed" : order.state === "out" && order.answeredAt;
      if (isSaid) return { order: await readOrderView(tx, order) };
      refuseUnlessAsked(pool, order, act.at);
      // Asked in another round, of another price.
      if (
        totalCentimos !== undefined &&
        (await readOrderView(tx, order)).award?.totalCentimos !== totalCentimos
      )
        throw changedMeanwhile();
      if (accepted) await confirm(tx, act, pool, order);
      else await takeOut(tx, act, pool, { order, reason: { code: "price-refused", parameters: {} } });
      await record(tx, act, accepted ? "pool-order.confirm" : "pool-order.refuse", `pool-order:${orderId}`);
      await endQuestions(tx, act, [personId]);
      await settleIfAnswered(tx, act, pool);
      return { order: await readOrderView(tx, await findOrder(tx, orderId)) };
    }),
  );
}

function refuseUnlessAsked(pool: PoolRow, { state, confirmBy }: PoolOrderRow, now: Date): void {
  if (pool.state !== "asking_members" || state !== "asked")
    throw new DomainError("conflict", "not-asked", "Nobody asks about this price now.");
  if (confirmBy && now > confirmBy)
    throw new DomainError("conflict", "answer-too-late", "The time to answer is over.");
}

async function confirm(tx: Transaction, act: Act, pool: PoolRow, { id }: PoolOrderRow): Promise<void> {
  const [line] = await tx
    .select()
    .from(poolAwardOrders)
    .where(and(eq(poolAwardOrders.awardId, pool.awardId ?? ""), eq(poolAwardOrders.orderId, id)));
  if (!line) throw new Error("an order was asked about that the award does not know");
  await tx
    .update(poolOrders)
    .set({ state: "confirmed", agreedPriceCentimos: pricePerPack(line), answeredAt: act.at })
    .where(eq(poolOrders.id, id));
}
