import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type {
  addPlanVisit as addContract,
  movePlanVisit as moveContract,
  removePlanVisit as removeContract,
} from "@minka/contracts/plans";
import type { Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { actOf, type Act, type Context } from "@minka/service/act";
import { and, eq, isNull, ne } from "@minka/database/query";
import { record } from "../acting.ts";
import type { Services } from "../caseloads/agent-rights.ts";
import { lockRequestOfEngagement } from "../requests/lock-request.ts";
import { idempotencyKeys, type EngagementRow } from "../tables.ts";
import { leaveSession } from "./leave-session.ts";
import {
  findVisit,
  lockPlan,
  readPlanFor,
  readSession,
  readVisitFor,
  refuseWhileComputing,
} from "./lock-plan.ts";
import { checkMove, readMove } from "./read-move.ts";
import { keepMove, placeVisit, unplaceVisit } from "./place-visit.ts";
import { visitViews } from "./plan-views.ts";
import { planSessions, planVisits, plans, type PlanRow, type PlanVisitRow } from "./plans-tables.ts";
import { readPoints } from "./read-agents.ts";
import { orderDay, placementOf } from "./store-anew.ts";
import { tellAgents } from "./tell-agents.ts";

type One = HandlerAnswer<typeof moveContract>;
const byHand = { code: "by-hand", parameters: {} };

/**
 * Puts a visit where a person wants it, if the constraints allow it: what was read of the agents is checked against
 * the plan as it is then (409 with the reason as its code; `not-being-asked` for what is the plan's no more).
 */
export async function movePlanVisit(
  services: Services,
  context: Context,
  input: HandlerInput<typeof moveContract>,
): Promise<One> {
  const { db, clock } = services;
  const visitId = input.params.planVisitId;
  const { plan: before, visit: asRead } = await readVisitFor(services, context, visitId);
  const move = await readMove(services, context, { plan: before, visit: asRead, to: input.body });
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const { plan, visit } = await lockForEdit(tx, visitId);
      if (plan.version !== before.version)
        throw new DomainError("conflict", "plan-changed", "The plan has changed: read it again.");
      await refuseIfOver(tx, visit);
      checkMove(move);
      const from = await readSession(tx, visit.sessionId);
      const sessionId = move.session?.id ?? (await newSession(tx, plan, { visit, move }));
      const { agent, day, minute, km } = move;
      const to = { providerId: agent.providerId, day, minute, sessionId, km };
      if (from && from.id === sessionId) return one(tx, visitId);
      if (move.session)
        await tx.update(planSessions).set({ kind: "group" }).where(eq(planSessions.id, sessionId));
      const placed = await placeVisit(tx, act, {
        plan,
        visit,
        agent,
        from: placementOf(from),
        to,
        why: byHand,
        role: "operator",
      });
      if (!placed) throw new DomainError("conflict", "agent-full", "The agent's offer has no place left.");
      await leaveSession(tx, act, { plan, visit, sessionId: visit.sessionId });
      await orderDay(tx, plan.id, agent.providerId, day);
      const stays = visit.providerId === agent.providerId && from?.day === day;
      const gained = new Set(stays ? [] : [agent.providerId]);
      const all = new Set([agent.providerId, ...(visit.providerId ? [visit.providerId] : [])]);
      await changedByHand(tx, act, plan, { all, asked: gained });
      return one(tx, visitId);
    }),
  );
}

/** Takes a visit out; a request of the person's own is an operator's as before. */
export async function removePlanVisit(
  services: Services,
  context: Context,
  { params: { planVisitId } }: HandlerInput<typeof removeContract>,
): Promise<One> {
  const { db, clock } = services;
  await readVisitFor(services, context, planVisitId);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const { plan, visit } = await lockForEdit(tx, planVisitId);
      if (visit.state === "dropped") return one(tx, planVisitId);
      await refuseIfOver(tx, visit);
      const from = await readSession(tx, visit.sessionId);
      await unplaceVisit(tx, act, {
        visit,
        from: placementOf(from),
        why: byHand,
        role: "operator",
        drop: true,
      });
      await leaveSession(tx, act, { plan, visit, sessionId: visit.sessionId });
      const all = new Set(visit.providerId ? [visit.providerId] : []);
      await changedByHand(tx, act, plan, { all, asked: new Set() });
      return one(tx, planVisitId);
    }),
  );
}

/** Adds a visit that is with nobody. `person-unknown` (404), `not-a-member` (403), `visit-exists` (409). */
export async function addPlanVisit(
  services: Services,
  context: Context,
  { params: { planId }, body }: HandlerInput<typeof addContract>,
): Promise<One> {
  const { db, clock, call } = services;
  const asRead = await readPlanFor(services, context, planId);
  const points = await readPoints({ call, trace: context.trace }, [body.personId]);
  const where = points.get(body.personId);
  if (asRead.organizationId !== null && !where?.organizationIds.includes(asRead.organizationId))
    throw new DomainError("forbidden", "not-a-member", "This person is not a member of the organization.");
  if (!where) throw new DomainError("not-found", "person-unknown", "Nobody who is served has this id.");
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const plan = await lockPlan(tx, planId);
      refuseUnlessOpen(plan);
      await refuseTwice(tx, planId, body);
      const id = newId();
      await tx.insert(planVisits).values({
        ...body,
        id,
        planId,
        districtCode: where.districtCode,
        placeName: where.locality,
        womanOnly: where.prefersWoman,
        state: "unassigned",
        why: byHand,
        refused: [],
        refusedBy: [],
        agentAgrees: false,
        proposals: 0,
        reminded: false,
        trace: act.trace,
      });
      await keepMove(tx, act, { visitId: id, from: null, to: null, why: byHand });
      await changedByHand(tx, act, plan, { all: new Set(), asked: new Set() });
      return one(tx, id);
    }),
  );
}

async function refuseTwice(
  tx: Transaction,
  planId: string,
  { personId, topic, crop }: HandlerInput<typeof addContract>["body"],
): Promise<void> {
  const [twin] = await tx
    .select({ id: planVisits.id })
    .from(planVisits)
    .where(
      and(
        eq(planVisits.planId, planId),
        eq(planVisits.personId, personId),
        eq(planVisits.topic, topic),
        eq(planVisits.crop, crop),
        ne(planVisits.state, "dropped"),
      ),
    );
  if (!twin) return;
  throw new DomainError("conflict", "visit-exists", "This person is visited for this already.", {
    details: { planVisitId: twin.id },
  });
}

async function lockForEdit(
  tx: Transaction,
  visitId: string,
): Promise<{ plan: PlanRow; visit: PlanVisitRow }> {
  const { planId } = await findVisit(tx, visitId);
  const plan = await lockPlan(tx, planId);
  refuseUnlessOpen(plan);
  return { plan, visit: await findVisit(tx, visitId) };
}

/** Throws `plan-not-open` (409) for one that is over or was never made. */
export function refuseUnlessOpen(plan: PlanRow): void {
  refuseWhileComputing(plan);
  if (plan.state === "draft" || plan.state === "approved") return;
  throw new DomainError("conflict", "plan-not-open", "This plan cannot be changed any more.", {
    details: { state: plan.state },
  });
}

/**
 * The agreement of a visit, null where nothing is agreed. Its request is locked from here on. Throws `not-being-asked`
 * (409) for what was agreed on and is done, called off or before an operator.
 */
export async function refuseIfOver(
  tx: Transaction,
  { state, engagementId }: PlanVisitRow,
): Promise<EngagementRow | null> {
  if (state !== "accepted" || engagementId === null) return null;
  const { engagement } = await lockRequestOfEngagement(tx, engagementId);
  if (engagement.state === "agreed") return engagement;
  throw new DomainError("conflict", "not-being-asked", "What was agreed on is the plan's no more.", {
    details: { state: engagement.state },
  });
}

async function newSession(
  tx: Transaction,
  plan: PlanRow,
  { visit, move }: { visit: PlanVisitRow; move: Awaited<ReturnType<typeof readMove>> },
): Promise<string> {
  const id = newId();
  await tx.insert(planSessions).values({
    id,
    planId: plan.id,
    providerId: move.agent.providerId,
    kind: "single",
    day: move.day,
    minute: move.minute,
    stopOrder: 0,
    topic: visit.topic,
    crop: visit.crop,
    hostVisitId: visit.id,
  });
  return id;
}

async function changedByHand(
  tx: Transaction,
  act: Act,
  plan: PlanRow,
  changed: { all: ReadonlySet<string>; asked: ReadonlySet<string> },
): Promise<void> {
  await tx
    .update(plans)
    .set({ version: plan.version + 1 })
    .where(and(eq(plans.id, plan.id), isNull(plans.computeAt)));
  await record(tx, act, "plan.edit", `plan:${plan.id}`);
  if (plan.state === "approved") await tellAgents(tx, act, plan, changed);
}

async function one(tx: Transaction, visitId: string): Promise<One> {
  const [visit] = await visitViews(tx, [await findVisit(tx, visitId)]);
  if (!visit) throw new Error(`visit ${visitId} left its plan`);
  return { visit };
}
