import { requestDispatched } from "@minka/contracts/events";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import type { Role } from "@minka/domain/lifecycle";
import type { Act } from "@minka/service/act";
import { matchesOf } from "../requests/lock-request.ts";
import { searchOn } from "../requests/search-on.ts";
import type { MatchRow, RequestRow } from "../tables.ts";
import { askMatch } from "./ask-match.ts";
import { urgentRule } from "./dispatch-rules.ts";
import { stillListed, takeNext } from "./take-places.ts";

/**
 * What becomes of the list that a search has just found for an urgent request, which is listed by now: nobody chooses,
 * the best three with a place are asked, and the first who says yes comes. Where none has one the search goes on.
 */
export async function askAtOnce(
  tx: Transaction,
  act: Act,
  { request, role }: { request: RequestRow; role: Role },
): Promise<void> {
  const waiting = stillListed(request, await matchesOf(tx, request.id));
  const most = urgentRule.askedAtOnce;
  const next = await takeNext(tx, { request, waiting, now: act.at, most });
  if (next.length > 0) return dispatch(tx, act, { request, next, role });
  await searchOn(tx, act, { request, role, because: { code: "all-full", parameters: {} } });
}

/** Asks several providers at once, whose places are taken, and has the request's person told in one message. */
export async function dispatch(
  tx: Transaction,
  act: Act,
  { request, next, role }: { request: RequestRow; next: readonly MatchRow[]; role: Role },
): Promise<void> {
  for (const match of next) await askMatch(tx, act, { request, match, role, transition: "ask-at-once" });
  const matchIds = next.map(({ id }) => id);
  await emit(tx, requestDispatched, { requestId: request.id, matchIds }, act);
}
