import type { Engagement } from "@minka/contracts/matching";
import type { Match, Request } from "@minka/contracts/matching";
import type { Need } from "@minka/contracts/need";
import { limaDay } from "@minka/domain/lima-time";
import { formatSoles } from "@minka/domain/money";
import { commonName, districtLabel, findDistrict } from "@minka/geography/districts";
import { countSegments, foldToGsm7 } from "@minka/language/gsm7";
import {
  describeNeed,
  renderText,
  sayDay,
  sayDeadline,
  sayDistance,
  type TextKey,
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
function describeMatch(match: Match, longestName: number, { kind }: Need): string {
  const parts = [shortName(match.providerName, longestName)];
  if (match.distanceKm !== null) parts.push(sayDistance(match.distanceKm));
  if (match.priceCentimos !== null) {
    const buys = kind === "purchase" && match.priceCentimos > 0;
    parts.push(`${buys ? "paga " : ""}${sayPrice(match, kind, longestName)}`);
  }
  const rating = match.reasons.find(({ code }) => code === "rating");
  if (rating) parts.push(`nota ${rating.parameters["mean"]} (${rating.parameters["count"]})`);
  else parts.push("nuevo");
  return parts.join(", ");
}

/** "S/ 161/saco"; a visit's price needs no unit, and none is said where there is none. */
export function sayPrice({ priceCentimos, priceUnit }: Match, kind: Need["kind"], longestUnit = 20): string {
  if (priceCentimos === null) return "";
  if (priceCentimos === 0) return "gratis";
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

export function listChoices(count: number): string {
  return count === 1 ? renderText("list_choices_one") : renderText("list_choices_many", { count });
}

/** The numbered list, with names and units shortened until it fits two segments. */
export function sayList(request: Request, matches: readonly Match[]): string {
  const place = placeName(request.districtCode);
  const heading =
    matches.length === 1
      ? renderText("list_heading_one", { place })
      : renderText("list_heading_many", { count: matches.length, place });
  const listed = (longestName: number) => {
    const options = matches
      .map((match, index) => `${index + 1} ${describeMatch(match, longestName, request.need)}`)
      .join("\n");
    return renderText("list", { heading, options, choices: listChoices(matches.length) });
  };
  return fitSegments(listed, [24, 20, 16, 12, 8]);
}

/** The text with the longest names with which it still fits; with the shortest when it never does. */
export function fitSegments(textWith: (longestName: number) => string, lengths: readonly number[]): string {
  const texts = lengths.map(textWith);
  return texts.find((text) => countSegments(foldToGsm7(text)).segments <= listSegments) ?? texts.at(-1) ?? "";
}

export function findMatch(request: Request, matchId: string): Match | undefined {
  return request.matches.find(({ id }) => id === matchId);
}

export function sayMatchDeadline(match: Match, now: Date): string {
  return match.askExpiresAt ? sayDeadline(new Date(match.askExpiresAt), now) : "mañana";
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
export function sayVisitInSentence(engagement: Pick<Engagement, "visitOn">, now: Date): string {
  const day = sayVisit(engagement, now);
  return day === "hoy" || day === "mañana" ? day : `el ${day}`;
}

export function sayVisit(engagement: Pick<Engagement, "visitOn">, now: Date): string {
  return sayDay(engagement.visitOn, limaDay(now));
}

/** What the provider reads: the need, where, how far, for how much, until when. */
export function sayOffer(request: Request, match: Match, now: Date): string {
  return renderText("offer", {
    need: describeNeed(request.need),
    place: placeName(request.districtCode),
    distance: match.distanceKm === null ? "" : `, ${sayDistance(match.distanceKm)}`,
    price: match.priceCentimos === null ? "" : `, ${sayPrice(match, request.need.kind)}`,
    deadline: sayMatchDeadline(match, now),
  });
}
