import type { Reason } from "@minka/contracts/common";
import type { Need } from "@minka/contracts/need";
import { scoreParts } from "@minka/contracts/weights";
import type { Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { nextState, type Role } from "@minka/domain/lifecycle";
import type { Act } from "@minka/service/act";
import { eq, max } from "@minka/database/query";
import { record } from "../acting.ts";
import { disputedOf } from "../disputes/open-dispute.ts";
import { agreeEngagement } from "../engagements/agree-engagement.ts";
import type { ScoreParts } from "../ranking/score.ts";
import { lockRequest } from "../requests/lock-request.ts";
import { requestLifecycle } from "../requests/request-lifecycle.ts";
import { matches, requests, type MatchRow, type RequestRow } from "../tables.ts";
import { planVisitLifecycle } from "./plan-lifecycle.ts";
import { findAgentOfPlan } from "./lock-plan.ts";
import { planVisits, type PlanRow, type PlanSessionRow, type PlanVisitRow } from "./plans-tables.ts";

/** Nothing was ranked: the agent comes by the plan. */
const unranked = 0;
const allFit = Object.fromEntries(scoreParts.map((part) => [part, 1])) as ScoreParts;

type Agreeing = { plan: PlanRow; visit: PlanVisitRow; session: PlanSessionRow; role: Role };

/**
 * The producer says yes to a visit to which its agent had said yes: an engagement like any other, of the request that
 * they had open for it, or of one that is opened in their name by it. The plan's row is locked.
 */
export async function agreeVisit(
  tx: Transaction,
  act: Act,
  { plan, visit, session, role }: Agreeing,
): Promise<void> {
  const agent = await findAgentOfPlan(tx, plan.id, session.providerId);
  if (!agent || !visit.agentAgrees || visit.offerId === null || visit.offerVersion === null)
    throw new Error(`visit ${visit.id} was proposed without its agent's yes`);
  const request = (await takeUp(tx, visit, role)) ?? (await open(tx, act, visit));
  const [last] = await tx
    .select({ round: max(matches.round) })
    .from(matches)
    .where(eq(matches.requestId, request.id));
  const round = (last?.round ?? 0) + 1;
  await tx.update(requests).set({ round }).where(eq(requests.id, request.id));
  const [match] = await tx
    .insert(matches)
    .values({
      id: newId(),
      requestId: request.id,
      round,
      rank: 1,
      state: "asked",
      offerId: visit.offerId,
      offerVersion: visit.offerVersion,
      providerId: agent.providerId,
      providerName: agent.providerName,
      providerPersonId: agent.personId,
      distanceKm: visit.km,
      priceCentimos: visit.priceCentimos,
      priceUnit: visit.priceUnit,
      monthlyCapacity: visit.monthlyCapacity,
      score: 1,
      parts: allFit,
      weightsVersion: unranked,
      reasons: reasonsOf(visit),
      askedAt: agent.askedAt ?? act.at,
      askExpiresAt: act.at,
      // The plan held the place, and the match has it from now on.
      capacityMonth: visit.capacityMonth,
      trace: act.trace,
    })
    .returning();
  if (!match) throw new Error("a match was not written");
  const engagementId = await agreeEngagement(tx, act, {
    request: { ...request, round },
    match: match satisfies MatchRow,
    role,
    transition: "accept-plan",
    visitOn: session.day,
    planVisitId: visit.id,
  });
  await tx
    .update(planVisits)
    .set({
      state: nextState(planVisitLifecycle, visit.state, "accept", role),
      requestId: request.id,
      matchId: match.id,
      engagementId,
      capacityMonth: null,
      answeredAt: act.at,
      dueAt: null,
    })
    .where(eq(planVisits.id, visit.id));
  await record(tx, act, "plan-visit.accept", `plan-visit:${visit.id}`);
}

/** What they had asked for and an operator has in hand. Null where it went another way meanwhile. */
async function takeUp(tx: Transaction, visit: PlanVisitRow, role: Role): Promise<RequestRow | null> {
  if (visit.requestId === null) return null;
  const request = await lockRequest(tx, visit.requestId);
  if (request.state !== "with_operator" || (await disputedOf(tx, request))) return null;
  const state = nextState(requestLifecycle, request.state, "plan", role);
  await tx.update(requests).set({ state, reason: null }).where(eq(requests.id, request.id));
  return { ...request, state, reason: null };
}

/** Their yes is the asking. */
async function open(tx: Transaction, act: Act, visit: PlanVisitRow): Promise<RequestRow> {
  const { topic, crop, personId, districtCode, placeName, womanOnly } = visit;
  const need: Need = { kind: "assistance", ...(topic ? { topic } : {}), ...(crop ? { crop } : {}) };
  const [request] = await tx
    .insert(requests)
    .values({
      id: newId(),
      personId,
      kind: "assistance",
      need,
      districtCode,
      placeName,
      womanOnly,
      channel: "api",
      state: "asking",
      openedAt: act.at,
      round: 0,
      searchRound: 1,
      roundsBefore: 0,
      searchAttempts: 0,
      trace: act.trace,
    })
    .returning();
  if (!request) throw new Error("a request was not written");
  await record(tx, act, "request.open-by-plan", `request:${request.id}`);
  return request;
}

function reasonsOf({ topic, crop, km, priceCentimos }: PlanVisitRow): Reason[] {
  return [
    ...(topic ? [{ code: "topic", parameters: { topic } }] : []),
    ...(crop ? [{ code: "crop", parameters: { crop } }] : []),
    ...(km === null ? [] : [{ code: "distance", parameters: { km: Math.max(1, Math.round(km)) } }]),
    ...(priceCentimos === null ? [] : [{ code: "price", parameters: { centimos: priceCentimos } }]),
  ];
}
