import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type {
  listPlans as listContract,
  listPlanVisits as visitsContract,
  readPlan as readContract,
} from "@minka/contracts/plans";
import { DomainError } from "@minka/domain/errors";
import type { Context } from "@minka/service/act";
import { and, asc, desc, eq, lt, sql } from "@minka/database/query";
import { z } from "zod";
import { isOperator, refuseUnlessManager, type Services } from "../caseloads/agent-rights.ts";
import { idCursor } from "../caseloads/list-caseload.ts";
import { readPlanFor } from "./lock-plan.ts";
import { planSummary, planView, visitViews } from "./plan-views.ts";
import { plans, planSessions, planVisits } from "./plans-tables.ts";

/** The newest first; a manager says of which organization (`not-your-organization`, 403). */
export async function listPlans(
  { db, call }: Services,
  { actor, trace }: Context,
  { query: { month, organizationId, cursor, limit } }: HandlerInput<typeof listContract>,
): Promise<HandlerAnswer<typeof listContract>> {
  if (!isOperator(actor)) await refuseUnlessManager(call, actor, organizationId ?? null, trace);
  const rows = await db.read
    .select()
    .from(plans)
    .where(
      and(
        month === undefined ? undefined : eq(plans.month, month),
        organizationId === undefined ? undefined : eq(plans.organizationId, organizationId),
        cursor === undefined ? undefined : lt(plans.id, idCursor(cursor)),
      ),
    )
    .orderBy(desc(plans.id))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  return { items: shown.map(planSummary), next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
}

export async function readPlan(
  services: Services,
  context: Context,
  { params: { planId } }: HandlerInput<typeof readContract>,
): Promise<HandlerAnswer<typeof readContract>> {
  return planView(services.db.read, await readPlanFor(services, context, planId));
}

const position = z.tuple([z.string().max(30), z.uuid()]);

/** By day and hour, those without any last. */
export async function listPlanVisits(
  services: Services,
  context: Context,
  { params: { planId }, query }: HandlerInput<typeof visitsContract>,
): Promise<HandlerAnswer<typeof visitsContract>> {
  await readPlanFor(services, context, planId);
  const { planVisitId, providerId, day, state, cursor, limit } = query;
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const when = sql<string>`coalesce(${planSessions.day}::text || ' ' || lpad(${planSessions.minute}::text, 4, '0'), '~')`;
  const rows = await services.db.read
    .select({ visit: planVisits, when })
    .from(planVisits)
    .leftJoin(planSessions, eq(planSessions.id, planVisits.sessionId))
    .where(
      and(
        eq(planVisits.planId, planId),
        planVisitId === undefined ? undefined : eq(planVisits.id, planVisitId),
        providerId === undefined ? undefined : eq(planVisits.providerId, providerId),
        day === undefined ? undefined : eq(planSessions.day, day),
        state === undefined ? undefined : eq(planVisits.state, state),
        after && sql`(${when} collate "C", ${planVisits.id}) > (${after[0]} collate "C", ${after[1]}::uuid)`,
      ),
    )
    .orderBy(sql`${when} collate "C"`, asc(planVisits.id))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: await visitViews(
      services.db.read,
      shown.map(({ visit }) => visit),
    ),
    next: rows.length > limit && last ? writeCursor([last.when, last.visit.id]) : null,
  };
}

const writeCursor = (at: z.output<typeof position>) => Buffer.from(JSON.stringify(at)).toString("base64url");

function readCursor(cursor: string): z.output<typeof position> {
  try {
    return position.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
  } catch {
    throw new DomainError("invalid", "cursor-wrong", "The cursor is not one that a page gave.");
  }
}
