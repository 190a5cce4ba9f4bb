import type { Match } from "@minka/contracts/matches";
import { answerQuote as answerQuoteContract, type Quote } from "@minka/contracts/quotes";
import { DomainError } from "@minka/domain/errors";
import { limaDay, type LimaDay } from "@minka/domain/lima-time";
import { foldCase } from "@minka/language/fold";
import { interpret } from "@minka/language/interpret";
import { offersInstead, readProposal } from "@minka/language/read-proposal";
import { decideOnce } from "./decide-once.ts";
import { lastLapsed } from "./prompts.ts";
import { propose, readMatch, refusal, sayDayStands } from "./propose.ts";
import { sayVisitInSentence, shortName } from "./say-match.ts";
import { sayWhatTheyCan } from "./say-quote.ts";
import { hoursFrom, say, type Outcome, type Turn } from "./turn.ts";
import { namesPrice } from "./answer-with-quote.ts";

/** How long after its time a bare SI or NO is still about what was proposed. */
const lateHours = 2 * 24;

type Said =
  | { kind: "accept" | "refuse"; agreed: boolean }
  | { kind: "over" }
  | { kind: "propose"; agreed: boolean; by: Quote["by"]; priceCentimos?: number; visitOn?: LimaDay }
  | { kind: "unclear"; number: number }
  | null;

/** SI, NO or a proposal of one's own, to a price or a day that the other side proposes. */
export async function answerQuote(turn: Turn): Promise<Outcome | null> {
  const subject = turn.prompt?.subject;
  if (subject?.kind !== "quote") return null;
  const answer = await decideOnce(turn, "quote", async () => {
    const { match } = await readMatch(turn, subject);
    const quote = match?.quote;
    if (!match || quote?.id !== subject.quoteId) return { kind: "over" } satisfies Said;
    return readAnswer(turn, match, quote);
  });
  switch (answer?.kind) {
    case "over":
      return isAnswer(turn) ? { ...say("quote_over"), answered: true } : null;
    case "unclear":
      return { ...say("quote_unclear", { number: answer.number }), puzzled: true };
    case "propose":
      return proposeInstead(turn, subject, answer);
    case "accept":
    case "refuse":
      return settle(turn, subject, answer);
    case undefined:
      if (asksTerms(turn)) return sayTerms(turn, subject);
      return turn.heard.intent === "unknown" ? again(turn, subject) : null;
  }
}

const answering = ["confirm", "decline", "unknown"];
const isAnswer = ({ heard }: Turn) => answering.includes(heard.intent);

/** "¿Cuánto de interés?", "cuanto es la cuota" of what is proposed. */
const terms = /\b(interes(es)?|tasa|cuotas?|plazo|porcentaje|garantia|requisitos?|condiciones)\b/;
const asking = /\?|\b(cuanto|cuanta|cuantas|cuantos|cual|cuales|que|como)\b/;

function asksTerms({ text, heard }: Turn): boolean {
  const said = foldCase(text.slice(0, 200));
  const mayAsk = [...answering, "request_credit", "ask_price", "help"].includes(heard.intent);
  return mayAsk && terms.test(said) && asking.test(said);
}

/** What they propose once more, and how the rest is found out: their number is told with a yes. */
async function sayTerms(turn: Turn, { requestId, matchId }: Subject): Promise<Outcome> {
  const { request, match } = await readMatch(turn, { requestId, matchId });
  const quote = match?.quote;
  if (!match || !quote) return say("quote_over");
  if (match.state === "accepted" || quote.by !== "provider")
    return sayDayStands(turn, requestId, quote.by === "provider" ? "requester" : "provider");
  const saying = { match, request, now: turn.now, language: turn.language };
  return say("quote_facts", {
    provider: shortName(match.providerName),
    quote: sayWhatTheyCan(quote, saying),
  });
}

function readAnswer(turn: Turn, match: Match, quote: Quote): Said {
  const { text, heard } = turn;
  if (asksTerms(turn)) return null;
  const agreed = match.state === "accepted";
  const { priceCentimos: price, visitOn, unclear } = readProposal(text, limaDay(turn.writtenAt));
  if (!isAnswer(turn) && !namesPrice(turn, price)) return null;
  if (text.includes("?")) return null;
  if (unclear !== null && !agreed && heard.intent !== "decline") {
    const same = unclear * 100 === quote.priceCentimos;
    return same ? { kind: "accept", agreed } : { kind: "unclear", number: unclear };
  }
  const otherPrice = !agreed && price !== null && price !== (quote.priceCentimos ?? match.priceCentimos);
  const onlySaysWhy = heard.intent === "decline" && !offersInstead(text);
  const otherDay = visitOn !== null && visitOn !== quote.visitOn && !onlySaysWhy;
  if (otherPrice || otherDay)
    return {
      kind: "propose",
      agreed,
      by: quote.by === "provider" ? "requester" : "provider",
      ...(otherPrice ? { priceCentimos: price } : {}),
      ...(otherDay ? { visitOn } : {}),
    };
  if (heard.intent === "decline") return { kind: "refuse", agreed };
  const repeats = price !== null || visitOn !== null;
  return heard.intent === "confirm" || repeats ? { kind: "accept", agreed } : null;
}

type Subject = { requestId: string; matchId: string; quoteId: string };

async function settle(
  turn: Turn,
  { requestId, matchId, quoteId }: Subject,
  { kind, agreed }: { kind: "accept" | "refuse"; agreed: boolean },
): Promise<Outcome> {
  const accept = kind === "accept";
  try {
    const input = { params: { quoteId }, body: { accept } };
    await turn.kit.call(answerQuoteContract, input, turn.step(kind));
  } catch (error) {
    const tooLate =
      error instanceof DomainError && error.category === "conflict" && error.code !== "place-closed";
    return tooLate ? { ...say("quote_over"), answered: true } : refusal(turn, error, "requester");
  }
  // What follows of an agreement, or who is asked next, is told by the news.
  if (accept || !agreed) return { answered: true };
  const { request } = await readMatch(turn, { requestId, matchId });
  if (!request.engagement) return { answered: true };
  const day = sayVisitInSentence(request.engagement, turn.now, turn.language);
  return { ...say("day_stays", { day }), answered: true };
}

/** Another price or day instead. Of what is agreed theirs is refused with it: one is proposed at a time. */
async function proposeInstead(
  turn: Turn,
  { requestId, matchId, quoteId }: Subject,
  { agreed, by, ...named }: Extract<Said, { kind: "propose" }>,
): Promise<Outcome> {
  if (agreed) {
    try {
      const input = { params: { quoteId }, body: { accept: false } };
      await turn.kit.call(answerQuoteContract, input, turn.step("refuse"));
    } catch (error) {
      if (!(error instanceof DomainError) || error.category !== "conflict") throw error;
      return { ...(await sayDayStands(turn, requestId, by)), answered: true };
    }
  }
  const { priceCentimos, visitOn } = named;
  return propose(turn, { requestId, agreed }, { matchId, by, priceCentimos, visitOn });
}

async function again(turn: Turn, subject: Subject): Promise<Outcome> {
  const { match } = await readMatch(turn, subject);
  if (match?.state === "accepted") return { ...say("answer_yes_or_no"), puzzled: true };
  return { ...say("quote_again", { provider: shortName(match?.providerName ?? "") }), puzzled: true };
}

/** SI or NO to what is no longer proposed. Said once. */
export async function answerLateQuote(turn: Turn): Promise<Outcome | null> {
  if (turn.prompt) return null;
  const { intent } = interpret(turn.text, "offered");
  if (intent !== "confirm" && intent !== "decline") return null;
  const since = hoursFrom(turn.now, -lateHours);
  const late = await lastLapsed(turn, { kinds: ["quote", "rework"], since });
  if (!late) return null;
  return { ...say(late.kind === "rework" ? "rework_over" : "quote_over"), settles: late };
}
