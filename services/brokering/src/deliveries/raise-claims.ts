import type { Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import type { Act } from "@minka/service/act";
import { and, eq, inArray, ne, notExists, or } from "@minka/database/query";
import { findPool } from "../pools/lock-pool.ts";
import { endQuestions } from "../telling/end-questions.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { claimsTimer, nothingDue } from "./delivery-days.ts";
import { findDelivery, supplierOf } from "./delivery-view.ts";
import {
  poolClaims,
  poolDeliveries,
  poolReceipts,
  type PoolClaimRow,
  type PoolDeliveryRow,
} from "./deliveries-tables.ts";

export type NewClaim = Pick<PoolClaimRow, "receiptId" | "reason" | "packs">;

const atOnce = 1000;

/**
 * Something of a delivery is missing or wrong. Its supplier hears of the first at once; of what comes later by the
 * reminder, which names all that is open: forty members' shortages are one matter to it. The pool is locked.
 */
export async function raiseClaims(
  tx: Transaction,
  act: Act,
  { deliveryId, claims }: { deliveryId: string; claims: readonly NewClaim[] },
): Promise<void> {
  const heard = await hasOpenClaims(tx, deliveryId);
  const rows = claims.map((claim) => ({ ...claim, id: newId(), state: "open" as const, raisedAt: act.at }));
  for (let from = 0; from < rows.length; from += atOnce)
    await tx.insert(poolClaims).values(rows.slice(from, from + atOnce));
  if (!heard) await tellSupplier(tx, act, deliveryId);
  const delivery = await findDelivery(tx, deliveryId);
  // Whether it came at all is asked first, of a delivery of which nobody but members has spoken.
  if (delivery.state === "planned" || delivery.nextStep === "remind-supplier") return;
  await setTimer(tx, deliveryId, claimsTimer(act.at));
}

/** To its supplier: what is open of it. */
export async function tellSupplier(tx: Transaction, act: Act, deliveryId: string): Promise<void> {
  const { invoiceId } = await findDelivery(tx, deliveryId);
  const { supply } = await supplierOf(tx, invoiceId);
  await tellPeople(tx, act, { kind: "delivery-short", id: deliveryId }, [supply.personId]);
}

/** Nobody is waited for where everything was answered. */
export async function endIfAnswered(tx: Transaction, { id, state }: PoolDeliveryRow): Promise<void> {
  if (state !== "planned" && !(await hasOpenClaims(tx, id))) await setTimer(tx, id, nothingDue);
}

export async function setTimer(
  tx: Transaction,
  deliveryId: string,
  timer: Pick<PoolDeliveryRow, "nextStep" | "nextAt">,
): Promise<void> {
  await tx.update(poolDeliveries).set(timer).where(eq(poolDeliveries.id, deliveryId));
}

/** The organizer need not say any more whether it came. */
export async function endArrivalQuestion(
  tx: Transaction,
  act: Act,
  { poolId, nextStep }: PoolDeliveryRow,
): Promise<void> {
  if (nextStep === "call-operator") await endQuestions(tx, act, (await findPool(tx, poolId)).makers);
}

export async function hasOpenClaims(tx: Transaction, deliveryId: string): Promise<boolean> {
  const [open] = await tx
    .select({ id: poolClaims.id })
    .from(poolClaims)
    .innerJoin(poolReceipts, eq(poolReceipts.id, poolClaims.receiptId))
    .where(and(eq(poolReceipts.deliveryId, deliveryId), eq(poolClaims.state, "open")))
    .limit(1);
  return open !== undefined;
}

/**
 * Members' words that nothing came, which its arrival makes a question again, unless the supplier has answered them.
 * What somebody said of what did come stays as it was said.
 */
export async function takeBackClaims(tx: Transaction, deliveryId: string): Promise<void> {
  const doubted = await tx
    .select({ id: poolReceipts.id })
    .from(poolReceipts)
    .where(
      and(
        eq(poolReceipts.deliveryId, deliveryId),
        eq(poolReceipts.state, "some"),
        eq(poolReceipts.cameSound, 0),
        notExists(
          tx
            .select({ id: poolClaims.id })
            .from(poolClaims)
            .where(
              and(
                eq(poolClaims.receiptId, poolReceipts.id),
                or(ne(poolClaims.state, "open"), ne(poolClaims.reason, "short")),
              ),
            ),
        ),
      ),
    );
  if (doubted.length === 0) return;
  const ids = doubted.map(({ id }) => id);
  await tx.delete(poolClaims).where(inArray(poolClaims.receiptId, ids));
  await tx
    .update(poolReceipts)
    .set({ state: "waiting", cameSound: null, answeredAt: null })
    .where(inArray(poolReceipts.id, ids));
}
