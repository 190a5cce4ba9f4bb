import { planVisitProposed } from "@minka/contracts/plan-visits";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { nextState } from "@minka/domain/lifecycle";
import type { Job } from "@minka/queue/worker";
import type { ServiceKit } from "@minka/service/define-service";
import type { Act } from "@minka/service/act";
import { and, asc, eq, isNull, lte, sql } from "@minka/database/query";
import { record } from "../acting.ts";
import { giveUpVisitAt, remindVisitAt } from "./ask-times.ts";
import { leaveSession } from "./leave-session.ts";
import { requests } from "../tables.ts";
import { findVisit, lockPlan, readSession } from "./lock-plan.ts";
import { unplaceVisit } from "./place-visit.ts";
import { planVisitLifecycle } from "./plan-lifecycle.ts";
import { plans, planVisits, type PlanRow, type PlanSessionRow, type PlanVisitRow } from "./plans-tables.ts";
import { placementOf } from "./store-anew.ts";

/**
 * The job `ask-visit`: a producer is asked in the week before the visit, reminded two evenings before it, and not
 * waited for after the evening before. Nothing is asked while visits are being placed.
 */
export function askVisitJob({ db, clock }: ServiceKit): Job {
  const due = db.read
    .select({ id: planVisits.id, trace: planVisits.trace })
    .from(planVisits)
    .innerJoin(plans, eq(plans.id, planVisits.planId))
    .where(and(lte(planVisits.dueAt, sql.placeholder("now")), isNull(plans.computeAt)))
    .orderBy(asc(planVisits.dueAt))
    .limit(sql.placeholder("limit"))
    .prepare("plan_visits_to_ask");
  return {
    due: (limit) => due.execute({ now: clock().toISOString(), limit }),
    run: (id, trace) =>
      db.transaction(async (tx) => {
        const act: Act = { at: clock(), by: "timer", trace };
        const plan = await lockPlan(tx, (await findVisit(tx, id)).planId);
        const visit = await findVisit(tx, id);
        if (visit.dueAt === null || visit.dueAt > act.at || plan.computeAt !== null) return;
        const session = await readSession(tx, visit.sessionId);
        const waits = visit.state === "planned" || visit.state === "proposed";
        if (plan.state !== "approved" || !session || !waits) {
          await tx.update(planVisits).set({ dueAt: null }).where(eq(planVisits.id, id));
          return;
        }
        const one = { plan, visit, session };
        if (giveUpVisitAt(session.day) <= act.at)
          await giveUp(tx, act, one, visit.state === "proposed" ? "no-answer" : "too-late");
        else if (await isServed(tx, visit)) await giveUp(tx, act, one, "served-otherwise");
        else if (visit.state === "planned") await propose(tx, act, one);
        else await remind(tx, act, one);
      }),
  };
}

/** What they had asked for was called off, or goes its own way with somebody else. */
async function isServed(tx: Transaction, { requestId }: PlanVisitRow): Promise<boolean> {
  if (requestId === null) return false;
  const [request] = await tx
    .select({ state: requests.state })
    .from(requests)
    .where(eq(requests.id, requestId));
  return request?.state !== "with_operator";
}

type One = { plan: PlanRow; visit: PlanVisitRow; session: PlanSessionRow };

async function propose(tx: Transaction, act: Act, { visit, session }: One): Promise<void> {
  const state = nextState(planVisitLifecycle, visit.state, "propose", "timer");
  const dueAt = remindVisitAt(session.day, act.at) ?? giveUpVisitAt(session.day);
  await tx
    .update(planVisits)
    .set({ state, proposedAt: act.at, proposals: visit.proposals + 1, reminded: false, dueAt })
    .where(eq(planVisits.id, visit.id));
  await record(tx, act, "plan-visit.propose", `plan-visit:${visit.id}`);
  await tell(tx, act, visit, visit.proposals > 0 ? "moved" : "first");
}

async function remind(tx: Transaction, act: Act, { visit, session }: One): Promise<void> {
  await tx
    .update(planVisits)
    .set({ reminded: true, dueAt: giveUpVisitAt(session.day) })
    .where(eq(planVisits.id, visit.id));
  await record(tx, act, "plan-visit.remind", `plan-visit:${visit.id}`);
  await tell(tx, act, visit, "reminder");
}

/** Never agreed on by silence. */
async function giveUp(tx: Transaction, act: Act, { plan, visit, session }: One, code: string): Promise<void> {
  const from = placementOf(session);
  await unplaceVisit(tx, act, { visit, from, why: { code, parameters: {} }, role: "timer", drop: true });
  await leaveSession(tx, act, { plan, visit, sessionId: session.id });
}

async function tell(
  tx: Transaction,
  act: Act,
  { id, planId, personId }: PlanVisitRow,
  occasion: "first" | "moved" | "reminder",
): Promise<void> {
  await emit(tx, planVisitProposed, { planId, planVisitId: id, personId, occasion }, act);
}
