import { answerAsk, readRequest } from "@minka/contracts/matching";
import { limaDay } from "@minka/domain/lima-time";
import { DomainError } from "@minka/domain/errors";
import { foldCase } from "@minka/language/fold";
import type { Intent } from "@minka/language/intents";
import { interpret } from "@minka/language/interpret";
import { readDeclineReason } from "@minka/language/read-decline-reason";
import { namesRate, readProposal, readProposedDay } from "@minka/language/read-proposal";
import { describeNeed, sayDay } from "@minka/language/texts";
import { answerReport } from "./answer-own-visit.ts";
import { answerOwnReport } from "./answer-visit.ts";
import { answerWithQuote } from "./answer-with-quote.ts";
import { readMatters, visitsToMake } from "./open-matters.ts";
import { lastLapsed } from "./prompts.ts";
import { sayOfferFacts } from "./say-order.ts";
import { findMatch, placeName } from "./say-match.ts";
import { sayAsk } from "./say-quote.ts";
import { hoursFrom, say, type Outcome, type Turn } from "./turn.ts";

/** How long after its deadline an order is still what a bare SI or NO is about. */
const lateHours = 2 * 24;

/** A provider's YES (perhaps with a day) or NO. Both sides' contacts follow when matching has written it. */
export async function answerOffer(turn: Turn): Promise<Outcome | null> {
  const subject = turn.prompt?.subject;
  if (subject?.kind !== "offer") return null;
  const done = await reportsVisit(turn, subject);
  if (done) return done;
  if (asksAboutOrder(turn) && !proposesPrice(turn)) return describeOrder(turn, subject);
  const quoted = await answerWithQuote(turn, subject);
  if (quoted) return quoted;
  const intent = (await saysNo(turn)) ? "decline" : turn.heard.intent;
  if (intent === "unknown") return sayAgain(turn, subject);
  if (intent !== "confirm" && intent !== "decline") return null;
  const params = { matchId: subject.matchId };
  try {
    if (intent === "decline") {
      const reason = readDeclineReason(turn.text);
      const body = { accept: false, ...(reason ? { reason } : {}) } as const;
      await turn.kit.call(answerAsk, { params, body }, turn.step("decline"));
      return { ...say(reason === "busy" ? "offer_declined_busy" : "offer_declined"), answered: true };
    }
    const visitOn = readProposedDay(turn.text, limaDay(turn.writtenAt));
    if (visitOn === null && namesDay.test(turn.text)) return say("offer_bad_day");
    await turn.kit.call(
      answerAsk,
      { params, body: { accept: true, ...(visitOn ? { visitOn } : {}) } },
      turn.step("accept"),
    );
    // No reply here: "agreed" follows at once, with the producer's name and number in it.
    return { ...(namesRate(turn.text) ? say("rate_by_phone") : {}), answered: true, newsFirst: true };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { openOn } = error.details;
    if (error.code === "place-closed" && typeof openOn === "string")
      return say("offer_place_closed", { day: sayDay(openOn, limaDay(turn.now), turn.language) });
    if (error.category === "conflict") return { ...say("offer_expired"), answered: true };
    if (error.category === "invalid") return say("offer_bad_day");
    throw error;
  }
}

type Order = { requestId: string; matchId: string };

/**
 * LISTO from somebody with an agreed visit is about that visit, even while another order waits for an
 * answer: taken for a yes it would send them to a second farm. The order is put again beside the thanks.
 */
async function reportsVisit(turn: Turn, order: Order): Promise<Outcome | null> {
  const { heard } = turn;
  const asReport: Turn = { ...turn, heard: interpret(turn.text, "idle") };
  if (heard.intent !== "confirm" && heard.intent !== "report_done") return null;
  if (asReport.heard.intent !== "report_done") return null;
  const made = (await answerReport(asReport)) ?? (await answerOwnReport(asReport));
  if (!made) return sayAgain(turn, order);
  // The order waits, and is put again after it.
  if (made.ask?.subject.kind === "visit") return made;
  const again = await sayOrder(turn, order);
  return { ...made, say: [...(made.say ?? []), ...(again ? [again] : [])], answered: false };
}

const aboutOrder =
  /\b(a?donde|lugar|lejos|cerca|distancia|paga\w*|pagan|cuanto|precio|hora|numero|telefono|celular|cuando|quien|plazo)\b/;
const answerable: readonly Intent[] = ["unknown", "set_place", "ask_price", "ask_status"];

/** "¿Dónde queda?", "¿cuánto me pagan?", "¿qué número?" of the order in question, and not the price of a crop. */
function asksAboutOrder({ text, heard }: Turn): boolean {
  if (heard.intent === "ask_price" && heard.slots.crop) return false;
  // "¿Está lejos?" asks what "está lejos" says.
  const asks = heard.intent === "decline" && text.includes("?") && !/^\W*no\b/i.test(text);
  return (asks || answerable.includes(heard.intent)) && aboutOrder.test(foldCase(text.slice(0, 200)));
}

/** "Mi precio es 50 soles" tells and does not ask. */
function proposesPrice({ text, writtenAt }: Turn): boolean {
  return !text.includes("?") && readProposal(text, limaDay(writtenAt)).priceCentimos !== null;
}

async function describeOrder(turn: Turn, order: Order): Promise<Outcome> {
  const facts = await sayOrder(turn, order, "offer_facts");
  return facts ? { say: [facts] } : { ...say("offer_expired"), answered: true };
}

async function sayOrder(
  turn: Turn,
  { requestId, matchId }: Order,
  key: "offer" | "offer_facts" = "offer",
): Promise<string | null> {
  const { request } = await turn.kit.call(readRequest, { params: { requestId } }, turn.step("order"));
  const match = findMatch(request, matchId);
  if (match?.state !== "asked") return null;
  const tell = key === "offer" ? sayAsk : sayOfferFacts;
  return tell(request, match, turn.now, turn.language);
}

async function sayAgain(turn: Turn, { requestId }: Order): Promise<Outcome> {
  const { request } = await turn.kit.call(readRequest, { params: { requestId } }, turn.step("read"));
  const words = { need: describeNeed(request.need, turn.language), place: placeName(request.districtCode) };
  return { ...say("offer_again", words), puzzled: true };
}

/** A date that is none, or is over: "31 de febrero", "ayer". */
const namesDay = /\d{1,2}\s*(?:[/-]\s*\d|de\s+\p{L}{3})|\bayer\b/iu;

/**
 * CANCELAR from a provider who has nothing of their own to cancel means the order in question, and so does "no llego
 * hasta allá", which sounds like a visit that was not made.
 */
async function saysNo(turn: Turn): Promise<boolean> {
  const { intent } = turn.heard;
  const cannotGo = intent === "report_no_show" && readDeclineReason(turn.text) === "far";
  if (intent !== "cancel_request" && !cannotGo) return false;
  const matters = await readMatters(turn);
  return matters.requests.length === 0 && visitsToMake(matters).length === 0;
}

/** An answer to an order that has gone on to somebody else. Said once: a second "ok" is only politeness. */
export async function answerLateOffer(turn: Turn): Promise<Outcome | null> {
  if (turn.prompt) return null;
  const { intent } = interpret(turn.text, "offered");
  if (intent !== "confirm" && intent !== "decline") return null;
  const late = await lastLapsed(turn, {
    kinds: ["offer"],
    since: hoursFrom(turn.now, -lateHours),
  });
  return late ? { ...say("offer_expired"), settles: late } : null;
}
