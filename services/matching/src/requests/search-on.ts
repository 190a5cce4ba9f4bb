import type { Reason } from "@minka/contracts/common";
import { requestHandedOver } from "@minka/contracts/events";
import { nudgeAfterCommit, type Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { nextState, type Role } from "@minka/domain/lifecycle";
import type { Act } from "@minka/service/act";
import { and, eq } from "@minka/database/query";
import { record } from "../acting.ts";
import { noWomanNear } from "../ranking/attended-by.ts";
import { lastRoundOf } from "../ranking/find-candidates.ts";
import { matches, requests, type RequestRow } from "../tables.ts";
import { requestLifecycle } from "./request-lifecycle.ts";

/**
 * What follows a list that served nobody: the wider search, and after that one a person. The rest of the
 * list is withdrawn. `because` stays on the request until a new list replaces it.
 */
export async function searchOn(
  tx: Transaction,
  act: Act,
  { request, role, because }: { request: RequestRow; role: Role; because: Reason },
): Promise<void> {
  await withdrawListed(tx, request.id);
  const searched = request.round - request.roundsBefore;
  if (searched >= lastRoundOf(request.kind)) {
    // All women were asked: whether it may be anybody is theirs to say before a person looks.
    const asked = request.womanOnly === true && because.code === "all-asked";
    const why = asked ? { code: noWomanNear, parameters: {} } : because;
    return handOver(tx, act, { request, role, because: why });
  }
  await tx
    .update(requests)
    .set({
      state: nextState(requestLifecycle, request.state, "search-wider", role),
      searchRound: searched + 1,
      searchAttempts: 0,
      dueAt: act.at,
      listExpiresAt: null,
      reason: because,
    })
    .where(eq(requests.id, request.id));
  await record(tx, act, "request.search-wider", `request:${request.id}`);
  nudgeAfterCommit(tx, { service: "matching", job: "match-request", id: request.id, trace: act.trace });
}

/** Puts a request into the operator's hands, who is told. */
export async function handOver(
  tx: Transaction,
  act: Act,
  { request, role, because }: { request: RequestRow; role: Role; because: Reason },
): Promise<void> {
  await tx
    .update(requests)
    .set({
      state: nextState(requestLifecycle, request.state, "hand-over", role),
      dueAt: null,
      listExpiresAt: null,
      reason: because,
    })
    .where(eq(requests.id, request.id));
  await record(tx, act, "request.hand-over", `request:${request.id}`);
  await emit(tx, requestHandedOver, { requestId: request.id }, act);
}

export async function withdrawListed(tx: Transaction, requestId: string): Promise<void> {
  await tx
    .update(matches)
    .set({ state: "withdrawn" })
    .where(and(eq(matches.requestId, requestId), eq(matches.state, "listed")));
}
