import type { Match, Request } from "@minka/contracts/matching";
import { formatSoles } from "@minka/domain/money";
import { findDistrict } from "@minka/geography/districts";
import { describeNeed, renderText, sayDistance } from "@minka/language/texts";
import { fitSegments, sayMatchDeadline, shortName } from "./say-match.ts";

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
      price: sayOrderPrice(match, request),
      deadline: sayMatchDeadline(match, now),
    });
  return fitSegments(factsWith, [60, 50, 40, 30]);
}

function sayOrderPrice({ priceCentimos, priceUnit }: Match, { need }: Request): string {
  if (priceCentimos === null) return "por acordar";
  if (priceCentimos === 0) return "gratis";
  const unit = priceUnit === null || need.kind === "assistance" ? "" : `/${shortName(priceUnit, 20)}`;
  return `${formatSoles(priceCentimos)}${unit}`;
}
