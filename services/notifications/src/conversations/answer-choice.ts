import { cancelRequest, chooseMatch, readRequest, refuseList, type Request } from "@minka/contracts/matching";
import { DomainError } from "@minka/domain/errors";
import { foldCase } from "@minka/language/fold";
import { interpret } from "@minka/language/interpret";
import { readCancelReason } from "@minka/language/read-cancel-reason";
import { readAttendance } from "@minka/language/read-attendance";
import { renderText } from "@minka/language/texts";
import { describeStatus } from "./answer-status.ts";
import { offTheMenu, picked } from "./menus.ts";
import { isListOver, newestOpen } from "./open-matters.ts";
import { lastLapsed } from "./prompts.ts";
import { numberByWords } from "./choose-by-words.ts";
import { saysNameOf } from "./names-said.ts";
import { sayAsked } from "./say-asked.ts";
import { findMatch, listChoices, listedMatches, sayList, shortName } from "./say-match.ts";
import { hoursFrom, say, type Outcome, type Turn } from "./turn.ts";

/** How long after a list has closed a bare number is still taken as an answer to it. */
const lateHours = 14 * 24;

/** A number picks from the open list, NO asks for others. */
export async function answerChoice(turn: Turn): Promise<Outcome | null> {
  const subject = turn.prompt?.subject;
  if (subject?.kind !== "choice") return null;
  const { intent } = turn.heard;
  if (givesUp(turn)) return callOff(turn, subject.requestId);
  if (intent === "decline") return refuse(turn, subject.requestId);
  const byNumber = picked(turn.text);
  if (byNumber === "several")
    return say("choose_only_one", { choices: listChoices(subject.matchIds.length, turn.language) });
  const number =
    byNumber ??
    numberChosen(turn, subject.matchIds.length) ??
    (await wordsChosen(turn, subject)) ??
    anyOf(turn);
  if (number === undefined) {
    const again = say("list_again", { choices: listChoices(subject.matchIds.length, turn.language) });
    return intent === "unknown" || intent === "choose" ? { ...again, puzzled: true } : null;
  }
  const matchId = subject.matchIds[number - 1];
  if (!matchId)
    return offTheMenu(
      turn,
      say("list_out_of_range", { choices: listChoices(subject.matchIds.length, turn.language) }),
    );
  return choose(turn, subject.requestId, matchId);
}

/** "¿cuánto cobra el 2?", "¿el segundo es bueno?", "hay más barato" ask, and choose nobody. */
const asking =
  /^\W*(cu[aá]nt|qui[eé]n|d[oó]nde|c[oó]mo|cu[aá]l|qu[eé]\b|q\b|k\b)|\?|\b(hay|habr[aá])\b|\bes buen[oa]\b/i;
/** Said of oneself as much as of the one on the list. */
const wellMyself = /^\W*(todo |estoy )?bien(,? (nomas|no mas|gracias|gracias a dios))?\W*$/;

/** The number that a message picks from the list; with one on the list YES picks it. */
function numberChosen({ text, heard }: Turn, listed: number): number | undefined {
  if (asking.test(text)) return undefined;
  if (heard.intent === "choose") return heard.slots.option;
  const agrees =
    listed === 1 && !wellMyself.test(foldCase(text)) && interpret(text, "confirming").intent === "confirm";
  return heard.intent === "unknown" && agrees ? 1 : undefined;
}

/** "Cualquiera", "el que sea": the first of the list, which is the best. */
function anyOf({ text, heard }: Turn): number | undefined {
  return heard.intent === "unknown" && readAttendance(text) === "whoever" ? 1 : undefined;
}

/**
 * "la Mirtha": the number of the one on the list who alone has a word of the message in their name; or who is
 * the cheapest or the nearest, where the message asks for that.
 */
async function wordsChosen(
  { kit, text, heard, step }: Turn,
  { requestId, matchIds }: { requestId: string; matchIds: readonly string[] },
): Promise<number | undefined> {
  if (heard.intent !== "unknown" || asking.test(text)) return undefined;
  const { request } = await kit.call(readRequest, { params: { requestId } }, step("names"));
  const best = numberByWords(text, request, matchIds);
  if (best !== undefined) return best;
  const named = matchIds.filter((id) => saysNameOf(text, findMatch(request, id)?.providerName ?? ""));
  return named.length === 1 && named[0] ? matchIds.indexOf(named[0]) + 1 : undefined;
}

/** "2", "el 2", "el primero": as they are said of a list, when none is open. */
function picks(text: string): boolean {
  return picked(text) !== null || interpret(text, "choosing").intent === "choose";
}

/** What stands in the way of one choice and leaves the others of the list. */
const pickAnother: Readonly<
  Record<string, "list_heading_taken" | "list_heading_busy" | "list_heading_gone">
> = {
  "capacity-gone": "list_heading_taken",
  "provider-busy": "list_heading_busy",
  "provider-gone": "list_heading_gone",
  // Has left it since it was shown; of a former list it says nothing.
  "match-not-listed": "list_heading_gone",
};
const longestList = 3;

async function choose(turn: Turn, requestId: string, matchId: string): Promise<Outcome> {
  let askExpiresAt: string;
  try {
    ({ askExpiresAt } = await turn.kit.call(chooseMatch, { params: { matchId } }, turn.step("choose")));
  } catch (error) {
    if (!(error instanceof DomainError) || error.category !== "conflict") throw error;
    const heading = pickAnother[error.code];
    if (!heading) return { ...say("list_expired"), answered: true };
    const { request } = await turn.kit.call(readRequest, { params: { requestId } }, turn.step("read"));
    const gone = findMatch(request, matchId);
    if (request.state !== "listed" || gone?.round !== request.round)
      return { ...say("list_expired"), answered: true };
    const provider = shortName(gone.providerName);
    const others = othersThan(request, matchId, error.details["alternatives"]);
    if (others.length === 0) return say("chosen_gone", { provider });
    const because = (language: string) => renderText(heading, { provider }, language);
    return { ask: listQuestion(request, others, turn.now, because), answered: true };
  }
  const { request } = await turn.kit.call(readRequest, { params: { requestId } }, turn.step("read"));
  const match = findMatch(request, matchId);
  if (!match) return { answered: true };
  const asked = { match, expiresAt: new Date(askExpiresAt), now: turn.now };
  return { say: [(language) => sayAsked(asked, language)], answered: true };
}

/** Who of the list can be chosen instead: as matching counted it in that moment, or whoever is still on it. */
function othersThan(request: Request, matchId: string, alternatives: unknown): Request["matches"] {
  const open = request.matches.filter(({ state }) => state === "listed");
  const counted = Array.isArray(alternatives)
    ? alternatives.flatMap((id) => open.find((match) => match.id === id) ?? [])
    : listedMatches(request);
  return counted.filter(({ id }) => id !== matchId).slice(0, longestList);
}

async function refuse(turn: Turn, requestId: string): Promise<Outcome> {
  try {
    await turn.kit.call(refuseList, { params: { requestId } }, turn.step("refuse"));
  } catch (error) {
    if (!(error instanceof DomainError) || error.category !== "conflict") throw error;
    return { ...say("list_expired"), answered: true };
  }
  // The wider list, or the news that a person looks now, follows within seconds and is the answer.
  return { answered: true };
}

const notAtAll =
  /\bmejor (ya )?no\W*$|\bno quiero (ya )?nada\b|\bya no\b|\bolvid\w+|\bdej(a|e)(lo|la|mos)?\b/;

/** "No, mejor no": nothing is wanted any more, not another list. */
function givesUp({ text, heard }: Turn): boolean {
  if (heard.intent !== "decline" && heard.intent !== "unknown") return false;
  return !/\d/.test(text) && notAtAll.test(foldCase(text.slice(0, 200)));
}

async function callOff(turn: Turn, requestId: string): Promise<Outcome> {
  try {
    const reason = readCancelReason(turn.text);
    const input = { params: { requestId }, body: reason ? { reason } : {} };
    await turn.kit.call(cancelRequest, input, turn.step("call-off"));
  } catch (error) {
    if (!(error instanceof DomainError) || error.category !== "conflict") throw error;
    return { ...say("list_expired"), answered: true };
  }
  // Told by the news of the cancellation, which also closes the question.
  return {};
}

/** A number for a list that is closed: say so, or what happens instead, and not "I did not understand". */
export async function answerLateChoice(turn: Turn): Promise<Outcome | null> {
  if (turn.prompt || !picks(turn.text)) return null;
  const open = await newestOpen(turn);
  if (open && !isListOver(open, turn.now)) return describeStatus(turn, open, "waiting");
  const late = await lastLapsed(turn, {
    kinds: ["choice"],
    since: hoursFrom(turn.now, -lateHours),
    calledOff: true,
  });
  return late ? say("list_expired") : null;
}

/** The question that puts a list of matches; `because`: why it is put anew, in place of its heading. */
export function listQuestion(
  request: Request,
  matches: Request["matches"],
  now: Date,
  because?: (language: string) => string,
) {
  return {
    subject: {
      kind: "choice" as const,
      requestId: request.id,
      round: request.round,
      matchIds: matches.map(({ id }) => id),
    },
    text: (language: string) => sayList(request, matches, language, because?.(language)),
    expiresAt: request.listExpiresAt ? new Date(request.listExpiresAt) : hoursFrom(now, 48),
  };
}
