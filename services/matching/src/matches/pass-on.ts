import type { DeclineReason } from "@minka/contracts/asks";
import { matchPassedOn } from "@minka/contracts/events";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { nextState, type Role } from "@minka/domain/lifecycle";
import type { Act } from "@minka/service/act";
import { eq } from "@minka/database/query";
import { record } from "../acting.ts";
import { noteAnswer, noteSilence } from "../capacity/ask-load.ts";
import { freePlace, lockPlaces } from "../capacity/places.ts";
import { searchOn } from "../requests/search-on.ts";
import { release } from "../sponsorships/reserve.ts";
import { addToStanding } from "../standings/add-to-standing.ts";
import { matches, type MatchRow, type RequestRow } from "../tables.ts";
import { wakingMinutes } from "./answer-deadline.ts";
import { dispatch } from "./ask-at-once.ts";
import { askMatch } from "./ask-match.ts";
import { askedAtOnce } from "./dispatch-rules.ts";
import { matchLifecycle } from "./match-lifecycle.ts";
import { stillListed, takeNext } from "./take-places.ts";
import { isOpenAsk } from "./withdraw-asked.ts";

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
  refused: "refuse-quote",
} as const;

/**
 * The asked provider said no, or nothing in time, or has left, or could not be told, or its price was refused: its
 * place is freed, its standing counts it if they have heard of it, and the next of the same list with a place is asked
 * without asking the producer again. With none left the search goes on. Of an urgent request the others who are asked have the word first; after
 * them come the next three.
 */
export async function passOn(
  tx: Transaction,
  act: Act,
  { request, match, all, role, cause, reason = null }: PassingOn,
): Promise<void> {
  const stillAsked = all.filter((each) => each.id !== match.id && isOpenAsk(each)).length;
  const waiting = stillAsked > 0 ? [] : stillListed(request, all);
  const name = transitions[cause];
  await lockPlaces(tx, [match, ...waiting], act.at);
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
  const most = askedAtOnce(request.need);
  const next = await takeNext(tx, { request, waiting, now: act.at, most, also: [match.providerId] });
  if (cause === "declined") await noteAnswer(tx, act, match);
  if (cause === "silent") await noteSilence(tx, act, match);
  await release(tx, act, match.id);
  const [first] = next;
  await emit(
    tx,
    matchPassedOn,
    {
      requestId: request.id,
      matchId: match.id,
      cause,
      nextMatchId: first?.id ?? null,
      ...(stillAsked > 0 ? { stillAsked } : {}),
    },
    act,
  );
  if (first && most > 1) await dispatch(tx, act, { request, next, role });
  else if (first) await askMatch(tx, act, { request, match: first, role, transition: "pass-on" });
  else if (stillAsked === 0)
    await searchOn(tx, act, { request, role, because: { code: "all-asked", parameters: {} } });
  if (cause === "declined") await addToStanding(tx, match.providerId, answered(match, act.at));
  if (cause === "silent") await addToStanding(tx, match.providerId, { asks: 1 });
}

/** What an answer, yes or no, adds to its provider's standing. */
export function answered(match: MatchRow, at: Date) {
  return { asks: 1, answers: 1, answerMinutesSum: wakingMinutes(match.askedAt ?? at, at) };
}
