import type { PlanningAgent } from "@minka/contracts/planning-sources";
import type { Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { nextState } from "@minka/domain/lifecycle";
import type { Crop, Topic } from "@minka/domain/vocabulary";
import type { Act } from "@minka/service/act";
import { and, asc, eq, inArray, ne } from "@minka/database/query";
import { requests } from "../tables.ts";
import type { FirstGathered } from "./gather.ts";
import { lockMonth } from "./make-plan.ts";
import type { Placing } from "./placing.ts";
import { planLifecycle } from "./plan-lifecycle.ts";
import { planAgents, plans, planSessions, planVisits, type PlanRow } from "./plans-tables.ts";
import { takenAgents } from "./read-agents.ts";

const batch = 500;

/**
 * A plan as it was made. Throws where somebody else has planned for one of its agents, or for a request that it sees to,
 * meanwhile: it is made again.
 */
export async function storeFirst(
  tx: Transaction,
  act: Act,
  { plan, gathered, placing }: { plan: PlanRow; gathered: FirstGathered; placing: Placing },
): Promise<void> {
  const { agents, wanted, points } = gathered;
  await lockMonth(tx, plan.month);
  const taken = await takenAgents(tx, plan);
  if (agents.some(({ providerId }) => taken.has(providerId)))
    throw new Error("an agent was planned for elsewhere meanwhile");
  await refuseTaken(
    tx,
    wanted.flatMap(({ requestId }) => requestId ?? []),
  );
  const planId = plan.id;
  await tx.insert(planAgents).values(
    agents.map(({ providerId, providerName, personId }) => ({
      planId,
      providerId,
      providerName,
      personId,
      reminded: false,
      unavailable: [],
      trace: act.trace,
    })),
  );
  const wantedBy = new Map(wanted.map((one) => [one.id, one]));
  const agentBy = new Map(agents.map((agent) => [agent.providerId, agent]));
  const placedAt = new Map<string, { sessionId: string; agent: PlanningAgent }>();
  const sessions = placing.sessions.flatMap((session) => {
    const [hostVisitId = ""] = session.visits;
    const host = wantedBy.get(hostVisitId);
    const agent = agentBy.get(session.agent);
    if (!host || !agent) return [];
    const id = newId();
    for (const visit of session.visits) placedAt.set(visit, { sessionId: id, agent });
    const { day, minute, order: stopOrder, kind } = session;
    const { topic, crop } = host;
    return [
      { id, planId, providerId: session.agent, kind, day, minute, stopOrder, topic, crop, hostVisitId },
    ];
  });
  for (let start = 0; start < sessions.length; start += batch)
    await tx.insert(planSessions).values(sessions.slice(start, start + batch));
  const whyOf = new Map(placing.unassigned.map(({ visit, why }) => [visit, why]));
  const visits = wanted.flatMap((one) => {
    const where = points.get(one.personId);
    if (!where) return [];
    const placed = placedAt.get(one.id);
    return [
      {
        id: one.id,
        planId,
        personId: one.personId,
        topic: one.topic,
        crop: one.crop,
        districtCode: where.districtCode,
        placeName: where.locality,
        womanOnly: one.womanOnly ?? where.prefersWoman,
        previousProviderId: one.previousProviderId,
        requestId: one.requestId,
        fixed: one.fixed,
        state: placed ? ("planned" as const) : ("unassigned" as const),
        why: placed ? null : (whyOf.get(one.id) ?? { code: "no-agent", parameters: {} }),
        sessionId: placed?.sessionId ?? null,
        km: placed ? (placing.km[one.id] ?? null) : null,
        ...(placed ? onTerms(placed.agent, one) : noAgent),
        refused: [],
        refusedBy: [],
        agentAgrees: false,
        proposals: 0,
        reminded: false,
        trace: act.trace,
      },
    ];
  });
  for (let start = 0; start < visits.length; start += batch)
    await tx.insert(planVisits).values(visits.slice(start, start + batch));
  await tx
    .update(plans)
    .set({ state: nextState(planLifecycle, plan.state, "draw-up", "system"), figures: placing.figures })
    .where(eq(plans.id, planId));
}

/** Locked by id, so that of two plans of different months the one that is later sees what the other took. */
async function refuseTaken(tx: Transaction, requestIds: readonly string[]): Promise<void> {
  if (requestIds.length === 0) return;
  await tx
    .select({ id: requests.id })
    .from(requests)
    .where(inArray(requests.id, [...requestIds]))
    .orderBy(asc(requests.id))
    .for("update");
  const [taken] = await tx
    .select({ id: planVisits.id })
    .from(planVisits)
    .innerJoin(plans, eq(plans.id, planVisits.planId))
    .where(
      and(
        inArray(planVisits.requestId, [...requestIds]),
        ne(planVisits.state, "dropped"),
        inArray(plans.state, ["draft", "approved"]),
      ),
    )
    .limit(1);
  if (taken) throw new Error("a request was planned for elsewhere meanwhile");
}

export const noAgent = {
  providerId: null,
  offerId: null,
  offerVersion: null,
  priceCentimos: null,
  priceUnit: null,
  monthlyCapacity: null,
} as const;

/** With an agent, on the terms of the offer of theirs that fits best: the topic and the crop, then the topic. */
export function onTerms(
  agent: Pick<PlanningAgent, "providerId" | "offers">,
  { topic, crop }: { topic: Topic | null; crop: Crop | null },
) {
  const knows = (offer: PlanningAgent["offers"][number]) => topic === null || offer.topics.includes(topic);
  const grows = (offer: PlanningAgent["offers"][number]) =>
    crop === null || offer.crops.length === 0 || offer.crops.includes(crop);
  const offer =
    agent.offers.find((each) => knows(each) && grows(each)) ?? agent.offers.find(knows) ?? agent.offers[0];
  if (!offer) throw new Error(`agent ${agent.providerId} offers nothing`);
  const { offerId, version: offerVersion, priceCentimos, priceUnit, monthlyCapacity } = offer;
  return {
    providerId: agent.providerId,
    offerId,
    offerVersion,
    priceCentimos,
    priceUnit,
    monthlyCapacity,
  };
}
