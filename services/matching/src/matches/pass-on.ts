import type { DeclineReason } from "@minka/contracts/asks";
import { matchPassedOn } from "@minka/contracts/events";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { nextState, type Role } from "@minka/domain/lifecycle";
import { eq } from "drizzle-orm";
import { record, type Act } from "../acting.ts";
import { freePlace, lockPlaces } from "../capacity/places.ts";
import { searchOn } from "../requests/search-on.ts";
import { addToStanding } from "../standings/add-to-standing.ts";
import { matches, type MatchRow, type RequestRow } from "../tables.ts";
import { wakingMinutes } from "./answer-deadline.ts";
import { askMatch, takeFirstWithPlace } from "./ask-match.ts";
import { matchLifecycle } from "./match-lifecycle.ts";

type PassingOn = {
  request: RequestRow;
  match: MatchRow;
  /** All matches of the request, best first. */
  all: readonly MatchRow[];
  role: Role;
  cause: keyof typeof transitions;
  /** Of a no, where they said why. */
  reason?: DeclineReason | null;
};

const transitions = {
  declined: "decline",
  silent: "stay-silent",
  left: "take-back",
  unreachable: "take-back",
} as const;

/**
 * The asked provider said no, or nothing in time, or has left, or could not be told: its place is freed, its standing
 * counts it if they have heard of it, and the next of the same list with a place is asked without asking the producer again. With none left the
 * search goes on.
 */
export async function passOn(
  tx: Transaction,
  act: Act,
  { request, match, all, role, cause, reason = null }: PassingOn,
): Promise<void> {
  const waiting = all.filter(({ round, state }) => round === request.round && state === "listed");
  const name = transitions[cause];
  await lockPlaces(tx, [match.offerId, ...waiting.map(({ offerId }) => offerId)]);
  await tx
    .update(matches)
    .set({
      state: nextState(matchLifecycle, match.state, name, role),
      answeredAt: cause === "declined" ? act.at : null,
      capacityMonth: null,
      declineReason: reason,
    })
    .where(eq(matches.id, match.id));
  await record(tx, act, `match.${name}`, `match:${match.id}`);
  await freePlace(tx, match);
  const next = await takeFirstWithPlace(tx, waiting, act.at);
  if (cause === "declined") await addToStanding(tx, match.providerId, answered(match, act.at));
  if (cause === "silent") await addToStanding(tx, match.providerId, { asks: 1 });
  await emit(
    tx,
    matchPassedOn,
    { requestId: request.id, matchId: match.id, cause, nextMatchId: next?.id ?? null },
    act,
  );
  if (next) await askMatch(tx, act, { request, match: next, role, transition: "pass-on" });
  else await searchOn(tx, act, { request, role, because: { code: "all-asked", parameters: {} } });
}

/** What an answer, yes or no, adds to its provider's standing. */
export function answered(match: MatchRow, at: Date) {
  return { asks: 1, answers: 1, answerMinutesSum: wakingMinutes(match.askedAt ?? at, at) };
}
