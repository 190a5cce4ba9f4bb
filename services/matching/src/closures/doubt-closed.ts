import { engagementInDoubt } from "@minka/contracts/events";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { limaDay } from "@minka/domain/lima-time";
import type { Act } from "@minka/service/act";
import { and, asc, between, eq, gt, inArray, like, notExists, sql } from "@minka/database/query";
import { plans, planSessions, planVisits } from "../plans/plans-tables.ts";
import { engagements, matches, requests } from "../tables.ts";
import type { ClosureRow } from "./closures-tables.ts";

/**
 * Visits that were agreed for days on which nobody gets there any more: an operator calls both sides. Not those that
 * agents' months see to, which are placed anew, nor advice by phone, which gets through whatever the road.
 */
export async function doubtClosed(
  tx: Transaction,
  act: Act,
  { area, placeName, until }: Pick<ClosureRow, "area" | "placeName" | "until">,
): Promise<void> {
  const planned = tx
    .select({ id: planVisits.id })
    .from(planVisits)
    .innerJoin(plans, eq(plans.id, planVisits.planId))
    .innerJoin(planSessions, eq(planSessions.id, planVisits.sessionId))
    .where(
      and(
        eq(planVisits.engagementId, engagements.id),
        eq(planSessions.day, engagements.visitOn),
        gt(planSessions.day, limaDay(act.at)),
        inArray(plans.state, ["draft", "approved"]),
      ),
    );
  const doubtful = await tx
    .select({ engagementId: engagements.id, requestId: requests.id, matchId: matches.id })
    .from(engagements)
    .innerJoin(requests, eq(requests.id, engagements.requestId))
    .innerJoin(matches, eq(matches.id, engagements.matchId))
    .where(
      and(
        eq(engagements.state, "agreed"),
        between(engagements.visitOn, limaDay(act.at), until),
        like(requests.districtCode, `${area}%`),
        placeName === null ? undefined : eq(sql`lower(${requests.placeName})`, placeName.toLowerCase()),
        eq(matches.byPhone, false),
        notExists(planned),
      ),
    )
    .orderBy(asc(engagements.id));
  for (const visit of doubtful) await emit(tx, engagementInDoubt, visit, act);
}
