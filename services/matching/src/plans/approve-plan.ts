import type { discardPlan as discardContract, approvePlan as approveContract } from "@minka/contracts/plans";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import { planAgentTold } from "@minka/contracts/plan-visits";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { once } from "@minka/database/once";
import { nextState } from "@minka/domain/lifecycle";
import { actOf, type Act, type Context } from "@minka/service/act";
import { and, asc, eq, inArray, isNotNull } from "@minka/database/query";
import { record } from "../acting.ts";
import type { Services } from "../caseloads/agent-rights.ts";
import { idempotencyKeys } from "../tables.ts";
import { takePlaces } from "./hold-places.ts";
import { leaveSession } from "./leave-session.ts";
import { lockPlan, readPlanFor, readSessions, refuseWhileComputing } from "./lock-plan.ts";
import { unplaceVisit } from "./place-visit.ts";
import { planLifecycle } from "./plan-lifecycle.ts";
import { planView } from "./plan-views.ts";
import { planAgents, plans, planVisits, type PlanRow, type PlanVisitRow } from "./plans-tables.ts";
import { placementOf } from "./store-anew.ts";
import { waitFor } from "./tell-agents.ts";

/**
 * Has a plan carried out: the places of the agents' months are taken, and each agent is asked whether their month will
 * do. A visit for which there is no place any more is with nobody. Approving again changes nothing.
 */
export async function approvePlan(
  services: Services,
  context: Context,
  { params: { planId } }: HandlerInput<typeof approveContract>,
): Promise<HandlerAnswer<typeof approveContract>> {
  await readPlanFor(services, context, planId);
  const { db, clock } = services;
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const plan = await lockPlan(tx, planId);
      if (plan.state === "approved") return planView(tx, plan);
      refuseWhileComputing(plan);
      const state = nextState(planLifecycle, plan.state, "approve", "operator");
      const approved = { ...plan, state, approvedAt: act.at, version: plan.version + 1 };
      await tx
        .update(plans)
        .set({ state, approvedAt: act.at, version: approved.version, trace: act.trace })
        .where(eq(plans.id, planId));
      await record(tx, act, "plan.approve", `plan:${planId}`);
      await takeAllPlaces(tx, act, approved);
      const working = await tx
        .selectDistinct({ providerId: planVisits.providerId, personId: planAgents.personId })
        .from(planVisits)
        .innerJoin(
          planAgents,
          and(eq(planAgents.planId, planVisits.planId), eq(planAgents.providerId, planVisits.providerId)),
        )
        .where(eq(planVisits.planId, planId))
        .orderBy(asc(planVisits.providerId));
      for (const { providerId, personId } of working) {
        if (providerId === null) continue;
        await waitFor(tx, act, { planId, providerId });
        await emit(tx, planAgentTold, { planId, providerId, personId, occasion: "first" }, act);
      }
      return planView(tx, approved);
    }),
  );
}

/** Offers in order of id, as all locks of capacity are taken. */
async function takeAllPlaces(tx: Transaction, act: Act, plan: PlanRow): Promise<void> {
  const visits = await tx
    .select()
    .from(planVisits)
    .where(
      and(eq(planVisits.planId, plan.id), eq(planVisits.state, "planned"), isNotNull(planVisits.offerId)),
    )
    .orderBy(asc(planVisits.offerId), asc(planVisits.id));
  const byOffer = Map.groupBy(visits, ({ offerId }) => offerId ?? "");
  const late: PlanVisitRow[] = [];
  for (const [offerId, its] of byOffer) {
    const monthlyCapacity = its[0]?.monthlyCapacity ?? null;
    const wanted = its.length;
    const taken = await takePlaces(tx, { offerId, monthlyCapacity, month: plan.month, wanted });
    const held = its.slice(0, taken).map(({ id }) => id);
    if (held.length > 0)
      await tx.update(planVisits).set({ capacityMonth: plan.month }).where(inArray(planVisits.id, held));
    late.push(...its.slice(taken));
  }
  const sessions = await readSessions(
    tx,
    late.flatMap(({ sessionId }) => sessionId ?? []),
  );
  for (const visit of late) {
    const from = placementOf(sessions.get(visit.sessionId ?? ""));
    await unplaceVisit(tx, act, { visit, from, why: { code: "all-full", parameters: {} }, role: "system" });
    await leaveSession(tx, act, { plan, visit, sessionId: visit.sessionId });
  }
}

/** Throws away a plan that nobody has been told of. Again it changes nothing. */
export async function discardPlan(
  services: Services,
  context: Context,
  { params: { planId } }: HandlerInput<typeof discardContract>,
): Promise<HandlerAnswer<typeof discardContract>> {
  await readPlanFor(services, context, planId);
  const { db, clock } = services;
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const plan = await lockPlan(tx, planId);
      if (plan.state === "discarded") return { planId, state: plan.state };
      const state = nextState(planLifecycle, plan.state, "discard", "operator");
      await tx
        .update(plans)
        .set({ state, computeAt: null, version: plan.version + 1 })
        .where(eq(plans.id, planId));
      await record(tx, actOf(context, clock()), "plan.discard", `plan:${planId}`);
      return { planId, state };
    }),
  );
}
