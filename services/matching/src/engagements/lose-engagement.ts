import { engagementMissed } from "@minka/contracts/events";
import { engagementCalledOff } from "@minka/contracts/follow-ups";
import type { CancelReason } from "@minka/contracts/follow-ups";
import type { Side } from "@minka/contracts/quotes";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { nextState, type Role } from "@minka/domain/lifecycle";
import { limaInstant } from "@minka/domain/lima-time";
import type { Act } from "@minka/service/act";
import { eq } from "@minka/database/query";
import { record } from "../acting.ts";
import { freePlace, lockPlaces } from "../capacity/places.ts";
import { dispatch } from "../matches/ask-at-once.ts";
import { askMatch } from "../matches/ask-match.ts";
import { askedAtOnce } from "../matches/dispatch-rules.ts";
import { takeNext } from "../matches/take-places.ts";
import { matchesOf } from "../requests/lock-request.ts";
import { searchOn } from "../requests/search-on.ts";
import { release } from "../sponsorships/reserve.ts";
import { addToStanding, type Counters } from "../standings/add-to-standing.ts";
import { engagements, matches, type EngagementRow, type RequestRow } from "../tables.ts";
import { engagementLifecycle } from "./engagement-lifecycle.ts";
import { noStep } from "./follow-up-steps.ts";

/** Notice that leaves nobody time to find another. */
const lateHours = 24;

type Losing = {
  request: RequestRow;
  engagement: EngagementRow;
  role: Role;
  /** Null for an operator. */
  by: Side | null;
  transition: "miss" | "contest" | "call-off" | "settle-no-show";
  cancelReason?: CancelReason | null;
};

/**
 * Nobody came, or nobody will: the place is freed, what a sponsor kept for it too, and the next of the list is asked
 * or the search goes on. Who gives notice before the day is no no-show; within 24 hours of it, it counts as late.
 */
export async function loseEngagement(
  tx: Transaction,
  act: Act,
  { request, engagement, role, by, transition, cancelReason = null }: Losing,
): Promise<void> {
  const state = nextState(engagementLifecycle, engagement.state, transition, role);
  await tx
    .update(engagements)
    .set({ state, closedAt: act.at, reportedBy: by, cancelReason, ...noStep })
    .where(eq(engagements.id, engagement.id));
  await record(tx, act, `engagement.${transition}`, `engagement:${engagement.id}`);

  const all = await matchesOf(tx, request.id);
  const lost = all.find(({ id }) => id === engagement.matchId);
  // What its acceptance withdrew, those without a place then included: this may be another month.
  const waiting = all.filter(
    ({ round, state, withdrawnBecause }) =>
      round === request.round && state === "withdrawn" && withdrawnBecause !== "taken-back",
  );
  if (lost) {
    await lockPlaces(tx, [lost, ...waiting], act.at);
    await tx.update(matches).set({ capacityMonth: null }).where(eq(matches.id, lost.id));
    await freePlace(tx, lost);
  }
  const most = askedAtOnce(request.need);
  const taken = await takeNext(tx, { request, waiting, now: act.at, most });
  const [next] = taken;
  await release(tx, act, engagement.matchId);
  const told = {
    requestId: request.id,
    engagementId: engagement.id,
    matchId: engagement.matchId,
    nextMatchId: next?.id ?? null,
  };
  if (transition === "call-off") await emit(tx, engagementCalledOff, told, act);
  else await emit(tx, engagementMissed, { ...told, reportedBy: by }, act);
  if (next && most > 1) await dispatch(tx, act, { request, next: taken, role });
  else if (next) await askMatch(tx, act, { request, match: next, role, transition: "ask-again" });
  else await searchOn(tx, act, { request, role, because: { code: "all-asked", parameters: {} } });
  const counted = counts(engagement, transition, act.at);
  if (counted) await addToStanding(tx, engagement.providerId, counted);
}

function counts(
  { visitOn, state }: EngagementRow,
  transition: Losing["transition"],
  now: Date,
): Partial<Counters> | null {
  if (transition !== "call-off") return { noShows: 1, ...(state === "done" ? { completed: -1 } : {}) };
  const hoursLeft = (limaInstant(visitOn, 0).getTime() - now.getTime()) / 3_600_000;
  return hoursLeft < lateHours ? { cancelledLate: 1 } : null;
}
