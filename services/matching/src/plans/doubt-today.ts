import { engagementInDoubt } from "@minka/contracts/events";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { limaDay } from "@minka/domain/lima-time";
import type { Act } from "@minka/service/act";
import { and, asc, eq, type SQL } from "@minka/database/query";
import { engagements } from "../tables.ts";
import { planVisits } from "./plans-tables.ts";

/** Visits that were agreed for today are not moved any more: an operator calls both sides of those that may not be. */
export async function doubtToday(tx: Transaction, act: Act, which: SQL | undefined): Promise<void> {
  const coming = await tx
    .select({
      requestId: engagements.requestId,
      engagementId: engagements.id,
      matchId: engagements.matchId,
    })
    .from(planVisits)
    .innerJoin(engagements, eq(engagements.id, planVisits.engagementId))
    .where(and(eq(engagements.state, "agreed"), eq(engagements.visitOn, limaDay(act.at)), which))
    .orderBy(asc(engagements.id));
  for (const visit of coming) await emit(tx, engagementInDoubt, visit, act);
}
