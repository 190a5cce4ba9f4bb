import type { Match, Request } from "@minka/contracts/matching";
import { findDistrict } from "@minka/geography/districts";
import { describeNeed, renderText, sayDistance } from "@minka/language/texts";
import { fitSegments, sayMatchDeadline, sayPrice, shortName } from "./say-match.ts";

/** What a provider asks about an order before answering: exactly where, for how much, until when. */
export function sayOfferFacts(request: Request, match: Match, now: Date): string {
  const district = findDistrict(request.districtCode);
  const place = district
    ? `${district.name}, provincia de ${district.province}`
    : `distrito ${request.districtCode}`;
  const factsWith = (longestPlace: number) =>
    renderText("offer_facts", {
      need: describeNeed(request.need),
      place: shortName(place, longestPlace),
      distance: match.distanceKm === null ? "" : ` (${sayDistance(match.distanceKm)})`,
      price: sayPrice(match, request.need.kind) || "por acordar",
      deadline: sayMatchDeadline(match, now),
    });
  return fitSegments(factsWith, [60, 50, 40, 30]);
}
