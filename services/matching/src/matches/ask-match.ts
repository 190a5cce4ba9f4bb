import { matchAsked } from "@minka/contracts/events";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { nextState, type Role } from "@minka/domain/lifecycle";
import type { Act } from "@minka/service/act";
import { eq } from "@minka/database/query";
import { record } from "../acting.ts";
import { monthOf } from "../capacity/places.ts";
import { requestLifecycle, type RequestTransition } from "../requests/request-lifecycle.ts";
import { reserveFor } from "../sponsorships/reserve.ts";
import { matches, requests, type MatchRow, type RequestRow } from "../tables.ts";
import { answerDeadline } from "./answer-deadline.ts";
import { matchLifecycle } from "./match-lifecycle.ts";

/** Puts the question to a match's provider. Its place must have been taken in this transaction. */
export async function askMatch(
  tx: Transaction,
  act: Act,
  {
    request,
    match,
    role,
    transition,
  }: { request: RequestRow; match: MatchRow; role: Role; transition: RequestTransition },
): Promise<Date> {
  const askExpiresAt = answerDeadline(act.at, request.need);
  await tx
    .update(matches)
    .set({
      state: nextState(matchLifecycle, match.state, "ask", role),
      askedAt: act.at,
      askExpiresAt,
      capacityMonth: monthOf(match, act.at),
      withdrawnBecause: null,
      trace: act.trace,
    })
    .where(eq(matches.id, match.id));
  await tx
    .update(requests)
    .set({
      state: nextState(requestLifecycle, request.state, transition, role),
      listExpiresAt: null,
      reason: null,
    })
    .where(eq(requests.id, request.id));
  await record(tx, act, "match.ask", `match:${match.id}`);
  const { changed } = await reserveFor(tx, act, { request, match });
  const told = { requestId: request.id, matchId: match.id, ...(changed ? { sponsorChanged: true } : {}) };
  await emit(tx, matchAsked, told, act);
  return askExpiresAt;
}
