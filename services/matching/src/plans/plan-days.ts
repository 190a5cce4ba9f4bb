import type { Actor } from "@minka/contracts/actor";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { listPlanDays as contract } from "@minka/contracts/plan-visits";
import { contactCards } from "@minka/contracts/profiles";
import { DomainError } from "@minka/domain/errors";
import type { Queries } from "@minka/database/connect";
import { limaDay, type LimaDay } from "@minka/domain/lima-time";
import type { Caller } from "@minka/http/caller";
import type { Context } from "@minka/service/act";
import { and, asc, eq, gte, inArray, isNull, or } from "@minka/database/query";
import type { Services } from "../caseloads/agent-rights.ts";
import { wallTimeOf } from "../caseloads/wall-time.ts";
import { engagements, type EngagementRow } from "../tables.ts";
import {
  planAgents,
  plans,
  planSessions,
  planVisits,
  type PlanSessionRow,
  type PlanVisitRow,
} from "./plans-tables.ts";

type Row = {
  session: PlanSessionRow;
  visit: PlanVisitRow;
  engagement: Pick<EngagementRow, "id" | "state"> | null;
};
type Card = { name: string | null; phone: string };

/**
 * An agent's days in plans that were approved: where to be and when, and who they are to meet once those have agreed.
 * Nobody's home is in it.
 */
export async function listPlanDays(
  { db, clock, call }: Services,
  { actor, trace }: Context,
  { params: { personId }, query: { month } }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  refuseOthers(actor, personId);
  const its = await db.read
    .select({ agent: planAgents, month: plans.month })
    .from(planAgents)
    .innerJoin(plans, eq(plans.id, planAgents.planId))
    .where(
      and(
        eq(planAgents.personId, personId),
        inArray(plans.state, month === undefined ? ["approved"] : ["approved", "closed"]),
        month === undefined ? undefined : eq(plans.month, month),
      ),
    )
    .orderBy(asc(plans.month), asc(plans.id));
  const months = [];
  for (const { agent, month: of } of its) {
    const today = limaDay(clock());
    const rows = await visitsAhead(db.read, agent, month === undefined ? today : null);
    const cards = await readCards(call, rows, trace);
    const { planId, providerId, answer } = agent;
    const visits = rows.filter(({ session }) => session.day >= today).length;
    months.push({ planId, providerId, month: of, answer, visits, days: daysOf(rows, cards) });
  }
  return { months };
}

/** An agent's visits from a day on, by day and hour. */
export async function visitsAhead(
  queries: Queries,
  { planId, providerId }: { planId: string; providerId: string },
  from: LimaDay | null,
): Promise<Row[]> {
  return queries
    .select({
      session: planSessions,
      visit: planVisits,
      engagement: { id: engagements.id, state: engagements.state },
    })
    .from(planSessions)
    .innerJoin(planVisits, eq(planVisits.sessionId, planSessions.id))
    .leftJoin(engagements, eq(engagements.id, planVisits.engagementId))
    .where(
      and(
        eq(planSessions.planId, planId),
        eq(planSessions.providerId, providerId),
        from === null ? undefined : gte(planSessions.day, from),
        // The two may have agreed on another day since, which is no stop of this one.
        or(isNull(engagements.id), eq(engagements.visitOn, planSessions.day)),
      ),
    )
    .orderBy(asc(planSessions.day), asc(planSessions.stopOrder), asc(planVisits.id));
}

export function refuseOthers(actor: Actor, personId: string): void {
  if (actor.kind === "service") return;
  if (actor.kind === "person" && (actor.operator || actor.personId === personId)) return;
  throw new DomainError("forbidden", "not-yours", "This is somebody else's.");
}

/** Both have agreed, and neither has called it off. */
const agreed = ({ visit, engagement }: Row) =>
  visit.state === "accepted" && engagement !== null && engagement.state !== "cancelled";

async function readCards(call: Caller, rows: readonly Row[], trace: string): Promise<Map<string, Card>> {
  const personIds = [...new Set(rows.filter(agreed).map(({ visit }) => visit.personId))];
  const cards = new Map<string, Card>();
  for (let start = 0; start < personIds.length; start += 200) {
    const body = { personIds: personIds.slice(start, start + 200) };
    const { contacts } = await call(contactCards, { body }, { trace });
    for (const { personId, name, phone } of contacts) cards.set(personId, { name, phone });
  }
  return cards;
}

function daysOf(rows: readonly Row[], cards: ReadonlyMap<string, Card>) {
  return [...Map.groupBy(rows, ({ session }) => session.day)].map(([day, its]) => ({
    day,
    stops: [...Map.groupBy(its, ({ session }) => session.id).values()].flatMap((stop) => {
      const [first] = stop;
      if (!first) return [];
      const { session } = first;
      const host = stop.find(({ visit }) => visit.id === session.hostVisitId) ?? first;
      return [
        {
          sessionId: session.id,
          kind: session.kind,
          order: session.stopOrder,
          startsAt: wallTimeOf(session.minute),
          topic: session.topic,
          crop: session.crop,
          districtCode: host.visit.districtCode,
          placeName: host.visit.placeName,
          visits: stop.map((row) => {
            const card = agreed(row) ? cards.get(row.visit.personId) : undefined;
            return {
              planVisitId: row.visit.id,
              state: row.visit.state,
              name: card?.name ?? null,
              phone: card?.phone ?? null,
              engagement: row.engagement,
            };
          }),
        },
      ];
    }),
  }));
}
