import type { HandlerAnswer } from "@minka/contracts/endpoint";
import type { Plan, PlanVisit, readPlan } from "@minka/contracts/plans";
import type { Queries } from "@minka/database/connect";
import { and, asc, countDistinct, desc, eq, inArray, sql } from "@minka/database/query";
import { wallTimeOf } from "../caseloads/wall-time.ts";
import { engagements } from "../tables.ts";
import {
  planAgents,
  planMoves,
  planSessions,
  planVisits,
  type Placement,
  type PlanRow,
  type PlanVisitRow,
} from "./plans-tables.ts";

export function planSummary(plan: PlanRow): Plan {
  const { id, month, organizationId, state, computeAt, why, figures, createdAt, approvedAt } = plan;
  const rounded = figures && {
    ...figures,
    totalKm: tenths(figures.totalKm),
    bound: tenths(figures.bound),
    gap: Math.round(figures.gap * 10_000) / 10_000,
  };
  return {
    id,
    month,
    organizationId,
    state,
    computing: computeAt !== null,
    why,
    figures: rounded,
    createdAt: createdAt.toISOString(),
    approvedAt: approvedAt?.toISOString() ?? null,
  };
}

const tenths = (km: number) => Math.round(km * 10) / 10;

/** A plan with its agents, as it is now. */
export async function planView(queries: Queries, plan: PlanRow): Promise<HandlerAnswer<typeof readPlan>> {
  const agents = await queries
    .select({
      providerId: planAgents.providerId,
      providerName: planAgents.providerName,
      answer: planAgents.answer,
      visits: sql<number>`count(${planVisits.id})::int`,
      days: countDistinct(planSessions.day),
    })
    .from(planAgents)
    .leftJoin(
      planVisits,
      and(eq(planVisits.planId, planAgents.planId), eq(planVisits.providerId, planAgents.providerId)),
    )
    .leftJoin(planSessions, eq(planSessions.id, planVisits.sessionId))
    .where(eq(planAgents.planId, plan.id))
    .groupBy(planAgents.providerId, planAgents.providerName, planAgents.answer)
    .orderBy(asc(planAgents.providerName), asc(planAgents.providerId));
  return { plan: { ...planSummary(plan), agents } };
}

/** Visits as who reviews them sees them, in the order given: no name, no phone, no point. */
export async function visitViews(queries: Queries, visits: readonly PlanVisitRow[]): Promise<PlanVisit[]> {
  const ids = visits.map(({ id }) => id);
  if (ids.length === 0) return [];
  const sessionIds = visits.flatMap(({ sessionId }) => sessionId ?? []);
  const engagementIds = visits.flatMap(({ engagementId }) => engagementId ?? []);
  const [moves, sessions, agreed] = await Promise.all([
    queries.select().from(planMoves).where(inArray(planMoves.visitId, ids)).orderBy(desc(planMoves.id)),
    sessionIds.length === 0
      ? []
      : queries.select().from(planSessions).where(inArray(planSessions.id, sessionIds)),
    engagementIds.length === 0
      ? []
      : queries
          .select({ id: engagements.id, state: engagements.state })
          .from(engagements)
          .where(inArray(engagements.id, engagementIds)),
  ]);
  const sessionBy = new Map(sessions.map((session) => [session.id, session]));
  const agreedBy = new Map(agreed.map((each) => [each.id, each]));
  const movesOf = Map.groupBy(moves, ({ visitId }) => visitId);
  return visits.map((visit) => {
    const session = sessionBy.get(visit.sessionId ?? "");
    const { id, planId, personId, topic, crop, districtCode, placeName, state, why } = visit;
    return {
      id,
      planId,
      personId,
      topic,
      crop,
      districtCode,
      placeName,
      state,
      why,
      providerId: visit.providerId,
      day: session?.day ?? null,
      startsAt: session ? wallTimeOf(session.minute) : null,
      sessionId: session?.id ?? null,
      kind: session?.kind ?? null,
      km: visit.km === null ? null : Math.round(visit.km),
      previousProviderId: visit.previousProviderId,
      requestId: visit.requestId,
      engagement: agreedBy.get(visit.engagementId ?? "") ?? null,
      moves: (movesOf.get(id) ?? []).map((move) => ({
        at: move.at.toISOString(),
        from: move.from && timed(move.from),
        to: move.to && timed(move.to),
        why: move.why,
      })),
    };
  });
}

const timed = ({ providerId, day, minute }: Placement) => ({ providerId, day, startsAt: wallTimeOf(minute) });
