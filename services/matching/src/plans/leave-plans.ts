import { and, asc, eq, inArray, isNotNull, ne, or, sql } from "@minka/database/query";
import type { Act, Means } from "@minka/service/act";
import { record } from "../acting.ts";
import { agentCalendars, appointments, caseloads } from "../caseloads/caseloads-tables.ts";
import { cannot } from "./answer-month.ts";
import { isOver } from "./leave-agreement.ts";
import { leaveSession } from "./leave-session.ts";
import { findAgentOfPlan, findVisit, lockPlan, readSession } from "./lock-plan.ts";
import { unplaceVisit } from "./place-visit.ts";
import { planAgents, plans, planVisits } from "./plans-tables.ts";
import { daysLeft } from "./replan-plan.ts";
import { placementOf } from "./store-anew.ts";

const open = ["draft", "approved"] as const;

/**
 * Somebody who is served no more is visited by nobody: each plan in a transaction of its own. What took place, or is
 * before an operator, stays as it is.
 */
export async function leaveAsProducer({ db }: Means, act: Act, personId: string): Promise<void> {
  await placeFirstAgain(db);
  const theirs = await db.read
    .select({ id: planVisits.id, planId: planVisits.planId })
    .from(planVisits)
    .innerJoin(plans, eq(plans.id, planVisits.planId))
    .where(
      and(
        eq(planVisits.personId, personId),
        inArray(plans.state, [...open]),
        ne(planVisits.state, "dropped"),
      ),
    )
    .orderBy(asc(planVisits.id));
  for (const { id, planId } of theirs) {
    await db.transaction(async (tx) => {
      const plan = await lockPlan(tx, planId);
      const visit = await findVisit(tx, id);
      if (visit.state === "dropped" || plan.state === "closed" || (await isOver(tx, visit))) return;
      const session = await readSession(tx, visit.sessionId);
      const why = { code: "person-left", parameters: {} };
      const from = placementOf(session);
      await unplaceVisit(tx, act, { visit, from, why, role: "system", drop: true });
      await leaveSession(tx, act, { plan, visit, sessionId: visit.sessionId });
      // What is being computed still has them.
      await tx
        .update(plans)
        .set({ version: plan.version + 1 })
        .where(eq(plans.id, planId));
    });
  }
}

/** What is being placed for the first time may still have somebody who left: it is placed again. */
async function placeFirstAgain(db: Means["db"]): Promise<void> {
  await db.transaction(
    async (tx) =>
      void (await tx
        .update(plans)
        .set({ version: sql`${plans.version} + 1` })
        .where(eq(plans.state, "computing"))),
  );
}

type Agents =
  | { readonly as: "providerPersonId"; readonly id: string }
  | { readonly as: "providerId"; readonly id: string };

/** An agent who is gone: what is left of their months is placed with others. */
export async function leaveAsAgent({ db }: Means, act: Act, leaver: Agents): Promise<void> {
  await placeFirstAgain(db);
  const column = leaver.as === "providerId" ? planAgents.providerId : planAgents.personId;
  const theirs = await db.read
    .select({ planId: planAgents.planId, providerId: planAgents.providerId })
    .from(planAgents)
    .innerJoin(plans, eq(plans.id, planAgents.planId))
    .where(and(eq(column, leaver.id), inArray(plans.state, [...open])))
    .orderBy(asc(planAgents.planId));
  for (const { planId, providerId } of theirs) {
    await db.transaction(async (tx) => {
      const plan = await lockPlan(tx, planId);
      const agent = await findAgentOfPlan(tx, planId, providerId);
      const days = daysLeft(plan, act.at);
      if (!agent || days.every((day) => agent.unavailable.includes(day))) return;
      await cannot(tx, act, { plan, agent, days: null });
    });
  }
}

/** What was kept of somebody who is erased: whom they were owed to, when they worked, their name and their hamlet. */
export async function forgetPlanned(
  { db }: Means,
  act: Act,
  {
    personId,
    providerIds,
    erasedName,
  }: { personId: string; providerIds: readonly string[]; erasedName: string },
): Promise<void> {
  const ids = [...providerIds];
  await db.transaction(async (tx) => {
    const owed = await tx
      .delete(caseloads)
      .where(or(eq(caseloads.personId, personId), inArray(caseloads.providerId, ids)))
      .returning({ id: caseloads.id });
    const fixed = await tx
      .delete(appointments)
      .where(or(eq(appointments.personId, personId), inArray(appointments.providerId, ids)))
      .returning({ id: appointments.id });
    await tx.delete(agentCalendars).where(inArray(agentCalendars.providerId, ids));
    const named = await tx
      .update(planAgents)
      .set({ providerName: erasedName })
      .where(
        and(
          ne(planAgents.providerName, erasedName),
          or(eq(planAgents.personId, personId), inArray(planAgents.providerId, ids)),
        ),
      )
      .returning({ planId: planAgents.planId });
    const placed = await tx
      .update(planVisits)
      .set({ placeName: null })
      .where(and(eq(planVisits.personId, personId), isNotNull(planVisits.placeName)))
      .returning({ id: planVisits.id });
    if (owed.length + fixed.length + named.length + placed.length > 0)
      await record(tx, act, "person.forget-plans", personId);
  });
}
