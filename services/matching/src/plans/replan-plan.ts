import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { replanPlan as contract } from "@minka/contracts/plans";
import type { Transaction } from "@minka/database/connect";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { addDays, limaDay, type LimaDay } from "@minka/domain/lima-time";
import { actOf, type Act, type Context } from "@minka/service/act";
import { and, eq } from "@minka/database/query";
import type { Services } from "../caseloads/agent-rights.ts";
import { idempotencyKeys } from "../tables.ts";
import { doubtToday } from "./doubt-today.ts";
import { refuseUnlessOpen } from "./edit-visit.ts";
import { computeSoon, findAgentOfPlan, lockPlan, readPlanFor } from "./lock-plan.ts";
import { planView } from "./plan-views.ts";
import { planAgents, planVisits, type PlanAgentRow, type PlanRow } from "./plans-tables.ts";

/** Has what cannot stay placed anew by the job `make-plan`. `agent-unknown` (404), `plan-computing` (409). */
export async function replanPlan(
  services: Services,
  context: Context,
  { params: { planId }, body: { unavailable } }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  await readPlanFor(services, context, planId);
  const { db, clock } = services;
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const plan = await lockPlan(tx, planId);
      refuseUnlessOpen(plan);
      if (unavailable) {
        const agent = await findAgentOfPlan(tx, planId, unavailable.providerId);
        if (!agent) throw new DomainError("not-found", "agent-unknown", "No agent of this plan has this id.");
        const days = unavailable.days ?? daysLeft(plan, act.at);
        await beUnavailable(tx, act, { agent, days });
      }
      await computeSoon(tx, act, plan);
      return planView(tx, { ...plan, computeAt: act.at });
    }),
  );
}

/** The days of a plan's month from today on. */
export function daysLeft({ month }: Pick<PlanRow, "month">, now: Date): LimaDay[] {
  const days: LimaDay[] = [];
  for (let day = `${month}-01`; day.startsWith(month); day = addDays(day, 1))
    if (day >= limaDay(now)) days.push(day);
  return days;
}

/** What they have on those days is for the plan to place anew, but for what was agreed for today. */
export async function beUnavailable(
  tx: Transaction,
  act: Act,
  { agent, days }: { agent: PlanAgentRow; days: readonly LimaDay[] },
): Promise<void> {
  const { planId, providerId } = agent;
  const unavailable = [...new Set([...agent.unavailable, ...days])].toSorted();
  await tx
    .update(planAgents)
    .set({ unavailable })
    .where(and(eq(planAgents.planId, planId), eq(planAgents.providerId, providerId)));
  if (days.includes(limaDay(act.at)))
    await doubtToday(tx, act, and(eq(planVisits.planId, planId), eq(planVisits.providerId, providerId)));
}
