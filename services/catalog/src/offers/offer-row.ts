import { offerSummary } from "@minka/contracts/offer-summary";
import type { OfferTerms } from "@minka/contracts/offer-terms";
import { limaInstant } from "@minka/domain/lima-time";
import { subjectsOf } from "../candidates/asked-keys.ts";
import { widestAreas } from "./posting-rows.ts";

/** What of an offer's row follows from its terms and coverage, and changes with them. */
export function rowOfTerms({ terms, coverage }: { terms: OfferTerms; coverage: readonly string[] }) {
  const { crops, certificates, subjects: _subjects, ...read } = offerSummary(terms);
  const lastDay = lastDayOf(terms);
  return {
    terms,
    coverage: widestAreas(coverage),
    ...read,
    crops: [...new Set<string>(crops)],
    subjects: subjectsOf(terms),
    certificates: [...certificates],
    expiresAt: lastDay === undefined ? null : limaInstant(lastDay, 24),
  };
}

/** The day in Lima after which the offer is over; none when it holds until somebody says otherwise. */
function lastDayOf(terms: OfferTerms): string | undefined {
  if (terms.kind === "training") return terms.endsOn;
  return terms.kind === "purchase" ? terms.delivery.until : undefined;
}

type NewOffer = {
  id: string;
  providerId: string;
  terms: OfferTerms;
  coverage: readonly string[];
  confirmedOn: string;
  at: Date;
  state?: "draft" | "published";
};

/** A new offer's row, with what lists and searches read taken out of its terms. */
export function offerRow({
  id,
  providerId,
  terms,
  coverage,
  confirmedOn,
  at,
  state = "published",
}: NewOffer) {
  return {
    id,
    providerId,
    version: 1,
    kind: terms.kind,
    state,
    ...rowOfTerms({ terms, coverage }),
    confirmedOn,
    publishedAt: state === "published" ? at : null,
  };
}
