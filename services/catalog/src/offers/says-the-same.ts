import { isDeepStrictEqual } from "node:util";
import type { OfferTerms } from "@minka/contracts/offer-terms";
import { widestAreas } from "./posting-rows.ts";

type Said = { readonly terms: OfferTerms; readonly coverage: readonly string[] };

/**
 * Whether two tellings of an offer say the same: what is left out is not said, and words that are picked from a list
 * (crops, districts, months) have no order. Tiers and requirements have one.
 */
export function saysTheSame(one: Said, other: Said): boolean {
  return isDeepStrictEqual(plain(one), plain(other));
}

const plain = ({ terms, coverage }: Said): unknown => [plainPart(terms), plainPart(widestAreas(coverage))];

function plainPart(value: unknown): unknown {
  if (Array.isArray(value)) {
    const isPicked = value.every((entry) => typeof entry !== "object");
    return isPicked ? new Set<unknown>(value) : value.map(plainPart);
  }
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value)
    .map(([name, part]) => [name, plainPart(part)] as const)
    .filter(([, part]) => part !== undefined);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
