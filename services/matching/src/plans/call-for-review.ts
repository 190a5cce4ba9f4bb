import { planNeedsReview } from "@minka/contracts/plan-visits";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import type { Act } from "@minka/service/act";
import { and, count, eq, ne, sql } from "@minka/database/query";
import { planVisits, type PlanRow } from "./plans-tables.ts";

type Figures = { visits: number; unassigned: number };
type Waiting = Figures & { occasion: "drawn-up" | "failed" | "visits-left" | "not-placed-anew" };

/** After visits were placed: a first draft waits for its review, and of an approved plan what is with nobody. */
export async function callForReview(tx: Transaction, act: Act, plan: PlanRow): Promise<void> {
  const figures = await countVisits(tx, plan.id);
  if (plan.state === "computing") return needsReview(tx, act, plan, { occasion: "drawn-up", ...figures });
  if (plan.state !== "approved" || figures.unassigned === 0) return;
  await needsReview(tx, act, plan, { occasion: "visits-left", ...figures });
}

export async function countVisits(tx: Transaction, planId: string): Promise<Figures> {
  const [found] = await tx
    .select({
      visits: count(),
      // Who said no to a time is with nobody until there is another.
      unassigned:
        sql<number>`count(*) filter (where ${planVisits.state} in ('unassigned', 'refused'))`.mapWith(Number),
    })
    .from(planVisits)
    .where(and(eq(planVisits.planId, planId), ne(planVisits.state, "dropped")));
  return found ?? { visits: 0, unassigned: 0 };
}

export async function needsReview(
  tx: Transaction,
  act: Act,
  { id: planId, madeBy: personId, month }: PlanRow,
  waiting: Waiting,
): Promise<void> {
  await emit(tx, planNeedsReview, { planId, personId, month, ...waiting }, act);
}
