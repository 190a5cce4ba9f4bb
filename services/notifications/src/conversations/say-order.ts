import type { Match } from "@minka/contracts/matches";
import type { Request } from "@minka/contracts/matching";
import { findDistrict } from "@minka/geography/districts";
import { describeNeed, phrase, renderText, sayDistance } from "@minka/language/texts";
import { fitSegments, sayMatchDeadline, sayPrice, shortName } from "./say-match.ts";

/** What a provider asks about an order before answering: exactly where, for how much, until when. */
export function sayOfferFacts(request: Request, match: Match, now: Date, language?: string): string {
  const district = findDistrict(request.districtCode);
  const place = district
    ? phrase("in_province", { district: district.name, province: district.province }, language)
    : phrase("district", { code: request.districtCode }, language);
  const factsWith = (longestPlace: number) =>
    renderText(
      "offer_facts",
      {
        need: describeNeed(request.need, language),
        place: shortName(place, longestPlace),
        distance: match.distanceKm === null ? "" : ` (${sayDistance(match.distanceKm, language)})`,
        price: sayPrice(match, request.need.kind, undefined, language) || phrase("to_agree", {}, language),
        deadline: sayMatchDeadline(match, now, language),
      },
      language,
    );
  return fitSegments(factsWith, [60, 50, 40, 30]);
}
