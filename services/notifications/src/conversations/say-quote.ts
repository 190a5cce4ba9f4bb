import type { Match } from "@minka/contracts/matches";
import type { Request } from "@minka/contracts/matching";
import type { Quote } from "@minka/contracts/quotes";
import { countSegments, foldToGsm7 } from "@minka/language/gsm7";
import { describeNeed, phrase, renderText, sayDeadline } from "@minka/language/texts";
import {
  findMatch,
  fits,
  placeName,
  sayMatchDeadline,
  sayOffer,
  sayPrice,
  sayVisit,
  sayVisitInSentence,
  shortName,
} from "./say-match.ts";
import type { Question } from "./prompts.ts";
import type { PromptSubject } from "./prompt-kinds.ts";

type Proposed = Pick<Quote, "priceCentimos" | "visitOn"> & { priceUnit?: string | null };
type Saying = { match: Match; request: Request; now: Date; language?: string | undefined };

function priceOf(
  { priceCentimos, priceUnit }: Proposed,
  { match, request, language }: Saying,
): string | null {
  if (priceCentimos === null) return null;
  const unit = priceUnit === undefined ? match.priceUnit : priceUnit;
  return sayPrice({ ...match, priceCentimos, priceUnit: unit }, request.need.kind, undefined, language);
}

/** "el viernes 28, S/ 40": what is proposed, by itself. */
export function sayProposal(proposed: Proposed, saying: Saying): string {
  const price = priceOf(proposed, saying);
  const { now, language } = saying;
  if (proposed.visitOn === null) return price ?? "";
  const day = sayVisitInSentence({ visitOn: proposed.visitOn }, now, language);
  return price === null ? day : phrase("day_and_price", { day, price }, language);
}

/** "puede el viernes 28 por S/ 40", after the name of who proposes it. Who buys a harvest pays the price. */
export function sayWhatTheyCan(quote: Quote, saying: Saying): string {
  const { request, language } = saying;
  const price = priceOf(quote, saying) ?? "";
  const buys = request.need.kind === "purchase";
  if (quote.visitOn === null) return phrase(buys ? "pays" : "quote_price", { price }, language);
  const day = sayVisitInSentence({ visitOn: quote.visitOn }, saying.now, language);
  if (quote.priceCentimos === null) return phrase("quote_day", { day }, language);
  return phrase(buys ? "quote_both_pays" : "quote_both", { day, price }, language);
}

/** What the producer reads of a provider's proposal, and of another price also what the list said, where it fits. */
function sayQuote(quote: Quote, saying: Saying): string {
  const { match, request, now, language } = saying;
  const textWith = (before: string) => {
    const can = sayWhatTheyCan(quote, saying);
    const parameters = {
      provider: shortName(match.providerName),
      quote: before === "" ? can : phrase("price_before", { quote: can, before }, language),
      deadline: sayDeadline(new Date(quote.expiresAt), now, language),
    };
    return renderText("quote_requester", parameters, language);
  };
  const isOther = quote.priceCentimos !== null && quote.priceCentimos !== match.priceCentimos;
  const before = isOther && !match.sponsor ? sayPrice(match, request.need.kind, undefined, language) : "";
  const whole = textWith(before);
  return fits(whole) ? whole : textWith("");
}

/** What a provider reads of an order: as it was asked, or what the producer proposes in turn. */
export function sayAsk(request: Request, match: Match, now: Date, language?: string): string {
  const { quote } = match;
  if (quote?.by !== "requester") return sayOffer(request, match, now, language);
  const parameters = {
    need: describeNeed(request.need, language),
    place: placeName(request.districtCode),
    quote: sayProposal(quote, { match, request, now, language }),
    deadline: sayMatchDeadline(match, now, language),
  };
  return renderText("quote_provider", parameters, language);
}

/** Puts an order to its provider. */
export function askQuestion(request: Request, match: Match & { askExpiresAt: string }, now: Date): Question {
  return {
    subject: { kind: "offer", requestId: request.id, matchId: match.id },
    text: (language) => sayAsk(request, match, now, language),
    expiresAt: new Date(match.askExpiresAt),
  };
}

/** Puts a provider's price or day to the producer. */
export function quoteQuestion(request: Request, match: Match, quote: Quote, now: Date): Question {
  return {
    subject: subjectOf(request, quote, match.id),
    text: (language) => sayQuote(quote, { match, request, now, language }),
    expiresAt: new Date(quote.expiresAt),
  };
}

/** Puts another day for what is agreed to the other side; what it is about is named where one segment holds it. */
export function dayQuestion(
  request: Request,
  quote: Quote & { visitOn: string },
  other: string | null,
  now: Date,
): Question | null {
  const { engagement } = request;
  if (!engagement) return null;
  return {
    subject: subjectOf(request, quote, engagement.matchId),
    text: (language) => {
      const person = shortName(other ?? phrase("other_person", {}, language));
      const days = {
        day: sayVisitInSentence(engagement, now, language),
        new_day: sayVisitInSentence(quote, now, language),
      };
      const need = describeNeed(request.need, language);
      const whole = renderText("day_proposed_need", { need, other: person, ...days }, language);
      if (countSegments(foldToGsm7(whole)).segments === 1) return whole;
      return renderText("day_proposed", { other: capitalized(person), ...days }, language);
    },
    expiresAt: new Date(quote.expiresAt),
  };
}

const capitalized = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

function subjectOf({ id }: Request, quote: Quote, matchId: string): PromptSubject {
  return { kind: "quote", requestId: id, matchId, quoteId: quote.id };
}

/**
 * What is agreed, with its price: the one that the list said is left out where the text grows too long by it, and where
 * a sponsor pays of it, which both were told. `most`: segments.
 */
export function sayAgreed(
  request: Request,
  { now, language, most }: { now: Date; language: string; most: number },
  textWith: (day: string) => string,
): string {
  const day = sayAgreedDay(request, now, language);
  const match = request.engagement && findMatch(request, request.engagement.matchId);
  const price = match && !match.sponsor ? sayPrice(match, request.need.kind, undefined, language) : "";
  const changed = request.engagement?.priceCentimos ?? null;
  const isSaid = changed !== null && changed !== match?.priceCentimos;
  // "Usted atiende mañana a Rosa" has no room for it.
  const isVisit = request.need.kind === "assistance" && !match?.byPhone;
  if (!price || isSaid || !isVisit) return textWith(day);
  const whole = textWith(phrase("day_and_price", { day, price }, language));
  return countSegments(foldToGsm7(whole)).segments <= most ? whole : textWith(day);
}

/** The day of an agreement, and its price where that is not what the list said. */
function sayAgreedDay(request: Request, now: Date, language: string): string {
  const { engagement, need } = request;
  const match = engagement && findMatch(request, engagement.matchId);
  if (!match) return "";
  // A visit is a label and its day; the other texts are sentences.
  const sayThe = need.kind === "assistance" && !match.byPhone ? sayVisit : sayVisitInSentence;
  const day = sayThe(engagement, now, language);
  const { priceCentimos, priceUnit } = engagement;
  if (priceCentimos === null || priceCentimos === match.priceCentimos) return day;
  const price = sayPrice({ ...match, priceCentimos, priceUnit }, need.kind, undefined, language);
  return phrase("day_and_price", { day, price }, language);
}
