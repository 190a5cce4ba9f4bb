import type { OfferTerms } from "@minka/contracts/catalog";
import { areasContaining } from "@minka/domain/coverage";
import { distanceKm, type Point } from "@minka/geography/distance";
import { allDistricts } from "@minka/geography/districts";
import { postedCrops, subjectBits, subjectsOf } from "../candidates/asked-keys.ts";

/** A wider search goes half as far again. */
const widerFactor = 1.5;

/** Where an offer can be asked for, and how far that is from its base. */
type Reached = { area: string; distanceKm: number | null; stretched: boolean };

export type PostingRow = Reached & { crop: string; subjectBits: number };

/** A degree of latitude is never shorter than this, so a wider gap in latitude is out of reach. */
const kmPerDegreeAtLeast = 110.5;

/** Every row under which an offer is found. */
export function postingRows(terms: OfferTerms, coverage: readonly string[]): PostingRow[] {
  const bits = subjectBits(terms.kind, subjectsOf(terms));
  const reached =
    terms.kind === "assistance"
      ? districtsWithin(terms.base, terms.reachKm, coverage)
      : widestAreas(coverage).map((area) => ({ area, distanceKm: null, stretched: false }));
  return postedCrops(terms.crops).flatMap((crop) =>
    reached.map((place) => ({ ...place, crop, subjectBits: bits })),
  );
}

/** The districts whose point lies within one and a half times the reach and that the coverage allows. */
function districtsWithin(base: Point, reachKm: number, coverage: readonly string[]): Reached[] {
  const allowed = new Set(coverage);
  const limit = reachKm * widerFactor;
  return allDistricts().flatMap(({ code, point }) => {
    if (Math.abs(point.latitude - base.latitude) * kmPerDegreeAtLeast > limit) return [];
    if (!areasContaining(code).some((area) => allowed.has(area))) return [];
    const km = distanceKm(base, point);
    return km <= limit ? [{ area: code, distanceKm: km, stretched: km > reachKm }] : [];
  });
}

/** Without the areas that lie in another one of the list: an offer is found once. */
export function widestAreas(coverage: readonly string[]): string[] {
  const areas = new Set(coverage);
  if (areas.has("PE")) return ["PE"];
  return [...areas].filter(
    (area) => ![2, 4].some((digits) => digits < area.length && areas.has(area.slice(0, digits))),
  );
}
