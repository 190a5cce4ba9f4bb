import {
  listPlanningAgents,
  visitPoints,
  type PlanningAgent,
  type VisitPoint,
} from "@minka/contracts/planning-sources";
import type { Queries } from "@minka/database/connect";
import { addDays, type LimaDay } from "@minka/domain/lima-time";
import type { Caller } from "@minka/http/caller";
import { and, count, eq, inArray, ne, sql } from "@minka/database/query";
import { readCalendars } from "../caseloads/agent-calendar.ts";
import { findAgents } from "../caseloads/agent-rights.ts";
import { capacity, matches } from "../tables.ts";
import type { AgentToPlace } from "./placing.ts";
import { anyTopic } from "./placing.ts";
import { standingPlanStates } from "./lock-plan.ts";
import { planAgents, plans, planVisits, type PlanRow } from "./plans-tables.ts";

type Means = { readonly call: Caller; readonly trace: string };
export type Profiled = PlanningAgent & { readonly profile: NonNullable<PlanningAgent["profile"]> };

/** The agents of a plan: those that it has, or, before it has any, those that may be in it. */
export async function readAgentsOf(read: Queries, means: Means, plan: PlanRow): Promise<Profiled[]> {
  const its = await read
    .select({ providerId: planAgents.providerId })
    .from(planAgents)
    .where(eq(planAgents.planId, plan.id));
  const ids = its.length > 0 ? its.map(({ providerId }) => providerId) : plan.settings.agentProviderIds;
  const found = ids ? await byIds(means, ids) : await allOf(means, plan.organizationId);
  const taken = its.length > 0 ? new Set<string>() : await takenAgents(read, plan);
  return found.flatMap((agent) => {
    const { profile } = agent;
    const works = agent.state === "verified" && profile !== null && agent.offers.length > 0;
    return works && !taken.has(agent.providerId) ? [{ ...agent, profile }] : [];
  });
}

async function byIds({ call, trace }: Means, ids: readonly string[]): Promise<PlanningAgent[]> {
  const agents: PlanningAgent[] = [];
  for (let start = 0; start < ids.length; start += 500)
    agents.push(...(await findAgents(call, ids.slice(start, start + 500), trace)));
  return agents;
}

async function allOf({ call, trace }: Means, organizationId: string | null): Promise<PlanningAgent[]> {
  const agents: PlanningAgent[] = [];
  let after: string | null = null;
  do {
    const body = { after, ...(organizationId === null ? {} : { organizationId }) };
    const page: Awaited<ReturnType<typeof call<typeof listPlanningAgents>>> = await call(
      listPlanningAgents,
      { body },
      { trace },
    );
    agents.push(...page.agents);
    after = page.next;
  } while (after !== null);
  return agents;
}

/** Who is in another plan of the month. */
export async function takenAgents(read: Queries, plan: PlanRow): Promise<Set<string>> {
  const rows = await read
    .selectDistinct({ providerId: planAgents.providerId })
    .from(planAgents)
    .innerJoin(plans, eq(plans.id, planAgents.planId))
    .where(
      and(eq(plans.month, plan.month), ne(plans.id, plan.id), inArray(plans.state, [...standingPlanStates])),
    );
  return new Set(rows.map(({ providerId }) => providerId));
}

/** Where people are, of those who are served; 500 a call. */
export async function readPoints(
  { call, trace }: Means,
  personIds: readonly string[],
): Promise<Map<string, VisitPoint>> {
  const ids = [...new Set(personIds)];
  const points = new Map<string, VisitPoint>();
  for (let start = 0; start < ids.length; start += 500) {
    const body = { personIds: ids.slice(start, start + 500) };
    const { people } = await call(visitPoints, { body }, { trace });
    for (const person of people) points.set(person.personId, person);
  }
  return points;
}

/** How many more people each offer of a month takes, what this plan holds of it not counted. */
async function readRoom(
  read: Queries,
  agents: readonly PlanningAgent[],
  plan: Pick<PlanRow, "id" | "month">,
): Promise<Map<string, number>> {
  const offers = agents.flatMap((agent) => agent.offers);
  const offerIds = offers.map(({ offerId }) => offerId);
  if (offerIds.length === 0) return new Map();
  const [used, held] = await Promise.all([
    read
      .select({ offerId: capacity.offerId, used: capacity.used })
      .from(capacity)
      .where(and(inArray(capacity.offerId, offerIds), eq(capacity.month, plan.month))),
    read
      .select({ offerId: planVisits.offerId, held: count() })
      .from(planVisits)
      .leftJoin(matches, eq(matches.id, planVisits.matchId))
      .where(
        and(
          eq(planVisits.planId, plan.id),
          // Once agreed, the place is the match's.
          sql`coalesce(${planVisits.capacityMonth},
            case when ${planVisits.state} = 'accepted' then ${matches.capacityMonth} end) = ${plan.month}`,
        ),
      )
      .groupBy(planVisits.offerId),
  ]);
  const usedOf = new Map(used.map((row) => [row.offerId, row.used]));
  const heldOf = new Map(held.map((row) => [row.offerId, row.held]));
  return new Map(
    offers.map(({ offerId, monthlyCapacity }) => {
      const others = (usedOf.get(offerId) ?? 0) - (heldOf.get(offerId) ?? 0);
      return [offerId, Math.max(0, (monthlyCapacity ?? Number.MAX_SAFE_INTEGER) - others)];
    }),
  );
}

/** How many people an agent takes in the month: of their quota what other work leaves, and no more than is offered. */
function roomOf(agent: Profiled, room: ReadonlyMap<string, number>): number {
  const free = agent.offers.map(({ offerId }) => room.get(offerId) ?? 0);
  const taken = agent.offers.reduce(
    (sum, { monthlyCapacity }, index) =>
      monthlyCapacity === null ? sum : sum + Math.max(0, monthlyCapacity - (free[index] ?? 0)),
    0,
  );
  const offered = free.reduce((sum, each) => Math.min(Number.MAX_SAFE_INTEGER, sum + each), 0);
  return Math.max(0, Math.min(agent.profile.monthlyCapacity - taken, offered));
}

/** Agents as they are placed: only what they know and offer, on days on which they work and do not rest. */
export async function agentsToPlace(
  read: Queries,
  agents: readonly Profiled[],
  {
    plan,
    unavailable,
  }: { plan: Pick<PlanRow, "id" | "month">; unavailable: ReadonlyMap<string, readonly LimaDay[]> },
): Promise<AgentToPlace[]> {
  const ids = agents.map(({ providerId }) => providerId);
  const [calendars, room] = await Promise.all([readCalendars(read, ids), readRoom(read, agents, plan)]);
  return agents.map((agent) => {
    const { providerId, profile } = agent;
    const calendar = calendars.get(providerId);
    const offered = (topic: string) =>
      agent.offers.some(({ topics }) => topics.some((each) => each === topic));
    return {
      id: providerId,
      lat: profile.base.latitude,
      lon: profile.base.longitude,
      capacity: roomOf(agent, room),
      topics: [anyTopic, ...profile.topics.map(({ topic }) => topic).filter(offered)],
      crops: profile.crops,
      reachKm: profile.reachKm,
      weekdays: calendar?.weekdays ?? [],
      daysOff: [
        ...(calendar?.daysOff ?? []),
        ...(unavailable.get(providerId) ?? []),
        ...restDays(agent.restUntil, plan.month),
      ],
      stopsADay: calendar?.stopsADay ?? 0,
    };
  });
}

function restDays(until: LimaDay | null, month: string): LimaDay[] {
  if (until === null) return [];
  const days: LimaDay[] = [];
  for (let day = `${month}-01`; day.startsWith(month); day = addDays(day, 1)) days.push(day);
  return days.filter((day) => day <= until);
}
