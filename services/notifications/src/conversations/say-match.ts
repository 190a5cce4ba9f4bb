import { attendedKinds } from "@minka/contracts/attendance";
import type { Engagement } from "@minka/contracts/engagements";
import type { Match } from "@minka/contracts/matches";
import type { Request } from "@minka/contracts/matching";
import type { Need } from "@minka/contracts/need";
import { addDays, limaDay } from "@minka/domain/lima-time";
import { formatSoles } from "@minka/domain/money";
import { commonName, districtLabel, findDistrict } from "@minka/geography/districts";
import { countSegments, foldToGsm7 } from "@minka/language/gsm7";
import { sayReason } from "@minka/language/say-reasons";
import {
  describeNeed,
  type Line,
  phrase,
  renderText,
  said,
  sayDay,
  sayDeadline,
  sayDistance,
  type TextKey,
  word,
} from "@minka/language/texts";

/** A name short enough for a list on a small screen. */
export function shortName(name: string, longest = 22): string {
  return name.length <= longest ? name : `${name.slice(0, longest - 1).trimEnd()}.`;
}

export function placeName(districtCode: string): string {
  const district = findDistrict(districtCode);
  return district ? commonName(district) : districtCode;
}

/** Where who has agreed is expected: the hamlet too, where one was named. */
export function sayWhere({
  placeName: hamlet,
  districtCode,
}: Pick<Request, "placeName" | "districtCode">): string {
  const district = placeName(districtCode);
  return hamlet === null ? district : `${shortName(hamlet, 30)} (${district})`;
}

export function placeLabel(districtCode: string): string {
  const district = findDistrict(districtCode);
  return district ? districtLabel(district) : districtCode;
}

/** How much of each match a list says; what helps least to choose goes first when it gets long. */
const details = ["all", "answers", "short", "bare"] as const;
type Detail = (typeof details)[number];
const isShort = (detail: Detail) => detail === "short" || detail === "bare";

/**
 * What the offer is, how far and at what price, then what else speaks for it; standing last. "Rosa Pinedo, a 9 km,
 * atiende cacao, S/ 30, contesta en 2 h, 4.6 de 17 opiniones"; where that is too long "Rosa Pinedo, a 9 km, S/ 30, nota
 * 4.6 (17)". Who buys a harvest pays the price, everybody else asks for it.
 */
function describeMatch(
  match: Match,
  { detail, longestName }: { detail: Detail; longestName: number },
  need: Need,
  language?: string,
): string {
  const reason = (code: string) => match.reasons.find((each) => each.code === code);
  const say = (...codes: string[]) =>
    codes.flatMap((code) => {
      const found = reason(code);
      return (found && sayReason(found, language)) ?? [];
    });
  const parts = [shortName(match.providerName, longestName)];
  parts.push(...saysWhat(match, need, detail, language));
  if (match.byPhone) parts.push(...say("by-phone"));
  if (match.distanceKm !== null) parts.push(sayDistance(match.distanceKm, language));
  if (detail === "all" && attendedKinds.includes(need.kind)) parts.push(...say("crop"));
  if (match.priceCentimos !== null) {
    const buys = need.kind === "purchase" && match.priceCentimos > 0;
    const price = sayPrice(match, need.kind, longestName, language);
    const who = { short: isShort(detail), longestName, kind: need.kind };
    parts.push(...(buys ? [phrase("pays", { price }, language)] : sayWhoPays(match, price, who, language)));
  }
  // What has to be known before choosing is never left out, only shortened.
  parts.push(...say("later-month"));
  const brief = (words: string[], shorter: string) =>
    isShort(detail) && words.length > 0 ? [phrase(shorter, {}, language)] : words;
  parts.push(...brief(say("adviser-sells"), "sells_too"));
  // Which papers these are is said once one is chosen.
  if (reason("missing") ?? reason("asks-certificates")) parts.push(phrase("papers", {}, language));
  if (!isShort(detail)) parts.push(...say("answers-in"));
  if (detail === "bare") return parts.join(", ");
  const rating = reason("rating");
  if (rating && detail === "all" && need.kind === "assistance") parts.push(...say("rating"));
  else if (rating) parts.push(phrase("rating", rating.parameters, language));
  else parts.push(...say("new-provider"));
  return parts.join(", ");
}

/** Which product it is, where they named another word for it or none; of a harvest, in which state it is bought. */
function saysWhat(match: Match, need: Need, detail: Detail, language?: string): string[] {
  const find = (code: string) => match.reasons.find((each) => each.code === code);
  const [product, state] = [find("product"), find("crop-state")];
  const named = need.product ?? need.service;
  if (product && product.parameters["product"] !== named) return [sayReason(product, language) ?? ""];
  // It is known to whoever said it, and goes first when the list gets long.
  const tellsState = state && (state.parameters["state"] !== need.state || !isShort(detail));
  if (tellsState) return [sayReason(state, language) ?? ""];
  return detail === "all" && need.product && match.offerTitle ? [shortName(match.offerTitle)] : [];
}

/** Who asks reads what is left for them and who pays the rest: "Cacao Andino paga S/ 20, usted S/ 10". */
function sayWhoPays(
  match: Match,
  price: string,
  { short, longestName, kind }: { short: boolean; longestName: number; kind: Need["kind"] },
  language?: string,
): string[] {
  if (!match.sponsor || match.priceCentimos === null) return [price];
  const sponsor = shortName(match.sponsor.name, longestName);
  const priceCentimos = Math.max(0, match.priceCentimos - match.sponsor.paysCentimos);
  if (priceCentimos === 0) return [price, phrase("sponsor_pays_all", { sponsor }, language)];
  const yours = sayPrice({ ...match, priceCentimos }, kind, longestName, language);
  const theirs = formatSoles(match.sponsor.paysCentimos);
  return [phrase(short ? "sponsor_pays_rest" : "sponsor_pays_part", { sponsor, theirs, yours }, language)];
}

/** "S/ 161/saco"; a visit's price needs no unit, and none is said where there is none. */
export function sayPrice(
  { priceCentimos, priceUnit }: Match,
  kind: Need["kind"],
  longestUnit = 20,
  language?: string,
): string {
  if (priceCentimos === null) return "";
  if (priceCentimos === 0) return phrase("free", {}, language);
  const unit = priceUnit === null || kind === "assistance" ? "" : `/${shortName(priceUnit, longestUnit)}`;
  return `${formatSoles(priceCentimos)}${unit}`;
}

const longestList = 3;
const listSegments = 2;

/** The matches that a list shows: the best three of the newest round. */
export function listedMatches(request: Request): Match[] {
  return request.matches
    .filter(({ round, state }) => round === request.round && state === "listed")
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, longestList);
}

export function listChoices(count: number, language?: string): string {
  return count === 1
    ? renderText("list_choices_one", {}, language)
    : renderText("list_choices_many", { count }, language);
}

/** The numbered list, with names and units shortened until it fits two segments; `because`: why it is put anew. */
export function sayList(
  request: Request,
  matches: readonly Match[],
  language?: string,
  because?: string,
): string {
  const place = placeName(request.districtCode);
  const count = matches.length;
  const heading = because ?? renderText(headingOf(request, count), { count, place }, language);
  const choices = listChoices(matches.length, language);
  const listed = (detail: Detail) => (longestName: number) => {
    const options = matches
      .map((match, index) => {
        const words = describeMatch(match, { detail, longestName }, request.need, language);
        return `${index + 1} ${words}`;
      })
      .join("\n");
    return renderText("list", { heading, options, choices }, language);
  };
  for (const detail of details) {
    const text = fitSegments(listed(detail), isShort(detail) ? [24, 20, 16, 12, 8] : [24, 20]);
    if (fits(text)) return text;
  }
  return listed("bare")(6);
}

function headingOf({ womanOnly }: Request, count: number): TextKey {
  if (womanOnly) return count === 1 ? "list_heading_one_woman" : "list_heading_women";
  return count === 1 ? "list_heading_one" : "list_heading_many";
}

/** The text with the longest names with which it still fits; with the shortest when it never does. */
export function fitSegments(textWith: (longestName: number) => string, lengths: readonly number[]): string {
  const texts = lengths.map(textWith);
  return texts.find(fits) ?? texts.at(-1) ?? "";
}

/** Whether a text is short enough to be sent. */
export const fits = (text: string) => countSegments(foldToGsm7(text)).segments <= listSegments;

export function findMatch(request: Request, matchId: string): Match | undefined {
  return request.matches.find(({ id }) => id === matchId);
}

export function sayMatchDeadline(match: Match, now: Date, language?: string): string {
  return match.askExpiresAt
    ? sayDeadline(new Date(match.askExpiresAt), now, language)
    : word("day", "tomorrow", language);
}

type AboutVisit =
  | "agreed_requester"
  | "agreed_provider"
  | "outcome"
  | "outcome_again"
  | "visit_not_due"
  | "visit_done_early"
  | "visit_late"
  | "missed_provider"
  | "status_agreed"
  | "status_visited"
  | "status_providing"
  | "reminder_requester"
  | "reminder_provider"
  | "outcome_provider"
  | "help_asked";

/**
 * A technician comes to the farm; with a shop, a bank or a buyer, and where the advice is by phone, it is a matter of
 * being served.
 */
export function visitText(
  { need, matches }: Pick<Request, "need" | "matches">,
  about: AboutVisit,
  matchId?: string,
): TextKey {
  const byPhone = matches.find(({ id }) => id === matchId)?.byPhone ?? false;
  return need.kind === "assistance" && !byPhone ? about : `${about}_deal`;
}

/** To a provider: who asked says that they did not come. */
export function sayMissed(request: Request, requester: string | null | undefined, matchId: string): Line {
  return said(visitText(request, "missed_provider", matchId), {
    requester: (language) => shortName(requester ?? phrase("who_asked", {}, language), 24),
    need: (language) => describeNeed(request.need, language),
  });
}

/** "el jueves 26", "mañana": the day within a sentence. */
export function sayVisitInSentence(
  engagement: Pick<Engagement, "visitOn">,
  now: Date,
  language?: string,
): string {
  const day = sayVisit(engagement, now, language);
  const isNear = engagement.visitOn <= addDays(limaDay(now), 1) && engagement.visitOn >= limaDay(now);
  return isNear ? day : phrase("on_day", { day }, language);
}

export function sayVisit(engagement: Pick<Engagement, "visitOn">, now: Date, language?: string): string {
  return sayDay(engagement.visitOn, limaDay(now), language);
}

/** A sponsor pays less than the list said, or nothing: what it costs now, before anything is agreed. */
export function saySponsorChanged(match: Match, kind: Need["kind"], language?: string): string {
  const priceCentimos = Math.max(0, (match.priceCentimos ?? 0) - (match.sponsor?.paysCentimos ?? 0));
  const price = sayPrice({ ...match, priceCentimos }, kind, undefined, language);
  return renderText("sponsor_changed", { provider: shortName(match.providerName), price }, language);
}

/** From whom the provider gets it, and how much of it. */
function saySponsorToProvider({ sponsor, priceCentimos }: Match, language?: string): string {
  if (!sponsor || priceCentimos === null) return "";
  const name = shortName(sponsor.name);
  if (sponsor.paysCentimos >= priceCentimos) return phrase("sponsor_pays_all", { sponsor: name }, language);
  const theirs = formatSoles(sponsor.paysCentimos);
  return phrase("sponsor_pays_you", { sponsor: name, theirs }, language);
}

/** What the provider reads: the need, where, how far, for how much, until when. */
export function sayOffer(request: Request, match: Match, now: Date, language?: string): string {
  const price = sayPrice(match, request.need.kind, undefined, language);
  const parameters = {
    need: describeNeed(request.need, language),
    place: placeName(request.districtCode),
    distance: match.distanceKm === null ? "" : `, ${sayDistance(match.distanceKm, language)}`,
    price: [
      price,
      saySponsorToProvider(match, language),
      request.womanOnly ? phrase("woman_wanted", {}, language) : "",
    ]
      .map((fact) => fact && `, ${fact}`)
      .join(""),
    deadline: sayMatchDeadline(match, now, language),
  };
  const urgent = request.need.urgency === "urgent";
  return renderText(urgent ? "offer_urgent" : "offer", parameters, language);
}
