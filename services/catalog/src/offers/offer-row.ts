import type { OfferTerms } from "@minka/contracts/catalog";
import { subjectsOf } from "../candidates/asked-keys.ts";
import { widestAreas } from "./posting-rows.ts";

type NewOffer = {
  id: string;
  providerId: string;
  terms: OfferTerms;
  coverage: readonly string[];
  confirmedOn: string;
  at: Date;
};

/** A new offer's row, with what lists and searches read taken out of its terms. */
export function offerRow({ id, providerId, terms, coverage, confirmedOn, at }: NewOffer) {
  const assistance = terms.kind === "assistance";
  return {
    id,
    providerId,
    version: 1,
    kind: terms.kind,
    terms,
    state: "published" as const,
    coverage: widestAreas(coverage),
    crops: [...new Set<string>(terms.crops)],
    subjects: subjectsOf(terms),
    priceCentimos: assistance ? terms.pricePerVisitCentimos : terms.priceCentimos,
    monthlyCapacity: assistance ? terms.monthlyCapacity : null,
    confirmedOn,
    publishedAt: at,
  };
}
