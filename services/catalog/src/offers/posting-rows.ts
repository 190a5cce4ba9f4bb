import { isUnregistered } from "@minka/contracts/check-offer-terms";
import type { OfferTerms } from "@minka/contracts/offer-terms";
import { offerSummary } from "@minka/contracts/offer-summary";
import { areasContaining } from "@minka/domain/coverage";
import { distanceKm, type Point } from "@minka/geography/distance";
import { allDistricts, type District } from "@minka/geography/districts";
import { subjectsOf } from "../candidates/asked-keys.ts";
import {
  anyWord,
  everyWord,
  organicBit,
  placeCode,
  rangeCode,
  rangedBySubject,
  servedBits,
  stretchedBit,
  womenOnlyBit,
  type RangeWord,
} from "../candidates/posting-codes.ts";

/** A wider search goes half as far again. */
export const widerFactor = 1.5;

/** Where an offer can be asked for, and how far that is from its base. */
type Reached = { area: string; level: number; distanceKm: number | null; stretched: boolean };

export type PostingRow = { range: number; place: number; bits: number };

/** A degree of latitude is never shorter than this, so a wider gap in latitude is out of reach. */
const kmPerDegreeAtLeast = 110.5;

/** Every row under which an offer is found; none for what may not be sold. */
export function postingRows(
  offer: { id: string; terms: OfferTerms; coverage: readonly string[]; confirmedOn: string },
  { sunk }: { sunk: boolean },
): PostingRow[] {
  const { id: offerId, terms, coverage, confirmedOn } = offer;
  if (isUnregistered(terms)) return [];
  const { crops, audience, organicApproved } = offerSummary(terms);
  const named = { crops, subjects: subjectsOf(terms) };
  const bits =
    servedBits(terms.kind, named) |
    (audience === "women_only" ? womenOnlyBit : 0) |
    (organicApproved === false ? 0 : organicBit);
  const reached = [...reachedPlaces(terms, coverage), ...(isToldByPhone(terms) ? everywhere : [])];
  return rangeWords(terms, named).flatMap((word) =>
    reached.map(({ area, level, distanceKm: km, stretched }) => ({
      range: rangeCode(area, terms.kind, word),
      place: placeCode({ sunk, distanceKm: km, level, confirmedOn, offerId }),
      bits: stretched ? bits | stretchedBit : bits,
    })),
  );
}

/** Advice by phone or message needs no reach: it is asked for by itself, under the whole country. */
export function isToldByPhone(terms: OfferTerms): boolean {
  return terms.kind === "assistance" && terms.modalities.includes("phone");
}

/**
 * Where an offer serves without a wider search: districts, provinces, regions or the country. Of visits those of
 * `among` alone: each is measured.
 */
export function servedAreas(
  terms: OfferTerms,
  coverage: readonly string[],
  among: readonly District[] = allDistricts(),
): string[] {
  return reachedPlaces(terms, coverage, among).flatMap(({ area, stretched }) => (stretched ? [] : [area]));
}

function reachedPlaces(
  terms: OfferTerms,
  coverage: readonly string[],
  among: readonly District[] = allDistricts(),
): Reached[] {
  return terms.kind === "assistance" ? districtsWithin(terms, coverage, among) : areas(coverage);
}

/** Assistance always names its crops and has the most rows: who asks for none looks under each crop instead. */
function rangeWords(
  { kind }: OfferTerms,
  named: { crops: readonly string[]; subjects: readonly string[] },
): RangeWord[] {
  const words = [...new Set(rangedBySubject.has(kind) ? named.subjects : named.crops)];
  if (words.length === 0) return [everyWord];
  return kind === "assistance" ? words : [...words, anyWord];
}

const everywhere = areas(["PE"]);

function areas(coverage: readonly string[]): Reached[] {
  return widestAreas(coverage).map((area) => ({
    area,
    level: area === "PE" ? 3 : 3 - area.length / 2,
    distanceKm: null,
    stretched: false,
  }));
}

/** The districts whose point lies within one and a half times the reach and that the coverage allows. */
function districtsWithin(
  { base, reachKm }: { base: Point; reachKm: number },
  coverage: readonly string[],
  among: readonly District[],
) {
  const allowed = new Set(coverage);
  const limit = reachKm * widerFactor;
  return among.flatMap(({ code, point }): Reached[] => {
    if (Math.abs(point.latitude - base.latitude) * kmPerDegreeAtLeast > limit) return [];
    if (!areasContaining(code).some((area) => allowed.has(area))) return [];
    const km = distanceKm(base, point);
    return km <= limit ? [{ area: code, level: 0, distanceKm: km, stretched: km > reachKm }] : [];
  });
}

/** Without the areas that lie in another one of the list: an offer is found once. */
export function widestAreas(coverage: readonly string[]): string[] {
  const given = new Set(coverage);
  if (given.has("PE")) return ["PE"];
  return [...given].filter(
    (area) => ![2, 4].some((digits) => digits < area.length && given.has(area.slice(0, digits))),
  );
}
