import { offerSummary } from "@minka/contracts/offer-summary";
import type { OfferTerms } from "@minka/contracts/offer-terms";
import { conditionsOf } from "../candidates/conditions.ts";
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
  const { title, priceCentimos, priceUnit, monthlyCapacity, audience } = offerSummary(terms);
  const conditions = conditionsOf(terms);
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
    least_amount: conditions.least,
    most_amount: conditions.most,
    opens_on: conditions.opensOn,
    closes_on: conditions.closesOn,
    state: conditions.state,
    quality: conditions.quality,
    certificates: conditions.certificates,
    pack_amount: conditions.packAmount,
    pack_unit: conditions.packUnit,
    least_packs: conditions.leastPacks,
    stock_packs: conditions.stockPacks,
    requirements: conditions.requirements,
    title: title ?? "",
    provider_name: offer.providerName,
    women_focused: audience !== "everyone",
    specialist_topics: terms.kind === "assistance" ? terms.specialistTopics : [],
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

/** The columns that `listingRow` fills, but for the terms: they become the document. */
const columnTypes = {
  offer_id: "uuid",
  provider_id: "uuid",
  person_id: "uuid",
  offer_version: "int",
  kind: "text",
  crops: "text[]",
  subjects: "text[]",
  price_centimos: "int",
  price_unit: "text",
  monthly_capacity: "int",
  least_amount: "float8",
  most_amount: "float8",
  opens_on: "date",
  closes_on: "date",
  state: "text",
  quality: "jsonb",
  certificates: "text[]",
  pack_amount: "float8",
  pack_unit: "text",
  least_packs: "int",
  stock_packs: "int",
  requirements: "int[]",
  title: "text",
  provider_name: "text",
  women_focused: "boolean",
  specialist_topics: "text[]",
  base_latitude: "float8",
  base_longitude: "float8",
  public_latitude: "float8",
  public_longitude: "float8",
  confirmed_on: "date",
  fresh_place: "int",
  price_place: "int",
} satisfies Record<keyof Omit<ReturnType<typeof listingRow>, "terms">, string>;

/** In the order of the fields of a `listingRow`. */
export const listingColumnNames: readonly string[] = Object.keys(columnTypes);
export const listingColumns = Object.entries(columnTypes)
  .map(([name, type]) => `${name} ${type}`)
  .join(", ");
