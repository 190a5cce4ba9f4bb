import type { Job } from "@minka/queue/worker";
import { timerAct } from "@minka/service/act";
import type { ServiceKit } from "@minka/service/define-service";
import { and, asc, eq, isNotNull, lte, sql } from "@minka/database/query";
import { record } from "../acting.ts";
import { lockPool } from "../pools/lock-pool.ts";
import { findReceipt } from "./answer-receipt.ts";
import { completePool } from "./complete-pool.ts";
import { poolReceipts } from "./deliveries-tables.ts";

/** The job `assume-receipt`: who has not said in time whether all came is taken to have it. */
export function assumeReceiptJob({ db, clock }: ServiceKit): Job {
  const due = db.read
    .select({ id: poolReceipts.id, trace: poolReceipts.trace })
    .from(poolReceipts)
    .where(and(isNotNull(poolReceipts.answerBy), lte(poolReceipts.answerBy, sql.placeholder("now"))))
    .orderBy(asc(poolReceipts.answerBy))
    .limit(sql.placeholder("limit"))
    .prepare("receipts_unanswered");
  return {
    due: (limit) => due.execute({ now: clock().toISOString(), limit }),
    run: (id, trace) =>
      db.transaction(async (tx) => {
        const act = timerAct(clock(), trace);
        const { poolId } = await findReceipt(tx, id);
        const pool = await lockPool(tx, poolId);
        const { receipt } = await findReceipt(tx, id);
        if (receipt.state !== "asked" || !receipt.answerBy || receipt.answerBy > act.at) return;
        await tx
          .update(poolReceipts)
          .set({ state: "silent", cameSound: receipt.packs, answerBy: null })
          .where(eq(poolReceipts.id, id));
        await record(tx, act, "pool-receipt.assume", `pool-receipt:${id}`);
        await completePool(tx, act, pool);
      }),
  };
}
