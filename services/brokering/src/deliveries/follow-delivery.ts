import { deliveryUnattended } from "@minka/contracts/pool-deliveries";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import type { Job } from "@minka/queue/worker";
import { timerAct, type Act } from "@minka/service/act";
import type { ServiceKit } from "@minka/service/define-service";
import { asc, eq, lte, sql } from "@minka/database/query";
import { record } from "../acting.ts";
import { lockPool } from "../pools/lock-pool.ts";
import { pools, type PoolRow } from "../pools/pools-tables.ts";
import { askPerson } from "../telling/asking.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { findReceipt } from "./answer-receipt.ts";
import { nothingDue, operatorTimer, unclearTimer } from "./delivery-days.ts";
import { findDelivery, isOrganizersOwn, supplierOf } from "./delivery-view.ts";
import { poolDeliveries, poolReceipts, type PoolDeliveryRow } from "./deliveries-tables.ts";
import { setTimer, tellSupplier } from "./raise-claims.ts";

type Kit = Pick<ServiceKit, "db" | "clock">;

/**
 * The job `follow-delivery`: its day is over and nobody has said that it came, so the organizer is asked; or its supplier
 * has not answered what was missing, and is reminded. Then an operator is called: nothing waits for ever.
 */
export function followDeliveryJob({ db, clock }: Kit): Job {
  const due = db.read
    .select({ id: poolDeliveries.id, trace: pools.trace })
    .from(poolDeliveries)
    .innerJoin(pools, eq(pools.id, poolDeliveries.poolId))
    .where(lte(poolDeliveries.nextAt, sql.placeholder("now")))
    .orderBy(asc(poolDeliveries.nextAt))
    .limit(sql.placeholder("limit"))
    .prepare("deliveries_due");
  return {
    due: (limit) => due.execute({ now: clock().toISOString(), limit }),
    run: (id, trace) =>
      db.transaction(async (tx) => {
        const act = timerAct(clock(), trace);
        const pool = await lockPool(tx, (await findDelivery(tx, id)).poolId);
        const delivery = await findDelivery(tx, id);
        if (delivery.nextAt === null || delivery.nextAt > act.at) return;
        await record(tx, act, `pool-delivery.${delivery.nextStep}`, `pool-delivery:${id}`);
        if (delivery.nextStep === "call-operator") {
          await setTimer(tx, id, nothingDue);
          const personIds = await silentOf(tx, { delivery, pool });
          await emit(tx, deliveryUnattended, { deliveryId: id, personIds }, act);
          return;
        }
        await setTimer(tx, id, operatorTimer(act.at));
        if (delivery.nextStep === "ask-organizer") await askPerson(tx, act, { kind: "pool-delivery", id });
        else await tellSupplier(tx, act, id);
      }),
  };
}

/** Who has to say something first, then the other side: somebody of them has a phone. */
async function silentOf(
  tx: Transaction,
  { delivery, pool }: { delivery: PoolDeliveryRow; pool: PoolRow },
): Promise<string[]> {
  const { supply } = await supplierOf(tx, delivery.invoiceId);
  const supplier = [supply.personId];
  return [
    ...new Set(delivery.state === "planned" ? [...pool.makers, ...supplier] : [...supplier, ...pool.makers]),
  ];
}

/**
 * The job `follow-receipt`: somebody did not get all, and nobody has said how much came. Who is to say it is reminded:
 * the organizer's people, or where these sold it themselves the member; then an operator asks.
 */
export function followReceiptJob({ db, clock }: Kit): Job {
  const due = db.read
    .select({ id: poolReceipts.id, trace: poolReceipts.trace })
    .from(poolReceipts)
    .where(lte(poolReceipts.nextAt, sql.placeholder("now")))
    .orderBy(asc(poolReceipts.nextAt))
    .limit(sql.placeholder("limit"))
    .prepare("receipts_unclear");
  return {
    due: (limit) => due.execute({ now: clock().toISOString(), limit }),
    run: (id, trace) =>
      db.transaction(async (tx) => {
        const act = timerAct(clock(), trace);
        const pool = await lockPool(tx, (await findReceipt(tx, id)).poolId);
        const { receipt, order } = await findReceipt(tx, id);
        if (receipt.nextAt === null || receipt.nextAt > act.at) return;
        await record(tx, act, `pool-receipt.${receipt.nextStep}`, `pool-receipt:${id}`);
        const { deliveryId } = receipt;
        if (receipt.nextStep === "call-operator") {
          await tx.update(poolReceipts).set({ nextStep: null, nextAt: null }).where(eq(poolReceipts.id, id));
          const personIds = [...new Set([order.personId, ...pool.makers])];
          await emit(tx, deliveryUnattended, { deliveryId, personIds }, act);
          return;
        }
        await tx
          .update(poolReceipts)
          .set(unclearTimer(act.at, "call-operator"))
          .where(eq(poolReceipts.id, id));
        await remind(tx, act, { receiptId: id, deliveryId, personId: order.personId, pool });
      }),
  };
}

async function remind(
  tx: Transaction,
  act: Act,
  of: { receiptId: string; deliveryId: string; personId: string; pool: PoolRow },
): Promise<void> {
  const { receiptId: id, pool } = of;
  if (await isOrganizersOwn(tx, of.deliveryId, pool))
    await tellPeople(tx, act, { kind: "receipt-how-many", id }, [of.personId]);
  else await tellPeople(tx, act, { kind: "receipt-unclear", id }, pool.makers);
}
