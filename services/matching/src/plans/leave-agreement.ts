import type { Reason } from "@minka/contracts/common";
import type { Transaction } from "@minka/database/connect";
import { nextState, type Role } from "@minka/domain/lifecycle";
import type { Act } from "@minka/service/act";
import { eq } from "@minka/database/query";
import { record } from "../acting.ts";
import { freePlace } from "../capacity/places.ts";
import { engagementLifecycle } from "../engagements/engagement-lifecycle.ts";
import { noStep } from "../engagements/follow-up-steps.ts";
import { matchLifecycle } from "../matches/match-lifecycle.ts";
import { lockRequest, lockRequestOfEngagement, matchesOf } from "../requests/lock-request.ts";
import { requestLifecycle } from "../requests/request-lifecycle.ts";
import { handOver } from "../requests/search-on.ts";
import { release } from "../sponsorships/reserve.ts";
import { engagements, matches, requests } from "../tables.ts";
import type { PlanVisitRow } from "./plans-tables.ts";

const changed: Reason = { code: "plan-changed", parameters: {} };
const dropped: Reason = { code: "plan-dropped", parameters: {} };

/**
 * A visit that both had agreed to will not be, or not then: its engagement ends, the place is free, and the request is
 * an operator's until the visit is agreed on anew. False where nothing was agreed any more. The plan's row is locked.
 */
export async function leaveAgreement(
  tx: Transaction,
  act: Act,
  { visit, role }: { visit: PlanVisitRow; role: "provider" | "operator" },
): Promise<boolean> {
  if (visit.engagementId === null) return false;
  const { request, engagement } = await lockRequestOfEngagement(tx, visit.engagementId);
  if (engagement.state !== "agreed") return false;
  await tx
    .update(engagements)
    .set({
      state: nextState(engagementLifecycle, engagement.state, "call-off", role),
      closedAt: act.at,
      ...noStep,
    })
    .where(eq(engagements.id, engagement.id));
  const match = (await matchesOf(tx, request.id)).find(({ id }) => id === engagement.matchId);
  if (match) {
    await tx
      .update(matches)
      .set({ state: nextState(matchLifecycle, match.state, "withdraw", role), capacityMonth: null })
      .where(eq(matches.id, match.id));
    await freePlace(tx, match);
    await release(tx, act, match.id);
  }
  await tx
    .update(requests)
    .set({
      state: nextState(requestLifecycle, request.state, "leave-plan", role),
      reason: changed,
    })
    .where(eq(requests.id, request.id));
  await record(tx, act, "engagement.leave-plan", `engagement:${engagement.id}`);
  return true;
}

/** It took place, or did not, or is before an operator: nobody takes it away. Its request is locked from here on. */
export async function isOver(tx: Transaction, { state, engagementId }: PlanVisitRow): Promise<boolean> {
  if (state !== "accepted" || engagementId === null) return false;
  const { engagement } = await lockRequestOfEngagement(tx, engagementId);
  return engagement.state !== "agreed" && engagement.state !== "cancelled";
}

/**
 * The plan drops a visit that had been agreed on: nobody else sees to its request any more, so an operator hears of it,
 * once. What had never been agreed is an operator's as before. The plan's row is locked.
 */
export async function handBack(
  tx: Transaction,
  act: Act,
  { visit: { requestId }, role }: { visit: PlanVisitRow; role: Role },
): Promise<void> {
  if (requestId === null) return;
  const request = await lockRequest(tx, requestId);
  if (request.state !== "with_operator" || request.reason?.code !== changed.code) return;
  await handOver(tx, act, { request, role, because: dropped });
}
