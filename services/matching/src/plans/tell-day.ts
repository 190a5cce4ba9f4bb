import { planDayDue } from "@minka/contracts/plan-visits";
import { emit } from "@minka/database/deliveries";
import { addDays, limaDay } from "@minka/domain/lima-time";
import type { Job } from "@minka/queue/worker";
import type { ServiceKit } from "@minka/service/define-service";
import type { Act } from "@minka/service/act";
import { and, eq, exists, isNull, lt, or, sql } from "@minka/database/query";
import { record } from "../acting.ts";
import { tellDayFrom } from "./ask-times.ts";
import { findAgentOfPlan, lockPlan } from "./lock-plan.ts";
import { planAgents, plans, planSessions, planVisits } from "./plans-tables.ts";

/** A job has one id: an agent of a plan has two. */
const idOf = ({ planId, providerId }: { planId: string; providerId: string }) => `${planId}/${providerId}`;

/**
 * The job `tell-day`: on the evening before a day with visits that both sides have agreed to, its agent is told whom
 * they go to.
 */
export function tellDayJob({ db, clock }: ServiceKit): Job {
  const day = sql.placeholder("day");
  const due = db.read
    .select({ planId: planAgents.planId, providerId: planAgents.providerId, trace: planAgents.trace })
    .from(planAgents)
    .innerJoin(plans, eq(plans.id, planAgents.planId))
    .where(
      and(
        eq(plans.state, "approved"),
        or(isNull(planAgents.dayTold), lt(planAgents.dayTold, day)),
        exists(
          db.read
            .select({ one: sql`1` })
            .from(planSessions)
            .innerJoin(planVisits, eq(planVisits.sessionId, planSessions.id))
            .where(
              and(
                eq(planSessions.planId, planAgents.planId),
                eq(planSessions.providerId, planAgents.providerId),
                eq(planSessions.day, day),
                eq(planVisits.state, "accepted"),
              ),
            ),
        ),
      ),
    )
    .limit(sql.placeholder("limit"))
    .prepare("plan_days_to_tell");
  return {
    async due(limit) {
      const now = clock();
      const today = limaDay(now);
      if (now < tellDayFrom(today)) return [];
      const rows = await due.execute({ day: addDays(today, 1), limit });
      return rows.map((row) => ({ id: idOf(row), trace: row.trace }));
    },
    run: (id, trace) =>
      db.transaction(async (tx) => {
        const act: Act = { at: clock(), by: "timer", trace };
        const [planId = "", providerId = ""] = id.split("/");
        const plan = await lockPlan(tx, planId);
        const agent = await findAgentOfPlan(tx, planId, providerId);
        const today = limaDay(act.at);
        const tomorrow = addDays(today, 1);
        if (!agent || plan.state !== "approved" || act.at < tellDayFrom(today)) return;
        if (agent.dayTold !== null && agent.dayTold >= tomorrow) return;
        await tx
          .update(planAgents)
          .set({ dayTold: tomorrow })
          .where(and(eq(planAgents.planId, planId), eq(planAgents.providerId, providerId)));
        await record(tx, act, "plan-agent.tell-day", `provider:${providerId}`);
        const { personId } = agent;
        await emit(tx, planDayDue, { planId, providerId, personId, day: tomorrow }, act);
      }),
  };
}
