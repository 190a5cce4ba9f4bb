import type { Reason } from "@minka/contracts/common";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type {
  listProposedVisits as listContract,
  PlanProposal,
  readPlanVisit as readContract,
} from "@minka/contracts/plan-visits";
import { contactCards } from "@minka/contracts/profiles";
import type { Queries } from "@minka/database/connect";
import { limaDay } from "@minka/domain/lima-time";
import type { Context } from "@minka/service/act";
import { and, asc, eq, gte, inArray, isNull, ne, or } from "@minka/database/query";
import type { Services } from "../caseloads/agent-rights.ts";
import { wallTimeOf } from "../caseloads/wall-time.ts";
import { giveUpVisitAt } from "./ask-times.ts";
import { findVisit, visitUnknown } from "./lock-plan.ts";
import { engagements } from "../tables.ts";
import { refuseOthers } from "./plan-days.ts";
import { planAgents, planMoves, planSessions, planVisits, type PlanVisitRow } from "./plans-tables.ts";

/** A visit as its producer is told of it. Before they have been, there is none for them: `plan-visit-unknown` (404). */
export async function readProposal(
  { db, call }: Services,
  { actor, trace }: Context,
  { params: { planVisitId } }: HandlerInput<typeof readContract>,
): Promise<HandlerAnswer<typeof readContract>> {
  const visit = await findVisit(db.read, planVisitId);
  refuseOthers(actor, visit.personId);
  const [proposal] = await proposalsOf({ queries: db.read, call, trace }, [visit]);
  if (!proposal) throw visitUnknown();
  return { visit: proposal };
}

/** What somebody is asked about, and has agreed to, from today on. */
export async function listProposals(
  { db, clock, call }: Services,
  { actor, trace }: Context,
  { params: { personId } }: HandlerInput<typeof listContract>,
): Promise<HandlerAnswer<typeof listContract>> {
  refuseOthers(actor, personId);
  const rows = await db.read
    .select({ visit: planVisits })
    .from(planVisits)
    .innerJoin(planSessions, eq(planSessions.id, planVisits.sessionId))
    .where(
      and(
        eq(planVisits.personId, personId),
        inArray(planVisits.state, ["proposed", "accepted"]),
        gte(planSessions.day, limaDay(clock())),
      ),
    )
    .orderBy(asc(planSessions.day), asc(planSessions.minute));
  return {
    visits: await proposalsOf(
      { queries: db.read, call, trace },
      rows.map(({ visit }) => visit),
    ),
  };
}

/** Those of which the producer has been told; one that was taken back says when it would have been, and why not. */
async function proposalsOf(means: Means, visits: readonly PlanVisitRow[]): Promise<PlanProposal[]> {
  const { queries } = means;
  const proposals: PlanProposal[] = [];
  for (const visit of visits) {
    if (visit.proposals === 0) continue;
    const standing = await standingPlace(queries, visit);
    const last = await lastPlace(queries, visit.id);
    const where = standing ?? last;
    if (!where) continue;
    const nameOf = (providerId: string) => agentName(queries, visit.planId, providerId);
    const { id, planId, personId, state, topic, crop, priceCentimos, priceUnit, why } = visit;
    proposals.push({
      planVisitId: id,
      planId,
      personId,
      state,
      providerId: where.providerId,
      providerName: await nameOf(where.providerId),
      topic,
      crop,
      day: where.day,
      startsAt: wallTimeOf(where.minute),
      kind: where.people > 1 ? "group" : "single",
      people: where.people,
      districtCode: where.districtCode,
      placeName: where.placeName,
      atTheirs: where.host === null || where.host.id === visit.id,
      hostName: await hostName(means, where.host),
      moved: last && {
        providerName: await nameOf(last.providerId),
        day: last.day,
        startsAt: wallTimeOf(last.minute),
        why: last.why,
      },
      priceCentimos,
      priceUnit,
      answerBy: state === "proposed" ? giveUpVisitAt(where.day).toISOString() : null,
      why,
    });
  }
  return proposals;
}

type Place = {
  providerId: string;
  day: string;
  minute: number;
  people: number;
  districtCode: string;
  placeName: string | null;
  host: PlanVisitRow | null;
};
type Means = { queries: Queries; call: Services["call"]; trace: string };

async function agentName(queries: Queries, planId: string, providerId: string): Promise<string> {
  const [agent] = await queries
    .select({ providerName: planAgents.providerName })
    .from(planAgents)
    .where(and(eq(planAgents.planId, planId), eq(planAgents.providerId, providerId)));
  return agent?.providerName ?? "";
}

/** Their name is for the others of the group once they have said yes to being visited with them. */
async function hostName({ call, trace }: Means, host: PlanVisitRow | null): Promise<string | null> {
  if (host?.state !== "accepted") return null;
  const { contacts } = await call(contactCards, { body: { personIds: [host.personId] } }, { trace });
  return contacts[0]?.name ?? null;
}

async function standingPlace(queries: Queries, visit: PlanVisitRow): Promise<Place | null> {
  if (visit.sessionId === null) return null;
  const [session] = await queries.select().from(planSessions).where(eq(planSessions.id, visit.sessionId));
  if (!session) return null;
  const members = await queries
    .select({ visit: planVisits })
    .from(planVisits)
    .leftJoin(engagements, eq(engagements.id, planVisits.engagementId))
    // Who had agreed and called it off receives nobody.
    .where(
      and(
        eq(planVisits.sessionId, session.id),
        or(isNull(engagements.state), ne(engagements.state, "cancelled")),
      ),
    )
    .orderBy(asc(planVisits.id));
  const there = members.map((member) => member.visit);
  const host =
    there.find(({ id }) => id === session.hostVisitId) ??
    there.find(({ state }) => state === "accepted") ??
    visit;
  const { districtCode, placeName } = host;
  const { providerId, day, minute } = session;
  return { providerId, day, minute, people: Math.max(1, there.length), districtCode, placeName, host };
}

/** Where it was until it was taken away. */
async function lastPlace(queries: Queries, visitId: string): Promise<(Place & { why: Reason }) | null> {
  const moves = await queries
    .select({ from: planMoves.from, why: planMoves.why, visit: planVisits })
    .from(planMoves)
    .innerJoin(planVisits, eq(planVisits.id, planMoves.visitId))
    .where(eq(planMoves.visitId, visitId))
    .orderBy(asc(planMoves.id));
  const last = moves.findLast(({ from }) => from !== null);
  if (!last?.from) return null;
  const { districtCode, placeName } = last.visit;
  return { ...last.from, people: 1, districtCode, placeName, host: null, why: last.why };
}
