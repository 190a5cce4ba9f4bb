import type { CandidateSearch } from "@minka/contracts/catalog";
import type { Need } from "@minka/contracts/need";
import { areasContaining } from "@minka/domain/coverage";
import { harvestKg, harvestUnits } from "@minka/domain/harvest-weights";
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
  /** Céntimos of a loan or kg of a harvest; null when the need names none. */
  readonly amount: number | null;
};

/** As many as any need has: assistance for any crop, in a wider search. */
export const mostRanges = 2 * crops.length + 2;

export function planSearch(input: CandidateSearch): SearchPlan {
  const { need, districtCode, wider, requester, organicOnly } = input;
  const subject = subjectOf(need);
  // Assistance has a base, and so stands under districts alone.
  const areas = need.kind === "assistance" ? [districtCode] : areasContaining(districtCode);
  const at = (words: readonly RangeWord[], tier: number) =>
    areas.flatMap((area) => words.map((word) => ({ range: rangeCode(area, need.kind, word), tier })));
  const tiers = [
    ...at(servingWords(need), 0),
    ...(wider && subject !== undefined ? at(wordsOfOthers(need), 1) : []),
  ];
  return {
    ranges: tiers.map(({ range }) => range),
    tiers: tiers.map(({ tier }) => tier),
    crop: wantedCrop(need.crop),
    subject: wantedSubject(need.kind, subject),
    forbidden: (wider ? 0 : stretchedBit) | (requester.sex === "f" ? 0 : womenOnlyBit),
    required: organicOnly ? organicBit : 0,
    amount: amountOf(need),
  };
}

function servingWords(need: Need): RangeWord[] {
  const named = rangedBySubject.has(need.kind) ? subjectOf(need) : need.crop;
  if (named !== undefined) return [named, everyWord];
  return need.kind === "assistance" ? [...crops] : [anyWord, everyWord];
}

/** Where those stand who serve the crop, and perhaps another subject. */
function wordsOfOthers(need: Need): RangeWord[] {
  return rangedBySubject.has(need.kind) ? [anyWord] : servingWords(need);
}

/** How much is asked for, in the unit in which offers of the kind set their limits. */
export function amountOf(need: Need): number | null {
  if (need.kind === "credit") return need.amountCentimos ?? null;
  const unit = harvestUnits.find((known) => known === need.unit);
  if (need.kind !== "purchase" || need.quantity === undefined || unit === undefined) return null;
  return harvestKg({ amount: need.quantity, unit });
}
