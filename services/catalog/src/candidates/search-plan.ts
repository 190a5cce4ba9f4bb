import type { CandidateSearch } from "@minka/contracts/catalog";
import type { Need } from "@minka/contracts/need";
import { areasContaining } from "@minka/domain/coverage";
import { crops } from "@minka/domain/vocabulary";
import { subjectOf } from "./asked-keys.ts";
import {
  anyWord,
  everyWord,
  organicBit,
  rangeCode,
  rangedBySubject,
  stretchedBit,
  wantedCrop,
  wantedSubject,
  womenOnlyBit,
  type RangeWord,
} from "./posting-codes.ts";

/** A need in the numbers of the postings: where to look, and which bits of a row decide. */
export type SearchPlan = {
  /** Offers that serve what is named: tier 0; in a wider search those that serve something else: tier 1. */
  readonly ranges: readonly number[];
  readonly tiers: readonly number[];
  readonly crop: number;
  readonly subject: number;
  /** None of these may be set. */
  readonly forbidden: number;
  /** All of these have to be set. */
  readonly required: number;
};

/** As many as any need has: assistance for any crop, in a wider search. */
export const mostRanges = 2 * crops.length + 2;

export function planSearch(input: CandidateSearch): SearchPlan {
  const { need, wider, requester, organicOnly } = input;
  const subject = subjectOf(need);
  const areas = searchedAreas(input);
  const at = (words: readonly RangeWord[], tier: number) =>
    areas.flatMap((area) => words.map((word) => ({ range: rangeCode(area, need.kind, word), tier })));
  const tiers = [
    ...at(servingWords(need), 0),
    ...(widens(input) && subject !== undefined ? at(servingWords(need), 1) : []),
  ];
  return {
    ranges: tiers.map(({ range }) => range),
    tiers: tiers.map(({ tier }) => tier),
    crop: wantedCrop(need.crop),
    subject: wantedSubject(need.kind, subject),
    forbidden: (wider ? 0 : stretchedBit) | (requester.sex === "f" ? 0 : womenOnlyBit),
    required: organicOnly ? organicBit : 0,
  };
}

/**
 * Assistance has a base, and so stands under districts alone, but for what is told by phone: that stands under the
 * country, and nothing else is told so.
 */
export function searchedAreas({
  need: { kind },
  districtCode,
  consultation,
}: CandidateSearch): readonly string[] {
  if (consultation) return kind === "assistance" ? ["PE"] : [];
  return kind === "assistance" ? [districtCode] : areasContaining(districtCode);
}

/** Who asks for a saw is not served by shears, however wide the search: other subjects are for what is learnt. */
export function widens({ need: { kind }, wider, consultation }: CandidateSearch): boolean {
  return wider && !consultation && (kind === "assistance" || kind === "training");
}

function servingWords(need: Need): RangeWord[] {
  const named = rangedBySubject.has(need.kind) ? subjectOf(need) : need.crop;
  if (named !== undefined) return [named, everyWord];
  return need.kind === "assistance" ? [...crops] : [anyWord, everyWord];
}
