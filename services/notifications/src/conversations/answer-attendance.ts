import { attendedKinds, chooseAttendance } from "@minka/contracts/attendance";
import type { Request } from "@minka/contracts/matching";
import { updatePerson, type Person } from "@minka/contracts/profiles";
import { DomainError } from "@minka/domain/errors";
import { foldCase } from "@minka/language/fold";
import { readAttendance } from "@minka/language/read-attendance";
import { askConsent, noWish } from "./ask-consent.ts";
import { womanWanted } from "./attendance-wish.ts";
import { decideOnce } from "./decide-once.ts";
import { readMatters } from "./open-matters.ts";
import { kindOfIntent, sameRequest } from "./same-need.ts";
import { findMatch, shortName } from "./say-match.ts";
import { say, type Outcome, type Turn } from "./turn.ts";

/**
 * "Que me atienda una mujer", and what takes it back: kept with the person, and applied to what they have open. A
 * need that is said with it goes on as a need, which finds it kept.
 */
export async function answerAttendance(turn: Turn): Promise<Outcome | null> {
  if (readAttendance(turn.text) === null) return null;
  const wish = womanWanted(turn);
  // What was understood may rest on the very preference that is changed.
  const decided = await decideOnce(turn, "woman", async () => (wish === null ? null : { wish }));
  if (decided === null) return null;
  const wantsWoman = decided.wish;
  const { person, prompt } = turn;
  if (!person?.consented) return wantsWoman ? keepForLater(turn) : null;
  if (prompt?.kind === "consent") return null;
  if (statesNeed(turn)) {
    const same = await sameRequest(turn);
    if (!same) return null;
    return keep(turn, person, wantsWoman, [same]);
  }
  const { requests } = await readMatters(turn);
  return keep(turn, person, wantsWoman, requests);
}

/** Who is not known yet is asked for consent first, unless they came for something that asks for it. */
function keepForLater(turn: Turn): Outcome | null {
  if (statesNeed(turn) || turn.heard.intent === "confirm") return null;
  return askConsent(turn, { ...noWish, wantsWoman: true });
}

const onlyAPreference = /\bpref\w+|\bsolo\b|\bsolamente\b|\bmejor\b|\bgustaria\b/;

/** "Ingeniera pa la roya" is a need; "prefiero una ingeniera" says only who. */
function statesNeed({ heard, text }: Turn): boolean {
  if (heard.intent === "register" || heard.intent === "set_place") return true;
  if (!kindOfIntent[heard.intent]) return false;
  return Object.keys(heard.slots).length > 0 || !onlyAPreference.test(foldCase(text.slice(0, 200)));
}

async function keep(
  turn: Turn,
  person: Person,
  wantsWoman: boolean,
  requests: readonly Request[],
): Promise<Outcome> {
  if (person.prefersWoman !== wantsWoman) {
    const params = { personId: person.id };
    await turn.kit.call(updatePerson, { params, body: { prefersWoman: wantsWoman } }, turn.step("attended"));
  }
  const open = await decideOnce(turn, "attended", async () => ({
    ids: requests.filter(({ need }) => attendedKinds.includes(need.kind)).map(({ id }) => id),
  }));
  let searches = false;
  for (const requestId of open?.ids ?? [])
    searches = (await applyTo(turn, requestId, wantsWoman)) || searches;
  // The new list, or the news that there is no woman near, follows within seconds and is the answer.
  if (searches) return { answered: isAbout(turn, open?.ids ?? []) };
  if (!wantsWoman) return { ...say("anybody_noted"), answered: turn.prompt?.kind === "attendance" };
  const repeats = turn.prompt?.kind === "choice" || turn.prompt?.kind === "place";
  if (repeats && turn.prompt) return { say: [turn.prompt.text] };
  return sayKept(requests);
}

async function applyTo(turn: Turn, requestId: string, wantsWoman: boolean): Promise<boolean> {
  const by = wantsWoman ? ("woman" as const) : ("anybody" as const);
  try {
    const { searches } = await turn.kit.call(
      chooseAttendance,
      { params: { requestId }, body: { by } },
      turn.step(`attended-${requestId}`),
    );
    return searches;
  } catch (error) {
    if (!(error instanceof DomainError) || error.category !== "conflict") throw error;
    return false;
  }
}

/** The list that was open is made anew: its numbers mean nothing any more. */
function isAbout({ prompt }: Turn, requestIds: readonly string[]): boolean {
  const subject = prompt?.subject;
  return (
    (subject?.kind === "choice" || subject?.kind === "attendance") && requestIds.includes(subject.requestId)
  );
}

/** Somebody who was asked already, or has agreed, stays. */
function sayKept(requests: readonly Request[]): Outcome {
  for (const request of requests) {
    const asked =
      request.matches.find(({ state }) => state === "asked") ??
      (request.engagement && findMatch(request, request.engagement.matchId));
    if (asked && attendedKinds.includes(request.need.kind))
      return say("woman_noted_next", { provider: shortName(asked.providerName) });
  }
  return say("woman_noted");
}

/** "No hay una mujer cerca, ¿buscamos a cualquiera?" SI searches at once; with NO a person goes on looking. */
export async function answerNoWomanNear(turn: Turn): Promise<Outcome | null> {
  const subject = turn.prompt?.subject;
  if (subject?.kind !== "attendance") return null;
  switch (turn.heard.intent) {
    case "confirm":
      return (await applyTo(turn, subject.requestId, false))
        ? { answered: true }
        : { ...say("anybody_noted"), answered: true };
    case "decline":
      return { ...say("woman_still_wanted"), answered: true };
    case "unknown":
      return { ...say("answer_yes_or_no"), puzzled: true };
    default:
      return null;
  }
}
