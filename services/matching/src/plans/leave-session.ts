import type { Transaction } from "@minka/database/connect";
import { limaDay } from "@minka/domain/lima-time";
import type { Act } from "@minka/service/act";
import { and, asc, eq, exists, gt, ne, type SQL } from "@minka/database/query";
import { engagements } from "../tables.ts";
import { doubtToday } from "./doubt-today.ts";
import { computeSoon, readSession } from "./lock-plan.ts";
import { planSessions, planVisits, type PlanRow, type PlanVisitRow } from "./plans-tables.ts";
import { replanTouched } from "./replan-touched.ts";
import { dropEmptySessions } from "./store-anew.ts";

type Leaving = { plan: PlanRow; visit: PlanVisitRow; sessionId: string | null };

/**
 * The session that a visit was in goes on without it. Where it was held at theirs, the plan is placed anew: it is held
 * at another's, and who cannot walk there gets a stop of their own. On its day an operator calls the others instead.
 */
export async function leaveSession(
  tx: Transaction,
  act: Act,
  { plan, visit, sessionId }: Leaving,
): Promise<void> {
  const session = await readSession(tx, sessionId);
  if (!session) return;
  const left = await tx
    .select({ id: planVisits.id })
    .from(planVisits)
    .where(eq(planVisits.sessionId, session.id));
  if (left.length === 0) return dropEmptySessions(tx, [session]);
  const kind = left.length > 1 ? "group" : "single";
  await tx.update(planSessions).set({ kind }).where(eq(planSessions.id, session.id));
  if (session.hostVisitId !== visit.id) return;
  if (session.day > limaDay(act.at)) await computeSoon(tx, act, plan);
  else await doubtToday(tx, act, eq(planVisits.sessionId, session.id));
}

/**
 * Whoever receives a group leaves what they had agreed to, or moves it to another day: before the day the plan is placed
 * anew, as in `leaveSession`, and on it an operator calls the others. Plans are locked, so nothing else may be before.
 */
export async function leaveGroup(tx: Transaction, act: Act, leaving: SQL): Promise<void> {
  const agreed = tx
    .select({ id: engagements.id })
    .from(engagements)
    .where(
      and(
        eq(engagements.id, planVisits.engagementId),
        eq(engagements.state, "agreed"),
        eq(engagements.visitOn, planSessions.day),
      ),
    );
  const today = limaDay(act.at);
  const receives = and(
    eq(planSessions.kind, "group"),
    eq(planSessions.hostVisitId, planVisits.id),
    exists(agreed),
    leaving,
  );
  await replanTouched(tx, act, and(receives, gt(planSessions.day, today)));
  const hosts = await tx
    .select({ visitId: planVisits.id, sessionId: planSessions.id })
    .from(planVisits)
    .innerJoin(planSessions, eq(planSessions.id, planVisits.sessionId))
    .where(and(receives, eq(planSessions.day, today)))
    .orderBy(asc(planVisits.id));
  for (const { visitId, sessionId } of hosts)
    await doubtToday(tx, act, and(eq(planVisits.sessionId, sessionId), ne(planVisits.id, visitId)));
}
