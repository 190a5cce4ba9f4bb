import { answeredElsewhere } from "@minka/contracts/answered-elsewhere";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { answerPoolReceipt as contract } from "@minka/contracts/pool-deliveries";
import type { Queries, Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { actOf, type Act, type Context } from "@minka/service/act";
import type { ServiceKit } from "@minka/service/define-service";
import { and, eq, ne } from "@minka/database/query";
import { record } from "../acting.ts";
import { speakerOf } from "../payments/payment-parties.ts";
import { findPool, lockPool } from "../pools/lock-pool.ts";
import { poolOrders } from "../pools/pool-orders-tables.ts";
import type { PoolRow } from "../pools/pools-tables.ts";
import { isOrganizer } from "../organizers/organizer.ts";
import { idempotencyKeys } from "../tables.ts";
import { completePool } from "./complete-pool.ts";
import { isOverdue, unclearTimer } from "./delivery-days.ts";
import { findDelivery, isOrganizersOwn } from "./delivery-view.ts";
import { settleIfSaid } from "./miss-delivery.ts";
import { endIfAnswered, raiseClaims } from "./raise-claims.ts";
import { poolClaims, poolReceipts, type PoolReceiptRow } from "./deliveries-tables.ts";
import { viewReceipts } from "./read-receipts.ts";

type Kit = Pick<ServiceKit, "db" | "clock" | "call">;
type Body = Pick<HandlerInput<typeof contract>["body"], "packs" | "complaints">;

/**
 * What came for a member. Throws `no-such-receipt` (404), `not-yours` (403; the organizer's people may write down how
 * many came once the member said that not all did, unless they sold it themselves), `packs-wrong` (422), `not-brought-yet`, `claim-answered`,
 * `pool-over` (409).
 */
export async function answerReceipt(
  { db, clock, call }: Kit,
  context: Context,
  { params: { receiptId }, body }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const { order, receipt, poolId } = await findReceipt(db.read, receiptId);
  const speaker = speakerOf(context.actor, body.personId);
  const pool = await findPool(db.read, poolId);
  const isTheirs =
    speaker.operator ||
    (speaker.personId === order.personId && !(await isThroughOrganizer(call, context, pool)));
  if (!isTheirs && !(await asksMember({ db, call }, context, { pool, receipt }))) throw notYours();
  refuseWrongPacks(body, receipt.packs);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      // The member may just have said it themself.
      if (!isTheirs && (await lockReceipt(tx, receiptId, act.at)).receipt.state !== "unclear")
        throw notYours();
      await keepAnswer(tx, act, { receiptId, ...body });
      if (context.actor.kind !== "service")
        await emit(tx, answeredElsewhere.brokering, { personIds: [order.personId] }, act);
      const [view] = await viewReceipts(tx, eq(poolReceipts.id, receiptId));
      if (!view) throw noSuchReceipt();
      return { receipt: view };
    }),
  );
}

const notYours = () => new DomainError("forbidden", "not-yours", "This is somebody else's.");

/** Who arranges a purchase does not say in a member's name that it came. */
async function isThroughOrganizer(
  call: Kit["call"],
  { actor, trace }: Context,
  pool: PoolRow,
): Promise<boolean> {
  if (actor.kind !== "person" || !actor.through) return false;
  const { personId } = actor.through;
  return isOrganizer(call, { actor: { kind: "person", personId, operator: false }, trace }, pool);
}

/** The organizer's people ask a member how many came, but not who sold them too. */
async function asksMember(
  { db, call }: Pick<Kit, "db" | "call">,
  context: Context,
  { pool, receipt }: { pool: PoolRow; receipt: PoolReceiptRow },
): Promise<boolean> {
  if (receipt.state !== "unclear" || context.actor.kind !== "person") return false;
  return !(await isOrganizersOwn(db.read, receipt.deliveryId, pool)) && isOrganizer(call, context, pool);
}

function refuseWrongPacks({ packs, complaints }: Body, ordered: number): void {
  const wrong = complaints.reduce((sum, complaint) => sum + complaint.packs, 0);
  const reasons = new Set(complaints.map(({ reason }) => reason));
  if (packs <= ordered && wrong <= packs && reasons.size === complaints.length) return;
  throw new DomainError("invalid", "packs-wrong", "So many packs cannot have come, or be wrong.", {
    errors: [
      ...(packs > ordered ? [{ path: "body.packs", message: `is at most ${ordered}` }] : []),
      ...(wrong > packs ? [{ path: "body.complaints", message: "are of packs that came" }] : []),
      ...(reasons.size < complaints.length ? [{ path: "body.complaints", message: "each reason once" }] : []),
    ],
  });
}

/** Writes down what came, with what is missing or wrong. An answer may be corrected until the supplier answers it. */
export async function keepAnswer(
  tx: Transaction,
  act: Act,
  { receiptId, packs, complaints }: Body & { receiptId: string },
): Promise<void> {
  const { receipt, pool } = await lockReceipt(tx, receiptId, act.at);
  await tx.delete(poolClaims).where(eq(poolClaims.receiptId, receiptId));
  const { deliveryId } = receipt;
  const sound = packs - complaints.reduce((sum, complaint) => sum + complaint.packs, 0);
  await tx
    .update(poolReceipts)
    .set({
      state: sound === receipt.packs ? "all" : "some",
      cameSound: sound,
      answerBy: null,
      answeredAt: act.at,
      nextStep: null,
      nextAt: null,
    })
    .where(eq(poolReceipts.id, receiptId));
  const missing = receipt.packs - packs;
  const claims = [...(missing > 0 ? [{ reason: "short" as const, packs: missing }] : []), ...complaints];
  if (claims.length > 0)
    await raiseClaims(tx, act, { deliveryId, claims: claims.map((claim) => ({ ...claim, receiptId })) });
  const delivery = await findDelivery(tx, deliveryId);
  await settleIfSaid(tx, act, delivery);
  await endIfAnswered(tx, delivery);
  await record(tx, act, "pool-receipt.answer", `pool-receipt:${receiptId}`);
  await completePool(tx, act, pool);
}

/** Not all came, and how much is not said: the organizer's people ask. */
export async function keepUnclear(tx: Transaction, act: Act, receiptId: string): Promise<void> {
  await lockReceipt(tx, receiptId, act.at);
  await tx
    .update(poolReceipts)
    .set({
      state: "unclear",
      cameSound: null,
      answerBy: null,
      answeredAt: act.at,
      ...unclearTimer(act.at, "remind"),
    })
    .where(eq(poolReceipts.id, receiptId));
  await record(tx, act, "pool-receipt.doubt", `pool-receipt:${receiptId}`);
}

/** The pool's lock is that of all that comes of it. */
async function lockReceipt(tx: Transaction, receiptId: string, now: Date) {
  const { poolId } = await findReceipt(tx, receiptId);
  const pool = await lockPool(tx, poolId);
  const found = await findReceipt(tx, receiptId);
  if (pool.state !== "ordered")
    throw new DomainError("conflict", "pool-over", "This purchase is completed: nothing of it changes.");
  const delivery = await findDelivery(tx, found.receipt.deliveryId);
  // Once its day is over members need nobody's word to say what came, or that nothing did.
  if (found.receipt.state === "waiting" && !isOverdue(delivery, pool.orderedAt, now))
    throw new DomainError("conflict", "not-brought-yet", "This was not brought yet.");
  const [answered] = await tx
    .select({ id: poolClaims.id })
    .from(poolClaims)
    .where(and(eq(poolClaims.receiptId, receiptId), ne(poolClaims.state, "open")));
  if (answered)
    throw new DomainError("conflict", "claim-answered", "The supplier has answered this already.");
  return { ...found, pool };
}

/** `no-such-receipt` (404). */
export async function findReceipt(queries: Queries, receiptId: string) {
  const [row] = await queries
    .select({
      receipt: poolReceipts,
      order: { id: poolOrders.id, personId: poolOrders.personId },
      poolId: poolOrders.poolId,
    })
    .from(poolReceipts)
    .innerJoin(poolOrders, eq(poolOrders.id, poolReceipts.orderId))
    .where(eq(poolReceipts.id, receiptId));
  if (!row) throw noSuchReceipt();
  return row satisfies { receipt: PoolReceiptRow };
}

const noSuchReceipt = () => new DomainError("not-found", "no-such-receipt", "Nothing of this id comes.");
