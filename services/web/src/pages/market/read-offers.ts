import { listOffers } from "@minka/contracts/catalog";
import type { Answer } from "@minka/contracts/endpoint";
import { distanceKm } from "@minka/geography/distance";
import type { District } from "@minka/geography/districts";
import type { Visit } from "../../visits/visit.ts";
import { placeOf, type Offer } from "./offer-row.ts";
import { aPage, offersCall, type OffersQuery } from "./offers-query.ts";

type Offers = Answer<typeof listOffers>;

/** So many are put in order here; of more the catalog's own order is all there is. */
const mostBuyers = 100;

/**
 * A page of what is offered. A buyer has no base, so that the catalog knows only whom they serve: who wants to sell
 * near home is shown them by the place where the harvest is handed over.
 */
export async function readOffers(
  visit: Visit,
  query: OffersQuery,
  district: District | null,
): Promise<Offers> {
  const asked = offersCall(query, district?.code);
  if (!district || query.tipo !== "purchase" || asked?.sort !== "nearest")
    return visit.call(listOffers, { query: asked });
  const all = await visit.call(listOffers, { query: { ...asked, cursor: undefined, limit: mostBuyers } });
  if (all.next !== null) return visit.call(listOffers, { query: asked });
  const from = Math.min(Math.max(0, Math.trunc(Number(query.desde) || 0)), all.items.length);
  const items = all.items
    .map((offer) => ({ offer, km: awayFrom(district, offer) }))
    .toSorted((one, other) => one.km - other.km)
    .slice(from, from + aPage)
    .map(({ offer }) => offer);
  return { items, next: from + aPage < all.items.length ? String(from + aPage) : null };
}

function awayFrom(district: District, offer: Offer): number {
  const place = placeOf(offer);
  if (!place) return Number.POSITIVE_INFINITY;
  return place.code === district.code ? 0 : distanceKm(district.point, place.point);
}
