import type { Transaction } from "@minka/database/connect";
import { nextState } from "@minka/domain/lifecycle";
import type { Job } from "@minka/queue/worker";
import type { ServiceKit } from "@minka/service/define-service";
import type { Act } from "@minka/service/act";
import { and, asc, eq, lte, sql } from "@minka/database/query";
import { record } from "../acting.ts";
import { gatherAnew, gatherFirst } from "./gather.ts";
import { findPlan, lockPlan } from "./lock-plan.ts";
import { callForReview, countVisits, needsReview } from "./call-for-review.ts";
import { placeInThread } from "./place-in-thread.ts";
import { planLifecycle } from "./plan-lifecycle.ts";
import { plans, type PlanRow } from "./plans-tables.ts";
import { storeAnew } from "./store-anew.ts";
import { storeFirst } from "./store-first.ts";

/** A plan that cannot be made is tried again in a minute, then later each time, and given up in the end. */
const mostAttempts = 5;
/** Nothing of a plan that stands can be changed meanwhile. */
const mostAttemptsAnew = 3;
const minuteMs = 60_000;
const longestWaitMinutes = 60;

/** No agent is verified, has a profile and offers visits: trying again changes nothing. */
class NobodyToPlan extends Error {}

/**
 * The job `make-plan`: reads what others know, places the visits in a thread, and stores where they are in one
 * transaction, unless the plan was changed meanwhile: then it is placed again from how things stand.
 */
export function makePlanJob(kit: ServiceKit): Job {
  const { db, clock, call, log } = kit;
  const due = db.read
    .select({ id: plans.id, trace: plans.trace })
    .from(plans)
    .where(and(lte(plans.computeAt, sql.placeholder("now"))))
    .orderBy(asc(plans.computeAt))
    .limit(sql.placeholder("limit"))
    .prepare("plans_to_compute");
  return {
    due: (limit) => due.execute({ now: clock().toISOString(), limit }),
    async run(id, trace) {
      const plan = await findPlan(db.read, id);
      const now = clock();
      if (plan.computeAt === null || plan.computeAt > now) return;
      const means = { read: db.read, call, now, trace };
      try {
        if (plan.state === "computing") {
          const gathered = await gatherFirst(means, plan);
          if (gathered.agents.length === 0) throw new NobodyToPlan();
          const placing = await placeInThread(gathered.task);
          await store(kit, plan, (tx, act) => storeFirst(tx, act, { plan, gathered, placing }));
        } else {
          const gathered = await gatherAnew(means, plan);
          const placing = await placeInThread(gathered.task);
          await store(kit, plan, (tx, act) => storeAnew(tx, act, { plan, gathered, placing }));
        }
      } catch (error) {
        log.warn({ plan: id, trace, err: error }, "visits could not be placed");
        await postpone(kit, plan, error);
      }
    },
  };
}

type Storing = (tx: Transaction, act: Act) => Promise<void>;

/** A plan whose version is another has changed since it was read: what was found is thrown away. */
async function store(
  { db, clock }: ServiceKit,
  { id, version, trace }: PlanRow,
  work: Storing,
): Promise<void> {
  await db.transaction(async (tx) => {
    const act: Act = { at: clock(), by: "system", trace };
    const plan = await lockPlan(tx, id);
    if (plan.computeAt === null || plan.version !== version) return;
    await work(tx, act);
    await tx
      .update(plans)
      .set({ computeAt: null, computeAttempts: 0, version: version + 1, why: null })
      .where(eq(plans.id, id));
    await record(tx, act, "plan.place", `plan:${id}`);
    await callForReview(tx, act, plan);
  });
}

async function postpone(
  { db, clock }: ServiceKit,
  { id, version, trace }: PlanRow,
  error: unknown,
): Promise<void> {
  await db.transaction(async (tx) => {
    const act: Act = { at: clock(), by: "system", trace };
    const plan = await lockPlan(tx, id);
    if (plan.computeAt === null || plan.version !== version) return;
    const computeAttempts = plan.computeAttempts + 1;
    const hopeless = error instanceof NobodyToPlan;
    if (plan.state === "computing" && (hopeless || computeAttempts >= mostAttempts)) {
      const code = hopeless ? "no-agents" : "could-not-place";
      const state = nextState(planLifecycle, plan.state, "fail", "system");
      await tx
        .update(plans)
        .set({ state, computeAt: null, computeAttempts, why: { code, parameters: {} } })
        .where(eq(plans.id, id));
      await record(tx, act, "plan.fail", `plan:${id}`);
      await needsReview(tx, act, plan, { occasion: "failed", visits: 0, unassigned: 0 });
      return;
    }
    if (plan.state !== "computing" && computeAttempts >= mostAttemptsAnew)
      return standAsItIs(tx, act, { ...plan, computeAttempts });
    const wait = Math.min(longestWaitMinutes, 2 ** (computeAttempts - 1)) * minuteMs;
    await tx
      .update(plans)
      .set({ computeAt: new Date(act.at.getTime() + wait), computeAttempts })
      .where(eq(plans.id, id));
  });
}

/** Visits stay where they are, a person is called to look, and the next change has them placed anew. */
async function standAsItIs(tx: Transaction, act: Act, plan: PlanRow): Promise<void> {
  const { id, computeAttempts } = plan;
  await tx
    .update(plans)
    .set({ computeAt: null, computeAttempts, why: { code: "could-not-place", parameters: {} } })
    .where(eq(plans.id, id));
  await record(tx, act, "plan.stand", `plan:${id}`);
  await needsReview(tx, act, plan, { occasion: "not-placed-anew", ...(await countVisits(tx, id)) });
}
