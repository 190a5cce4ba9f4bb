import { refuseUnlessManager, type Services } from "../caseloads/agent-rights.ts";
import type { Queries, Transaction } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { and, asc, eq, inArray } from "@minka/database/query";
import { record } from "../acting.ts";
import { nudgeAfterCommit } from "@minka/database/connect";
import type { Act, Context } from "@minka/service/act";
import {
  planAgents,
  plans,
  planSessions,
  planVisits,
  type PlanAgentRow,
  type PlanRow,
  type PlanSessionRow,
  type PlanVisitRow,
} from "./plans-tables.ts";

/** States in which an agent's month is taken. */
export const standingPlanStates = ["computing", "draft", "approved", "closed"] as const;

/** A plan for who may review it. Throws `plan-unknown` (404) and `not-your-organization` (403). */
export async function readPlanFor(
  { db, call }: Services,
  { actor, trace }: Pick<Context, "actor" | "trace">,
  planId: string,
): Promise<PlanRow> {
  const plan = await findPlan(db.read, planId);
  await refuseUnlessManager(call, actor, plan.organizationId, trace);
  return plan;
}

/** A visit with its plan, for who may review it. Throws `plan-visit-unknown` (404) and `not-your-organization` (403). */
export async function readVisitFor(
  services: Services,
  context: Pick<Context, "actor" | "trace">,
  visitId: string,
): Promise<{ plan: PlanRow; visit: PlanVisitRow }> {
  const visit = await findVisit(services.db.read, visitId);
  return { visit, plan: await readPlanFor(services, context, visit.planId) };
}

export async function findPlan(queries: Queries, planId: string): Promise<PlanRow> {
  const [plan] = await queries.select().from(plans).where(eq(plans.id, planId));
  if (!plan) throw new DomainError("not-found", "plan-unknown", "There is no such plan.");
  return plan;
}

export async function findVisit(queries: Queries, visitId: string): Promise<PlanVisitRow> {
  const [visit] = await queries.select().from(planVisits).where(eq(planVisits.id, visitId));
  if (!visit) throw visitUnknown();
  return visit;
}

export const visitUnknown = () =>
  new DomainError("not-found", "plan-visit-unknown", "There is no such visit.");

/**
 * The plan's row is locked before anything in it is read to be changed. The order of all locks is plan, request,
 * capacity, ask load, sponsorship, standing.
 */
export async function lockPlan(tx: Transaction, planId: string): Promise<PlanRow> {
  const [plan] = await tx.select().from(plans).where(eq(plans.id, planId)).for("update");
  if (!plan) throw new DomainError("not-found", "plan-unknown", "There is no such plan.");
  return plan;
}

/** Throws `plan-computing` (409) while visits are being placed: what is changed meanwhile would be lost. */
export function refuseWhileComputing(plan: PlanRow): void {
  if (plan.computeAt === null) return;
  throw new DomainError(
    "conflict",
    "plan-computing",
    "Visits of this plan are being placed: try again soon.",
  );
}

/** Has what is with nobody placed anew; what was being computed from how things stood is thrown away. */
export async function computeSoon(tx: Transaction, act: Act, plan: PlanRow): Promise<void> {
  await tx
    .update(plans)
    .set({ computeAt: act.at, computeAttempts: 0, version: plan.version + 1, trace: act.trace })
    .where(eq(plans.id, plan.id));
  await record(tx, act, "plan.replan", `plan:${plan.id}`);
  nudgeAfterCommit(tx, { service: "matching", job: "make-plan", id: plan.id, trace: act.trace });
}

export async function readSession(
  queries: Queries,
  sessionId: string | null,
): Promise<PlanSessionRow | null> {
  if (sessionId === null) return null;
  const [session] = await queries.select().from(planSessions).where(eq(planSessions.id, sessionId));
  return session ?? null;
}

export async function readSessions(
  queries: Queries,
  sessionIds: readonly string[],
): Promise<Map<string, PlanSessionRow>> {
  if (sessionIds.length === 0) return new Map();
  const rows = await queries
    .select()
    .from(planSessions)
    .where(inArray(planSessions.id, [...new Set(sessionIds)]))
    .orderBy(asc(planSessions.id));
  return new Map(rows.map((row) => [row.id, row]));
}

export async function findAgentOfPlan(
  queries: Queries,
  planId: string,
  providerId: string,
): Promise<PlanAgentRow | null> {
  const [agent] = await queries
    .select()
    .from(planAgents)
    .where(and(eq(planAgents.planId, planId), eq(planAgents.providerId, providerId)));
  return agent ?? null;
}
