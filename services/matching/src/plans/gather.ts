import { womenAmong } from "@minka/contracts/attendance";
import type { VisitPoint } from "@minka/contracts/planning-sources";
import type { Queries } from "@minka/database/connect";
import { addDays, limaDay, type LimaDay } from "@minka/domain/lima-time";
import { distanceKm } from "@minka/geography/distance";
import type { Caller } from "@minka/http/caller";
import { and, asc, eq, ne } from "@minka/database/query";
import { engagements } from "../tables.ts";
import { giveUpVisitAt } from "./ask-times.ts";
import type { PlacingTask, StandingSession, VisitToPlace } from "./placing.ts";
import {
  planAgents,
  planSessions,
  planVisits,
  type PlanAgentRow,
  type PlanRow,
  type PlanSessionRow,
  type PlanVisitRow,
  type RefusedTime,
} from "./plans-tables.ts";
import { agentsToPlace, readAgentsOf, readPoints, type Profiled } from "./read-agents.ts";
import { areaOf, readBlocks, readRules } from "./read-rules.ts";
import { belongs, readWanted, type Wanted } from "./read-visits.ts";

type Means = { readonly read: Queries; readonly call: Caller; readonly now: Date; readonly trace: string };

/** What is placed for the first time, with what it was read from. */
export type FirstGathered = {
  readonly task: PlacingTask;
  readonly agents: readonly Profiled[];
  readonly wanted: readonly Wanted[];
  readonly points: ReadonlyMap<string, VisitPoint>;
};

/** What stands, to be placed anew. */
export type Gathered = {
  readonly task: PlacingTask;
  readonly agents: readonly Profiled[];
  readonly its: readonly PlanAgentRow[];
  readonly sessions: readonly PlanSessionRow[];
  readonly visits: readonly PlanVisitRow[];
  /** People who are served no more. */
  readonly gone: ReadonlySet<string>;
};

/** Today is too late to tell anybody. */
function firstDay(month: string, now: Date): LimaDay {
  const tomorrow = addDays(limaDay(now), 1);
  return tomorrow > `${month}-01` ? tomorrow : `${month}-01`;
}

/** In the evening tomorrow is too late too, but for who is visited then already. */
function tooLate(standing: readonly StandingSession[], now: Date): (visitId: string) => RefusedTime[] {
  const tomorrow = addDays(limaDay(now), 1);
  if (giveUpVisitAt(tomorrow) > now) return () => [];
  const its = new Set(standing.flatMap(({ day, visits }) => (day === tomorrow ? visits : [])));
  return (visitId) => (its.has(visitId) ? [] : [{ day: tomorrow, minute: null }]);
}

export async function gatherFirst(means: Means, plan: PlanRow): Promise<FirstGathered> {
  const { read } = means;
  const agents = await readAgentsOf(read, means, plan);
  const agentIds = agents.map(({ providerId }) => providerId);
  const all = await readWanted(read, plan, agentIds);
  const points = await readPoints(
    means,
    all.map(({ personId }) => personId),
  );
  // Who is not served, or nobody knows where, is in no plan.
  const wanted = all.filter(
    (one) => points.has(one.personId) && belongs(one, points.get(one.personId), plan),
  );
  const task = await taskOf(means, plan, {
    agents,
    its: [],
    points,
    visits: wanted.map((one) => ({
      ...one,
      womanOnly: one.womanOnly ?? points.get(one.personId)?.prefersWoman ?? false,
      refused: [],
      refusedBy: [],
      otherDay: null,
      sessionId: null,
    })),
    standing: [],
  });
  return { task, agents, wanted, points };
}

export async function gatherAnew(means: Means, plan: PlanRow): Promise<Gathered> {
  const { read } = means;
  const [its, sessions, visits, agents] = await Promise.all([
    read.select().from(planAgents).where(eq(planAgents.planId, plan.id)).orderBy(asc(planAgents.providerId)),
    read.select().from(planSessions).where(eq(planSessions.planId, plan.id)).orderBy(asc(planSessions.id)),
    movableVisits(read, plan.id),
    readAgentsOf(read, means, plan),
  ]);
  const points = await readPoints(
    means,
    visits.map(({ personId }) => personId),
  );
  const served = visits.filter(({ personId }) => points.has(personId));
  // What nobody was asked about in time is placed again, not kept where it cannot be.
  const late = new Set(
    sessions.filter(({ day }) => giveUpVisitAt(day) <= means.now).map((session) => session.id),
  );
  const inSession = Map.groupBy(
    served.filter(
      ({ sessionId, state }) => sessionId !== null && !(state === "planned" && late.has(sessionId)),
    ),
    ({ sessionId }) => sessionId ?? "",
  );
  const from = firstDay(plan.month, means.now);
  const standing = sessions.flatMap((session): StandingSession[] => {
    const members = inSession.get(session.id) ?? [];
    const hostFirst = members.toSorted(
      (a, b) => Number(b.id === session.hostVisitId) - Number(a.id === session.hostVisitId),
    );
    const { id, day, minute, kind, providerId: agent } = session;
    // Who is there already, or on the way there today, stays whoever the host was.
    const stay = day < from ? hostFirst : aroundHost(hostFirst, points, plan.settings.groupRadiusKm);
    if (stay.length === 0) return [];
    return [{ id, agent, day, minute, kind, visits: stay.map((member) => member.id) }];
  });
  const task = await taskOf(means, plan, { agents, its, points, visits: served, standing });
  const gone = new Set(visits.flatMap(({ personId }) => (points.has(personId) ? [] : [personId])));
  return { task, agents, its, sessions, visits, gone };
}

/** A session whose host is gone is held at its next member's, for those who can walk there. */
function aroundHost(
  [host, ...others]: readonly PlanVisitRow[],
  points: ReadonlyMap<string, VisitPoint>,
  radiusKm: number,
): PlanVisitRow[] {
  const at = host && points.get(host.personId);
  if (!host || !at) return [];
  const near = others.filter(({ personId }) => {
    const where = points.get(personId);
    return where && distanceKm(at.point, where.point) <= radiusKm;
  });
  return [host, ...near];
}

/**
 * What is the plan's to move. What was agreed and is done, called off or disputed is not, nor what the two have moved to
 * another day between themselves.
 */
export async function movableVisits(read: Queries, planId: string): Promise<PlanVisitRow[]> {
  const rows = await read
    .select({ visit: planVisits, engagement: engagements, day: planSessions.day })
    .from(planVisits)
    .leftJoin(engagements, eq(engagements.id, planVisits.engagementId))
    .leftJoin(planSessions, eq(planSessions.id, planVisits.sessionId))
    .where(and(eq(planVisits.planId, planId), ne(planVisits.state, "dropped")))
    .orderBy(asc(planVisits.id));
  return rows.flatMap(({ visit, engagement, day }) =>
    visit.state !== "accepted" || (engagement?.state === "agreed" && engagement.visitOn === day)
      ? [visit]
      : [],
  );
}

type ToPlace = Pick<Wanted, "id" | "personId" | "topic" | "crop" | "previousProviderId"> & {
  readonly womanOnly: boolean;
  readonly refused: readonly RefusedTime[];
  readonly refusedBy: readonly string[];
  readonly fixed: Wanted["fixed"];
  readonly otherDay: string | null;
  readonly sessionId: string | null;
};

async function taskOf(
  means: Means,
  plan: PlanRow,
  {
    agents,
    its,
    points,
    visits,
    standing,
  }: {
    agents: readonly Profiled[];
    its: readonly PlanAgentRow[];
    points: ReadonlyMap<string, VisitPoint>;
    visits: readonly ToPlace[];
    standing: readonly StandingSession[];
  },
): Promise<PlacingTask> {
  const { read, now } = means;
  const { month, settings } = plan;
  const from = firstDay(month, now);
  const late = tooLate(standing, now);
  const unavailable = new Map(its.map((agent) => [agent.providerId, agent.unavailable]));
  const personIds = visits.map(({ personId }) => personId);
  const [toPlace, rules, blocked, men] = await Promise.all([
    agentsToPlace(read, agents, { plan, unavailable }),
    readRules(read, from),
    readBlocks(read, personIds),
    notWomen(
      means,
      agents,
      visits.some(({ womanOnly }) => womanOnly),
    ),
  ]);
  return {
    month,
    from,
    groupMax: settings.groupMax,
    groupRadiusKm: settings.groupRadiusKm,
    keepKm: settings.keepKm,
    agents: toPlace,
    ...rules,
    visits: visits.flatMap((visit): VisitToPlace[] => {
      const where = points.get(visit.personId);
      if (!where) return [];
      return [
        {
          id: visit.id,
          lat: where.point.latitude,
          lon: where.point.longitude,
          districtCode: areaOf(where.districtCode, where.locality),
          topic: visit.topic,
          crop: visit.crop,
          previousAgent: visit.previousProviderId,
          except: [
            ...visit.refusedBy,
            ...(blocked.get(visit.personId) ?? []),
            ...(visit.womanOnly ? men : []),
          ],
          refused: [...visit.refused, ...late(visit.id)],
          otherDay: visit.sessionId === null ? visit.otherDay : null,
          fixed: visit.fixed,
        },
      ];
    }),
    standing,
  };
}

/** Agents who have not said that they are women: asked only where somebody wants a woman. */
async function notWomen(
  { call, trace }: Means,
  agents: readonly Profiled[],
  asked: boolean,
): Promise<string[]> {
  if (!asked) return [];
  const women = new Set<string>();
  const people = [...new Set(agents.map(({ personId }) => personId))];
  for (let start = 0; start < people.length; start += 200) {
    const body = { personIds: people.slice(start, start + 200) };
    for (const id of (await call(womenAmong, { body }, { trace })).women) women.add(id);
  }
  return agents.flatMap(({ providerId, personId }) => (women.has(personId) ? [] : [providerId]));
}
