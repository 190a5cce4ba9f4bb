import type { Engagement } from "@minka/contracts/matching";
import type { Match, Request } from "@minka/contracts/matching";
import type { Need } from "@minka/contracts/need";
import { addDays, limaDay } from "@minka/domain/lima-time";
import { formatSoles } from "@minka/domain/money";
import { commonName, districtLabel, findDistrict } from "@minka/geography/districts";
import { countSegments, foldToGsm7 } from "@minka/language/gsm7";
import {
  describeNeed,
  phrase,
  renderText,
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

/**
 * Price before anything else that is promised; standing last. "Rosa Pinedo, a 9 km, S/ 30, nota 4.6 (17)". Who buys
 * a harvest pays the price, everybody else asks for it.
 */
function describeMatch(match: Match, longestName: number, { kind }: Need, language?: string): string {
  const parts = [shortName(match.providerName, longestName)];
  if (match.distanceKm !== null) parts.push(sayDistance(match.distanceKm, language));
  if (match.priceCentimos !== null) {
    const buys = kind === "purchase" && match.priceCentimos > 0;
    const price = sayPrice(match, kind, longestName, language);
    parts.push(buys ? phrase("pays", { price }, language) : price);
  }
  const rating = match.reasons.find(({ code }) => code === "rating");
  parts.push(rating ? phrase("rating", rating.parameters, language) : phrase("new", {}, language));
  return parts.join(", ");
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

/** The numbered list, with names and units shortened until it fits two segments. */
export function sayList(request: Request, matches: readonly Match[], language?: string): string {
  const place = placeName(request.districtCode);
  const count = matches.length;
  const heading = renderText(headingOf(request, count), { count, place }, language);
  const listed = (longestName: number) => {
    const options = matches
      .map((match, index) => `${index + 1} ${describeMatch(match, longestName, request.need, language)}`)
      .join("\n");
    const choices = listChoices(matches.length, language);
    return renderText("list", { heading, options, choices }, language);
  };
  return fitSegments(listed, [24, 20, 16, 12, 8]);
}

function headingOf({ womanOnly }: Request, count: number): TextKey {
  if (womanOnly) return count === 1 ? "list_heading_one_woman" : "list_heading_women";
  return count === 1 ? "list_heading_one" : "list_heading_many";
}

/** The text with the longest names with which it still fits; with the shortest when it never does. */
export function fitSegments(textWith: (longestName: number) => string, lengths: readonly number[]): string {
  const texts = lengths.map(textWith);
  return texts.find((text) => countSegments(foldToGsm7(text)).segments <= listSegments) ?? texts.at(-1) ?? "";
}

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
  | "status_agreed"
  | "status_visited"
  | "status_providing";

/** A technician comes to the farm; with a shop, a bank or a buyer it is a matter of being served. */
export function visitText(need: Need, about: AboutVisit): TextKey {
  return need.kind === "assistance" ? about : `${about}_deal`;
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

/** What the provider reads: the need, where, how far, for how much, until when. */
export function sayOffer(request: Request, match: Match, now: Date, language?: string): string {
  const price = sayPrice(match, request.need.kind, undefined, language);
  const parameters = {
    need: describeNeed(request.need, language),
    place: placeName(request.districtCode),
    distance: match.distanceKm === null ? "" : `, ${sayDistance(match.distanceKm, language)}`,
    price: [price, request.womanOnly ? phrase("woman_wanted", {}, language) : ""]
      .map((fact) => fact && `, ${fact}`)
      .join(""),
    deadline: sayMatchDeadline(match, now, language),
  };
  return renderText("offer", parameters, language);
}
