import { matchWithdrawn, requestCancelled } from "@minka/contracts/events";
import type { CancelReason } from "@minka/contracts/follow-ups";
import { standingStates } from "@minka/contracts/engagements";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { nextState, type Role } from "@minka/domain/lifecycle";
import type { Act } from "@minka/service/act";
import { and, eq, inArray } from "@minka/database/query";
import { record } from "../acting.ts";
import { freePlace, lockPlaces } from "../capacity/places.ts";
import { engagementLifecycle } from "../engagements/engagement-lifecycle.ts";
import { noStep } from "../engagements/follow-up-steps.ts";
import { matchLifecycle } from "../matches/match-lifecycle.ts";
import { release } from "../sponsorships/reserve.ts";
import { engagements, matches, requests, type RequestRow } from "../tables.ts";
import { matchesOf } from "./lock-request.ts";
import { requestLifecycle } from "./request-lifecycle.ts";
import { withdrawListed } from "./search-on.ts";

type Ending = {
  request: RequestRow;
  role: Role;
  transition: "cancel" | "settle-cancelled";
  cancelReason?: CancelReason | null;
};

/** Calls an open request off. Providers who were asked or had agreed get their places back, and are told. */
export async function endRequest(
  tx: Transaction,
  act: Act,
  { request, role, transition, cancelReason = null }: Ending,
): Promise<void> {
  const requestId = request.id;
  const state = nextState(requestLifecycle, request.state, "cancel", role);
  const [standing] = await tx
    .select()
    .from(engagements)
    .where(and(eq(engagements.requestId, requestId), inArray(engagements.state, [...standingStates])));
  const held = (await matchesOf(tx, requestId)).filter(
    ({ id, state: at }) => at === "asked" || at === "quoted" || id === standing?.matchId,
  );
  await lockPlaces(tx, held, act.at);
  for (const match of held) {
    await tx
      .update(matches)
      .set({
        state: nextState(matchLifecycle, match.state, "withdraw", role),
        capacityMonth: null,
        withdrawnBecause: "cancelled",
      })
      .where(eq(matches.id, match.id));
    await record(tx, act, "match.withdraw", `match:${match.id}`);
    await freePlace(tx, match);
  }
  for (const { id } of held) await release(tx, act, id);
  if (standing) {
    const ended = nextState(engagementLifecycle, standing.state, transition, role);
    await tx
      .update(engagements)
      .set({ state: ended, closedAt: act.at, cancelReason, ...noStep })
      .where(eq(engagements.id, standing.id));
    await record(tx, act, `engagement.${transition}`, `engagement:${standing.id}`);
  }
  await withdrawListed(tx, requestId);
  await tx
    .update(requests)
    .set({
      state,
      dueAt: null,
      listExpiresAt: null,
      reason: cancelReason && { code: "cancelled", parameters: { why: cancelReason } },
    })
    .where(eq(requests.id, requestId));
  await record(tx, act, "request.cancel", `request:${requestId}`);
  const [first, ...others] = held;
  await emit(tx, requestCancelled, { requestId, matchId: first?.id ?? null }, act);
  for (const { id } of others)
    await emit(tx, matchWithdrawn, { requestId, matchId: id, cause: "cancelled" }, act);
}
