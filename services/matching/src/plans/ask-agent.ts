import { planAgentTold } from "@minka/contracts/plan-visits";
import { emit } from "@minka/database/deliveries";
import { limaDay } from "@minka/domain/lima-time";
import type { Job } from "@minka/queue/worker";
import type { ServiceKit } from "@minka/service/define-service";
import type { Transaction } from "@minka/database/connect";
import type { Act } from "@minka/service/act";
import { and, asc, eq, lte, ne, sql } from "@minka/database/query";
import { record } from "../acting.ts";
import { cannot, settle } from "./answer-month.ts";
import { giveUpAgentAt } from "./ask-times.ts";
import { leaveSession } from "./leave-session.ts";
import { computeSoon, findAgentOfPlan, lockPlan, readSession } from "./lock-plan.ts";
import { unplaceVisit } from "./place-visit.ts";
import { planAgents, planVisits, type PlanAgentRow, type PlanRow } from "./plans-tables.ts";
import { placementOf } from "./store-anew.ts";

/** A job has one id: an agent of a plan has two. */
const idOf = ({ planId, providerId }: { planId: string; providerId: string }) => `${planId}/${providerId}`;

/**
 * The job `ask-agent`: an agent who says nothing to their month is reminded the next evening; a day later their visits
 * go to others, or nobody would be asked in time.
 */
export function askAgentJob({ db, clock }: ServiceKit): Job {
  const due = db.read
    .select({ planId: planAgents.planId, providerId: planAgents.providerId, trace: planAgents.trace })
    .from(planAgents)
    .where(and(eq(planAgents.answer, "waiting"), lte(planAgents.dueAt, sql.placeholder("now"))))
    .orderBy(asc(planAgents.dueAt))
    .limit(sql.placeholder("limit"))
    .prepare("plan_agents_due");
  return {
    due: async (limit) => {
      const rows = await due.execute({ now: clock().toISOString(), limit });
      return rows.map((row) => ({ id: idOf(row), trace: row.trace }));
    },
    run: (id, trace) =>
      db.transaction(async (tx) => {
        const act: Act = { at: clock(), by: "timer", trace };
        const [planId = "", providerId = ""] = id.split("/");
        const plan = await lockPlan(tx, planId);
        const agent = await findAgentOfPlan(tx, planId, providerId);
        if (agent?.answer !== "waiting" || agent.dueAt === null || agent.dueAt > act.at) return;
        const its = and(eq(planAgents.planId, planId), eq(planAgents.providerId, providerId));
        if (plan.state !== "approved") {
          await tx.update(planAgents).set({ answer: null, dueAt: null }).where(its);
          return;
        }
        if (agent.reminded) {
          if (!(await keepAgreed(tx, act, { plan, agent })))
            await cannot(tx, act, { plan, agent, days: null });
          return;
        }
        const dueAt = giveUpAgentAt(limaDay(act.at));
        await tx.update(planAgents).set({ reminded: true, dueAt }).where(its);
        await record(tx, act, "plan-agent.remind", `provider:${providerId}`);
        const { personId } = agent;
        await emit(tx, planAgentTold, { planId, providerId, personId, occasion: "reminder" }, act);
      }),
  };
}

/**
 * Who agreed to their month, and says nothing to what came later, keeps what they agreed to; the rest goes to others.
 * False for who has agreed to nothing.
 */
async function keepAgreed(
  tx: Transaction,
  act: Act,
  { plan, agent }: { plan: PlanRow; agent: PlanAgentRow },
): Promise<boolean> {
  const { providerId } = agent;
  const its = await tx
    .select()
    .from(planVisits)
    .where(
      and(
        eq(planVisits.planId, plan.id),
        eq(planVisits.providerId, providerId),
        ne(planVisits.state, "dropped"),
      ),
    )
    .orderBy(asc(planVisits.offerId), asc(planVisits.id));
  if (!its.some(({ agentAgrees }) => agentAgrees)) return false;
  const why = { code: "agent-silent", parameters: { agent: providerId } };
  for (const visit of its.filter(({ agentAgrees }) => !agentAgrees)) {
    const session = await readSession(tx, visit.sessionId);
    await unplaceVisit(tx, act, { visit, from: placementOf(session), why, role: "timer" });
    const refusedBy = [...visit.refusedBy, providerId];
    await tx.update(planVisits).set({ refusedBy }).where(eq(planVisits.id, visit.id));
    await leaveSession(tx, act, { plan, visit, sessionId: visit.sessionId });
  }
  await settle(tx, act, { agent, answer: "accepted" });
  await computeSoon(tx, act, plan);
  return true;
}
