import { answerAsk, readRequest } from "@minka/contracts/matching";
import { limaDay } from "@minka/domain/lima-time";
import { DomainError } from "@minka/domain/errors";
import { interpret } from "@minka/language/interpret";
import { parseDay } from "@minka/language/parse-day";
import { describeNeed } from "@minka/language/texts";
import { readMatters, visitsToMake } from "./open-matters.ts";
import { lastLapsed } from "./prompts.ts";
import { placeName } from "./say-match.ts";
import { hoursFrom, say, type Outcome, type Turn } from "./turn.ts";

/** How long after its deadline an order is still what a bare SI or NO is about. */
const lateHours = 2 * 24;

/** A provider's YES (perhaps with a day) or NO. Both sides' contacts follow when matching has written it. */
export async function answerOffer(turn: Turn): Promise<Outcome | null> {
  const subject = turn.prompt?.subject;
  if (subject?.kind !== "offer") return null;
  const intent = (await callsItOff(turn)) ? "decline" : turn.heard.intent;
  if (intent === "unknown") {
    const { request } = await turn.kit.call(
      readRequest,
      { params: { requestId: subject.requestId } },
      turn.step("read"),
    );
    return {
      ...say("offer_again", { need: describeNeed(request.need), place: placeName(request.districtCode) }),
      puzzled: true,
    };
  }
  if (intent !== "confirm" && intent !== "decline") return null;
  const params = { matchId: subject.matchId };
  try {
    if (intent === "decline") {
      await turn.kit.call(answerAsk, { params, body: { accept: false } }, turn.step("decline"));
      return { ...say("offer_declined"), answered: true };
    }
    const visitOn = parseDay(turn.text, limaDay(turn.writtenAt));
    if (visitOn === null && namesDay.test(turn.text)) return say("offer_bad_day");
    await turn.kit.call(
      answerAsk,
      { params, body: { accept: true, ...(visitOn ? { visitOn } : {}) } },
      turn.step("accept"),
    );
    // No reply here: "agreed" follows at once, with the producer's name and number in it.
    return { answered: true };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error.category === "conflict") return { ...say("offer_expired"), answered: true };
    if (error.category === "invalid") return say("offer_bad_day");
    throw error;
  }
}

/** A date that is none, or is over: "31 de febrero", "ayer". */
const namesDay = /\d{1,2}\s*(?:[/-]\s*\d|de\s+\p{L}{3})|\bayer\b/iu;

/** CANCELAR from a provider who has nothing of their own to cancel means the order in question. */
async function callsItOff(turn: Turn): Promise<boolean> {
  if (turn.heard.intent !== "cancel_request") return false;
  const matters = await readMatters(turn);
  return matters.requests.length === 0 && visitsToMake(matters).length === 0;
}

/** An answer to an order that has gone on to somebody else. Said once: a second "ok" is only politeness. */
export async function answerLateOffer(turn: Turn): Promise<Outcome | null> {
  if (turn.prompt) return null;
  const { intent } = interpret(turn.text, "offered");
  if (intent !== "confirm" && intent !== "decline") return null;
  const late = await lastLapsed(turn.kit.db, turn.phone, {
    kinds: ["offer"],
    since: hoursFrom(turn.now, -lateHours),
    now: turn.now,
  });
  return late ? { ...say("offer_expired"), settles: late } : null;
}
