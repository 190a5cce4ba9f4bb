import { offerSummary } from "@minka/contracts/offer-summary";
import type { OfferTerms } from "@minka/contracts/offer-terms";
import { freshPlace, pricePlace } from "./listing-places.ts";
import { offerTermsToFind, term } from "./listing-terms.ts";
import { publicPoint } from "./public-point.ts";

/** An offer to be listed, as its own row and its provider's say. */
export type ListedOffer = {
  readonly id: string;
  readonly providerId: string;
  readonly providerName: string;
  readonly personId: string;
  readonly version: number;
  readonly terms: OfferTerms;
  readonly coverage: readonly string[];
  readonly crops: readonly string[];
  readonly subjects: readonly string[];
  readonly confirmedOn: string;
};

/** The row of `listings` but for its number, keyed by column. */
export function listingRow(offer: ListedOffer, { sunk }: { sunk: boolean }) {
  const { terms } = offer;
  const { priceCentimos, priceUnit, monthlyCapacity } = offerSummary(terms);
  const { least, most } = amountLimits(terms);
  const base = terms.kind === "assistance" ? terms.base : null;
  const shown = base && publicPoint(base);
  return {
    offer_id: offer.id,
    provider_id: offer.providerId,
    person_id: offer.personId,
    offer_version: offer.version,
    kind: terms.kind,
    crops: offer.crops,
    subjects: offer.subjects,
    price_centimos: priceCentimos,
    price_unit: priceUnit,
    monthly_capacity: monthlyCapacity,
    least_amount: least,
    most_amount: most,
    base_latitude: base?.latitude ?? null,
    base_longitude: base?.longitude ?? null,
    public_latitude: shown?.latitude ?? null,
    public_longitude: shown?.longitude ?? null,
    confirmed_on: offer.confirmedOn,
    fresh_place: freshPlace(offer.confirmedOn, { sunk }),
    price_place: pricePlace(priceCentimos, { sunk }),
    terms: [...offerTermsToFind(offer, offer.providerName), ...(sunk ? [term.sunk] : [])],
  };
}

/** How much may be asked of an offer at least and at most: céntimos of a loan, kg of a harvest. */
export function amountLimits(terms: OfferTerms): { least: number | null; most: number | null } {
  if (terms.kind === "credit") return { least: terms.minimumCentimos, most: terms.maximumCentimos };
  // Who has more than a buyer takes can sell a part.
  if (terms.kind === "purchase") return { least: terms.minimumKg, most: null };
  return { least: null, most: null };
}

export const listingColumns = `offer_id uuid, provider_id uuid, person_id uuid, offer_version int, kind text,
  crops text[], subjects text[], price_centimos int, price_unit text, monthly_capacity int,
  least_amount float8, most_amount float8, base_latitude float8, base_longitude float8,
  public_latitude float8, public_longitude float8,   confirmed_on date, fresh_place int, price_place int, terms text[]`;
