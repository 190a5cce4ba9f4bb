import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { answerPlanMonth as contract } from "@minka/contracts/plan-visits";
import type { Transaction } from "@minka/database/connect";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { limaDay, type LimaDay } from "@minka/domain/lima-time";
import { actOf, type Act, type Context, type Means } from "@minka/service/act";
import { and, eq, inArray } from "@minka/database/query";
import { endQuestions, record, roleOf } from "../acting.ts";
import { idempotencyKeys } from "../tables.ts";
import { askVisitAt, giveUpVisitAt } from "./ask-times.ts";
import { computeSoon, findAgentOfPlan, lockPlan, readSessions } from "./lock-plan.ts";
import { visitsAhead } from "./plan-days.ts";
import { planAgents, planVisits, type PlanAgentRow, type PlanRow } from "./plans-tables.ts";
import { beUnavailable, daysLeft } from "./replan-plan.ts";

/**
 * An agent agrees to their month, or says when they cannot: what they had then is placed anew. They may say so as often
 * as something comes up. `plan-agent-unknown` (404), `not-yours` (403), `plan-not-approved`, `month-changed` (409).
 */
export async function answerMonth(
  { db, clock }: Means,
  context: Context,
  { params: { planId, providerId }, body }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const plan = await lockPlan(tx, planId);
      const agent = await findAgentOfPlan(tx, planId, providerId);
      if (!agent) throw new DomainError("not-found", "plan-agent-unknown", "This agent is not in the plan.");
      roleOf(context.actor, "provider", agent.personId);
      if (plan.state !== "approved" || agent.answer === null)
        throw new DomainError("conflict", "plan-not-approved", "This month has not been put to the agent.", {
          details: { state: plan.state },
        });
      await endQuestions(tx, act, context, [agent.personId]);
      if (!body.accept) {
        await cannot(tx, act, { plan, agent, days: body.days ?? null });
        return { planId, answer: body.days ? agent.answer : ("refused" as const) };
      }
      await agree(tx, act, { plan, agent, exceptDays: body.exceptDays, shown: body.visits ?? null });
      return { planId, answer: "accepted" as const };
    }),
  );
}

async function agree(
  tx: Transaction,
  act: Act,
  {
    plan,
    agent,
    exceptDays,
    shown,
  }: { plan: PlanRow; agent: PlanAgentRow; exceptDays: readonly LimaDay[]; shown: number | null },
): Promise<void> {
  const mine = and(eq(planVisits.planId, plan.id), eq(planVisits.providerId, agent.providerId));
  const visits = await tx.select().from(planVisits).where(mine);
  const ahead = await visitsAhead(tx, agent, limaDay(act.at));
  if (shown !== null && ahead.length !== shown)
    throw new DomainError("conflict", "month-changed", "The month has changed since it was shown.", {
      details: { visits: ahead.length },
    });
  const sessions = await readSessions(
    tx,
    visits.flatMap(({ sessionId }) => sessionId ?? []),
  );
  const askedOn = new Map<LimaDay, string[]>();
  let late = false;
  for (const { id, state, agentAgrees, sessionId } of visits) {
    const day = sessions.get(sessionId ?? "")?.day;
    if (state !== "planned" || agentAgrees || !day || exceptDays.includes(day)) continue;
    // Nobody can be asked any more: they are placed again, and the agent is told.
    if (giveUpVisitAt(day) <= act.at) late = true;
    else askedOn.set(day, [...(askedOn.get(day) ?? []), id]);
  }
  for (const [day, ids] of askedOn)
    await tx
      .update(planVisits)
      .set({ agentAgrees: true, dueAt: askVisitAt(day, act.at) })
      .where(inArray(planVisits.id, ids));
  await settle(tx, act, { agent, answer: "accepted" });
  if (exceptDays.length > 0) await placeWithout(tx, act, { plan, agent, days: exceptDays });
  else if (late) await computeSoon(tx, act, plan);
}

/** The agent cannot on some days, or, without any, in all that is left of the month. */
export async function cannot(
  tx: Transaction,
  act: Act,
  { plan, agent, days }: { plan: PlanRow; agent: PlanAgentRow; days: readonly LimaDay[] | null },
): Promise<void> {
  if (days === null) await settle(tx, act, { agent, answer: "refused" });
  await placeWithout(tx, act, { plan, agent, days: days ?? daysLeft(plan, act.at) });
}

async function placeWithout(
  tx: Transaction,
  act: Act,
  { plan, agent, days }: { plan: PlanRow; agent: PlanAgentRow; days: readonly LimaDay[] },
): Promise<void> {
  await beUnavailable(tx, act, { agent, days });
  await record(tx, act, "plan-agent.unavailable", `provider:${agent.providerId}`);
  await computeSoon(tx, act, plan);
}

export async function settle(
  tx: Transaction,
  act: Act,
  { agent, answer }: { agent: PlanAgentRow; answer: "accepted" | "refused" },
): Promise<void> {
  await tx
    .update(planAgents)
    .set({ answer, answeredAt: act.at, dueAt: null })
    .where(and(eq(planAgents.planId, agent.planId), eq(planAgents.providerId, agent.providerId)));
  await record(tx, act, `plan-agent.${answer}`, `provider:${agent.providerId}`);
}
