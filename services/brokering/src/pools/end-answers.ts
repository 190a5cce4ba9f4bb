import type { Transaction } from "@minka/database/connect";
import type { Job } from "@minka/queue/worker";
import { timerAct, type Act } from "@minka/service/act";
import { and, asc, eq, inArray, lte, sql } from "@minka/database/query";
import { loseSupplies } from "./answer-supply.ts";
import { findAward } from "./approve-award.ts";
import { approvalDays } from "./answer-by.ts";
import { askedApprovers, endPool } from "./end-pool.ts";
import { endQuestions } from "../telling/end-questions.ts";
import { lockPool } from "./lock-pool.ts";
import type { Calling } from "./open-pool.ts";
import { poolSupplies } from "./pool-awards-tables.ts";
import { pools, type PoolRow } from "./pools-tables.ts";
import { settleRound } from "./settle-round.ts";
import { askApprovers } from "./store-award.ts";
import { tellPeople } from "../telling/tell-people.ts";

const dayMs = 24 * 60 * 60 * 1000;
const waiting = ["proposed", "asking_suppliers", "asking_members", "undecided"] as const;

/** The job `end-pool-answers`: whoever was to say something has had the time for it. */
export function endAnswersJob({ db, clock }: Pick<Calling, "db" | "clock">): Job {
  const due = db.read
    .select({ id: pools.id, trace: pools.trace })
    .from(pools)
    .where(and(inArray(pools.state, [...waiting]), lte(pools.nextAt, sql.placeholder("now"))))
    .orderBy(asc(pools.nextAt))
    .limit(sql.placeholder("limit"))
    .prepare("pools_unanswered");
  return {
    due: (limit) => due.execute({ now: clock().toISOString(), limit }),
    run: (id, trace) =>
      db.transaction(async (tx) => {
        const act = timerAct(clock(), trace);
        const pool = await lockPool(tx, id);
        if (pool.nextAt === null || pool.nextAt > act.at) return;
        if (pool.state === "proposed") await askAgain(tx, act, pool);
        if (pool.state === "asking_suppliers") await endSilence(tx, act, pool);
        if (pool.state === "asking_members") await settleRound(tx, act, pool);
        if (pool.state === "undecided") await endPool(tx, act, { pool, role: "timer", cause: "undecided" });
      }),
  };
}

/** Nobody approves what was proposed: they are asked once more and who proposed it hears of it, then it is over. */
async function askAgain(tx: Transaction, act: Act, pool: PoolRow): Promise<void> {
  if (pool.awardId === null) throw new Error("nothing was proposed");
  const { id: awardId, proposedAt } = await findAward(tx, pool.awardId);
  const until = new Date(proposedAt.getTime() + approvalDays * dayMs);
  if (until <= act.at) {
    await endPool(tx, act, { pool, role: "timer", cause: "undecided" });
    return;
  }
  await tx.update(pools).set({ nextAt: until }).where(eq(pools.id, pool.id));
  await askApprovers(tx, act, { awardId, approvers: await askedApprovers(tx, awardId) });
  await tellPeople(tx, act, { kind: "pool-not-approved", id: pool.id }, pool.makers);
}

/** A supplier that says nothing brings nothing. */
async function endSilence(tx: Transaction, act: Act, pool: PoolRow): Promise<void> {
  if (pool.awardId === null) throw new Error("suppliers were asked about no award");
  const lost = await tx
    .update(poolSupplies)
    .set({ state: "silent" })
    .where(and(eq(poolSupplies.awardId, pool.awardId), eq(poolSupplies.state, "asked")))
    .returning();
  await endQuestions(
    tx,
    act,
    lost.map(({ personId }) => personId),
  );
  await loseSupplies(tx, act, { pool, award: await findAward(tx, pool.awardId), lost });
}
