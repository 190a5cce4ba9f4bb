import type { Reason } from "@minka/contracts/common";
import { reminderDue } from "@minka/contracts/follow-ups";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { newId } from "@minka/database/new-id";
import type { Act } from "@minka/service/act";
import { and, asc, eq, inArray, isNotNull } from "@minka/database/query";
import { capacity, engagements, requests } from "../tables.ts";
import { isAskedAnew, tellAgents } from "./tell-agents.ts";
import { movableVisits, type Gathered } from "./gather.ts";
import { placeVisit, unplaceVisit } from "./place-visit.ts";
import type { PlacedSession, Placing } from "./placing.ts";
import {
  planSessions,
  planVisits,
  type Placement,
  type PlanRow,
  type PlanSessionRow,
  type PlanVisitRow,
} from "./plans-tables.ts";

const allFull: Reason = { code: "all-full", parameters: {} };
const asked: Reason = { code: "no-agent", parameters: {} };

/**
 * Stores what changed of a plan, and nothing else; agents whose days changed are told, who got visits is asked anew, and
 * so is who had not agreed to one that is moved, or whose agreed one others have put on another day. Visits are taken
 * as they are now, under the locks of their requests: who has answered meanwhile has answered, and what is over is left
 * where it was.
 */
export async function storeAnew(
  tx: Transaction,
  act: Act,
  { plan, gathered, placing }: { plan: PlanRow; gathered: Gathered; placing: Placing },
): Promise<void> {
  const { agents, sessions, gone } = gathered;
  const read = new Set(gathered.visits.map(({ id }) => id));
  const stillMovable = async () => (await movableVisits(tx, plan.id)).filter(({ id }) => read.has(id));
  const sessionBy = new Map(sessions.map((session) => [session.id, session]));
  const agentBy = new Map(agents.map((agent) => [agent.providerId, agent]));
  const at = (visit: PlanVisitRow) => placementOf(sessionBy.get(visit.sessionId ?? ""));
  const changed = new Changes();
  const whyOf = new Map(placing.unassigned.map(({ visit, why }) => [visit, why]));

  await lockTouched(tx, plan, { visits: await stillMovable(), agents, placing, at });
  const visits = await stillMovable();
  const visitBy = new Map(visits.map((visit) => [visit.id, visit]));
  const settled = await settledIn(tx, plan.id, visits);
  // First what gives places back, then what takes them.
  for (const visit of visits) {
    const left = gone.has(visit.personId);
    const why = left ? { code: "person-left", parameters: {} } : whyOf.get(visit.id);
    // Who could not then keeps their agent's place until it is known that there is no other time.
    if (!why || (visit.sessionId === null && visit.providerId === null && !left)) continue;
    changed.lost(visit.providerId, why);
    await unplaceVisit(tx, act, { visit, from: at(visit), why, role: "system", drop: left });
  }
  const put: { id: string }[] = [];
  for (const found of placing.sessions) {
    const agent = agentBy.get(found.agent);
    const its = found.visits.filter((id) => visitBy.has(id));
    if (!agent || its.length === 0) continue;
    const kind = its.length > 1 ? ("group" as const) : ("single" as const);
    const session = { ...found, visits: its, kind };
    const was = sessionBy.get(found.was ?? "");
    const sessionId = await putSession(tx, plan, { session, was, visitBy, settled });
    put.push({ id: sessionId });
    for (const id of session.visits) {
      const visit = visitBy.get(id);
      if (!visit) continue;
      const from = at(visit);
      const to = { providerId: session.agent, day: session.day, minute: session.minute };
      if (from && same(from, to)) {
        if (visit.sessionId !== sessionId)
          await tx.update(planVisits).set({ sessionId }).where(eq(planVisits.id, id));
        if (was && was.hostVisitId !== its[0]) await remindAnew(tx, act, visit);
        continue;
      }
      const why = session.why ?? visit.why ?? asked;
      const where = { ...to, sessionId, km: placing.km[id] ?? null };
      const placed = await placeVisit(tx, act, { plan, visit, agent, from, to: where, why, role: "system" });
      const stays = visit.providerId === session.agent;
      const agreed = plan.state !== "approved" || (visit.agentAgrees && !isAskedAnew({ from, to, why }));
      if (!placed) changed.lost(visit.providerId, allFull);
      else if (!stays) changed.lost(visit.providerId, why);
      else if (agreed) changed.moved(session.agent, why);
      if (placed && !(stays && agreed)) changed.gained(session.agent);
    }
  }
  await dropEmptySessions(tx, [...sessions, ...put]);
  if (plan.state === "approved") await tellAgents(tx, act, plan, changed);
}

type Touching = Pick<Gathered, "agents"> & {
  readonly visits: readonly PlanVisitRow[];
  readonly placing: Placing;
  readonly at: (visit: PlanVisitRow) => Placement | null;
};

/**
 * Requests whose agreement ends or whose visit is dropped, and places that are given back or taken, locked in the order
 * of all locks before anything changes: many visits in one transaction would wait for others in each other's way.
 */
async function lockTouched(
  tx: Transaction,
  plan: PlanRow,
  { visits, agents, placing, at }: Touching,
): Promise<void> {
  const visitBy = new Map(visits.map((visit) => [visit.id, visit]));
  const stays = new Set<string>();
  const gaining = new Set<string>();
  for (const { agent, day, minute, visits: ids } of placing.sessions)
    for (const id of ids) {
      const visit = visitBy.get(id);
      const from = visit ? at(visit) : null;
      if (from && same(from, { providerId: agent, day, minute })) stays.add(id);
      else gaining.add(agent);
    }
  const moving = visits.filter(({ id }) => !stays.has(id));
  const requestIds = moving.flatMap(({ requestId }) => requestId ?? []);
  if (requestIds.length > 0)
    await tx
      .select({ id: requests.id })
      .from(requests)
      .where(inArray(requests.id, requestIds))
      .orderBy(asc(requests.id))
      .for("update");
  const offerIds = new Set([
    ...moving.flatMap(({ offerId }) => offerId ?? []),
    ...agents.flatMap(({ providerId, offers }) =>
      gaining.has(providerId) ? offers.map(({ offerId }) => offerId) : [],
    ),
  ]);
  if (plan.state !== "approved" || offerIds.size === 0) return;
  await tx
    .select({ offerId: capacity.offerId })
    .from(capacity)
    .where(and(inArray(capacity.offerId, [...offerIds]), eq(capacity.month, plan.month)))
    .orderBy(asc(capacity.offerId))
    .for("update");
}

/** Sessions in which somebody was visited, or is with an operator: those stay on their day. */
async function settledIn(
  tx: Transaction,
  planId: string,
  movable: readonly PlanVisitRow[],
): Promise<ReadonlySet<string>> {
  const moves = new Set(movable.map(({ id }) => id));
  const rows = await tx
    .select({ id: planVisits.id, sessionId: planVisits.sessionId })
    .from(planVisits)
    .where(and(eq(planVisits.planId, planId), isNotNull(planVisits.sessionId)));
  return new Set(rows.flatMap(({ id, sessionId }) => (moves.has(id) ? [] : (sessionId ?? []))));
}

/** It is held at another's than the reminder said. Who has not had theirs yet reads the new place in it. */
async function remindAnew(tx: Transaction, act: Act, visit: PlanVisitRow): Promise<void> {
  if (visit.engagementId === null) return;
  const [agreed] = await tx
    .select({ requestId: engagements.requestId, matchId: engagements.matchId })
    .from(engagements)
    .where(and(eq(engagements.id, visit.engagementId), eq(engagements.nextStep, "ask-outcome")));
  if (agreed)
    await emit(tx, reminderDue, { ...agreed, engagementId: visit.engagementId, planVisitId: visit.id }, act);
}

/** Whose days are not what they were. */
class Changes {
  readonly all = new Set<string>();
  readonly asked = new Set<string>();
  readonly why = new Map<string, Reason>();
  lost(providerId: string | null, why: Reason): void {
    if (providerId) this.moved(providerId, why);
  }
  moved(providerId: string, why: Reason): void {
    this.all.add(providerId);
    if (!this.why.has(providerId)) this.why.set(providerId, why);
  }
  gained(providerId: string): void {
    this.all.add(providerId);
    this.asked.add(providerId);
  }
}

async function putSession(
  tx: Transaction,
  plan: PlanRow,
  {
    session,
    was,
    visitBy,
    settled,
  }: {
    session: PlacedSession;
    was: PlanSessionRow | undefined;
    visitBy: ReadonlyMap<string, PlanVisitRow>;
    settled: ReadonlySet<string>;
  },
): Promise<string> {
  const { agent: providerId, day, minute, order: stopOrder, kind } = session;
  const [hostVisitId = ""] = session.visits;
  const row = { providerId, day, minute, stopOrder, kind, hostVisitId };
  const elsewhere = was && (was.providerId !== providerId || was.day !== day || was.minute !== minute);
  if (was && !(elsewhere && settled.has(was.id))) {
    const stays = Object.entries(row).every(([name, value]) => was[name as keyof typeof row] === value);
    if (!stays) await tx.update(planSessions).set(row).where(eq(planSessions.id, was.id));
    return was.id;
  }
  const host = visitBy.get(hostVisitId);
  const id = newId();
  await tx
    .insert(planSessions)
    .values({ ...row, id, planId: plan.id, topic: host?.topic ?? null, crop: host?.crop ?? null });
  return id;
}

/** Sessions to which nobody comes any more. */
export async function dropEmptySessions(
  tx: Transaction,
  sessions: readonly Pick<PlanSessionRow, "id">[],
): Promise<void> {
  const ids = sessions.map(({ id }) => id);
  if (ids.length === 0) return;
  const used = await tx
    .selectDistinct({ id: planVisits.sessionId })
    .from(planVisits)
    .where(inArray(planVisits.sessionId, ids));
  const kept = new Set(used.map(({ id }) => id));
  const empty = ids.filter((id) => !kept.has(id));
  if (empty.length > 0) await tx.delete(planSessions).where(inArray(planSessions.id, empty));
}

/** The stops of an agent's day as the hours say. */
export async function orderDay(
  tx: Transaction,
  planId: string,
  providerId: string,
  day: string,
): Promise<void> {
  const stops = await tx
    .select({ id: planSessions.id, stopOrder: planSessions.stopOrder })
    .from(planSessions)
    .where(
      and(
        eq(planSessions.planId, planId),
        eq(planSessions.providerId, providerId),
        eq(planSessions.day, day),
      ),
    )
    .orderBy(asc(planSessions.minute), asc(planSessions.id));
  for (const [index, { id, stopOrder }] of stops.entries())
    if (stopOrder !== index + 1)
      await tx
        .update(planSessions)
        .set({ stopOrder: index + 1 })
        .where(eq(planSessions.id, id));
}

export function placementOf(session: PlanSessionRow | undefined | null): Placement | null {
  return session ? { providerId: session.providerId, day: session.day, minute: session.minute } : null;
}

const same = (a: Placement, b: Placement) =>
  a.providerId === b.providerId && a.day === b.day && a.minute === b.minute;
