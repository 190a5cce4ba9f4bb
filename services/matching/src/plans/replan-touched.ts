import type { Transaction } from "@minka/database/connect";
import { limaDay } from "@minka/domain/lima-time";
import type { Act } from "@minka/service/act";
import { and, asc, eq, gte, inArray, type SQL } from "@minka/database/query";
import { computeSoon, lockPlan } from "./lock-plan.ts";
import { plans, planSessions, planVisits } from "./plans-tables.ts";

const standing = ["planned", "proposed", "accepted"] as const;
const open = ["draft", "approved"] as const;

/**
 * Something has changed on which months that stand were built: those with a visit from today on that it touches are
 * placed anew, which moves what cannot stay. Plans are locked, so nothing else may be before.
 */
export async function replanTouched(tx: Transaction, act: Act, touched: SQL | undefined): Promise<void> {
  const found = await tx
    .selectDistinct({ id: plans.id })
    .from(planVisits)
    .innerJoin(plans, eq(plans.id, planVisits.planId))
    .innerJoin(planSessions, eq(planSessions.id, planVisits.sessionId))
    .where(
      and(
        inArray(plans.state, [...open]),
        inArray(planVisits.state, [...standing]),
        gte(planSessions.day, limaDay(act.at)),
        touched,
      ),
    )
    .orderBy(asc(plans.id));
  for (const { id } of found) {
    const plan = await lockPlan(tx, id);
    if (open.some((state) => state === plan.state)) await computeSoon(tx, act, plan);
  }
}
