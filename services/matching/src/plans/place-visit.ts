import type { Reason } from "@minka/contracts/common";
import { planVisitWithdrawn } from "@minka/contracts/plan-visits";
import type { PlanningAgent } from "@minka/contracts/planning-sources";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { newId } from "@minka/database/new-id";
import { nextState, type Role } from "@minka/domain/lifecycle";
import { limaDay } from "@minka/domain/lima-time";
import type { Act } from "@minka/service/act";
import { eq } from "@minka/database/query";
import { record } from "../acting.ts";
import { askVisitAt } from "./ask-times.ts";
import { giveBackPlace, takePlaces } from "./hold-places.ts";
import { handBack, leaveAgreement } from "./leave-agreement.ts";
import { planVisitLifecycle } from "./plan-lifecycle.ts";
import { planMoves, planVisits, type Placement, type PlanRow, type PlanVisitRow } from "./plans-tables.ts";
import { noAgent, onTerms } from "./store-first.ts";
import { isAskedAnew } from "./tell-agents.ts";

type Where = Placement & { readonly sessionId: string; readonly km: number | null };

type Placing = {
  plan: PlanRow;
  visit: PlanVisitRow;
  agent: Pick<PlanningAgent, "providerId" | "offers">;
  from: Placement | null;
  to: Where;
  why: Reason;
  role: "system" | "operator";
};

/**
 * Puts a visit at another time, in another session or with another agent. What had been agreed on ends; who had been
 * told is asked anew at once where the agent stands by it, and told that it is off otherwise. False, and with nobody,
 * where the agent's offer has no place left. The plan's row is locked, and what was agreed is known to stand under its
 * request's lock.
 */
export async function placeVisit(
  tx: Transaction,
  act: Act,
  { plan, visit, agent, from, to, why, role }: Placing,
): Promise<boolean> {
  const sameAgent = visit.providerId === agent.providerId;
  // Back with the operator, free to be placed.
  const left = visit.state === "accepted" && (await leaveAgreement(tx, act, { visit, role: "operator" }));
  const terms = sameAgent ? termsOf(visit) : onTerms(agent, visit);
  const holds = sameAgent && visit.capacityMonth !== null;
  if (plan.state === "approved" && !holds) {
    if (!sameAgent) await giveBackPlace(tx, visit);
    const { offerId, monthlyCapacity } = terms;
    const taken = offerId
      ? await takePlaces(tx, { offerId, monthlyCapacity, month: plan.month, wanted: 1 })
      : 0;
    if (taken === 0) {
      const freed = { ...visit, capacityMonth: sameAgent ? visit.capacityMonth : null };
      await unplaceVisit(tx, act, { visit: freed, from, why: { code: "all-full", parameters: {} }, role });
      return false;
    }
  }
  const agentAgrees = sameAgent && visit.agentAgrees && !isAskedAnew({ from, to, why });
  const told = visit.proposedAt !== null;
  const asks = plan.state === "approved" && agentAgrees;
  const before = left || visit.state === "accepted" ? "unassigned" : visit.state;
  await tx
    .update(planVisits)
    .set({
      ...terms,
      state: nextState(planVisitLifecycle, before, "place", role),
      why: null,
      sessionId: to.sessionId,
      km: to.km,
      capacityMonth: plan.state === "approved" ? plan.month : null,
      matchId: null,
      engagementId: null,
      agentAgrees,
      proposedAt: null,
      reminded: false,
      answeredAt: null,
      dueAt: asks ? askVisitAt(told ? limaDay(act.at) : to.day, act.at) : null,
    })
    .where(eq(planVisits.id, visit.id));
  await keepMove(tx, act, { visitId: visit.id, from, to: placementOf(to), why });
  if (told && !asks) await tellWithdrawn(tx, act, visit);
  return true;
}

/** Takes a visit from its agent: it is with nobody, and its place is free. Locked as for `placeVisit`. */
export async function unplaceVisit(
  tx: Transaction,
  act: Act,
  {
    visit,
    from,
    why,
    role,
    drop = false,
  }: { visit: PlanVisitRow; from: Placement | null; why: Reason; role: Role; drop?: boolean },
): Promise<void> {
  if (visit.state === "accepted")
    await leaveAgreement(tx, act, { visit, role: role === "provider" ? "provider" : "operator" });
  if (drop) await handBack(tx, act, { visit, role });
  await giveBackPlace(tx, visit);
  await tx
    .update(planVisits)
    .set({
      ...noAgent,
      state: nextState(planVisitLifecycle, visit.state, drop ? "drop" : "take-away", role),
      why,
      sessionId: null,
      km: null,
      capacityMonth: null,
      matchId: null,
      engagementId: null,
      agentAgrees: false,
      proposedAt: null,
      reminded: false,
      dueAt: null,
    })
    .where(eq(planVisits.id, visit.id));
  await keepMove(tx, act, { visitId: visit.id, from, to: null, why });
  if (visit.proposedAt !== null) await tellWithdrawn(tx, act, visit);
}

export async function keepMove(
  tx: Transaction,
  act: Act,
  move: { visitId: string; from: Placement | null; to: Placement | null; why: Reason },
): Promise<void> {
  await tx.insert(planMoves).values({ ...move, id: newId(), at: act.at, by: act.by });
  await record(tx, act, move.to ? "plan-visit.place" : "plan-visit.take-away", `plan-visit:${move.visitId}`);
}

async function tellWithdrawn(tx: Transaction, act: Act, visit: PlanVisitRow): Promise<void> {
  const { planId, personId } = visit;
  await emit(tx, planVisitWithdrawn, { planId, planVisitId: visit.id, personId }, act);
}

const placementOf = ({ providerId, day, minute }: Placement): Placement => ({ providerId, day, minute });

function termsOf(visit: PlanVisitRow) {
  const { providerId, offerId, offerVersion, priceCentimos, priceUnit, monthlyCapacity } = visit;
  return { providerId, offerId, offerVersion, priceCentimos, priceUnit, monthlyCapacity };
}
