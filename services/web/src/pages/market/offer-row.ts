import { offerSummary } from "@minka/contracts/offer-summary";
import type { offer } from "@minka/contracts/catalog";
import { distanceKm } from "@minka/geography/distance";
import { findDistrict, type District } from "@minka/geography/districts";
import type { z } from "zod";
import { html, type Html } from "../../design/html.ts";
import {
  capitalized,
  dayWords,
  fromCentre,
  joinWords,
  offerTitle,
  providerWords,
  soles,
} from "../../words/field-words.ts";
import { conditionWords } from "../../words/offer-words.ts";
import { standingWords, type Reputations } from "./standing-words.ts";

export type Offer = z.output<typeof offer>;

/** What it costs: an amount and what it is for; for a loan what it costs a year, all told. */
export function costOf(terms: Offer["terms"]): {
  readonly amount: string | null;
  readonly per: string | null;
} {
  if (terms.kind === "credit")
    return { amount: `${terms.example.fullCostPercent} %`, per: "TCEA: costo total al año" };
  if (terms.kind === "purchase" && terms.price?.mode === "differential") {
    const { reference, centimosPerKg } = terms.price;
    const more = `${centimosPerKg < 0 ? "menos" : "más"} ${soles(Math.abs(centimosPerKg))} por kg`;
    return { amount: null, per: `${reference} ${more}` };
  }
  const { priceCentimos, priceUnit } = offerSummary(terms);
  if (priceCentimos === null) return { amount: null, per: "precio a conversar" };
  if (priceCentimos === 0) return { amount: "Gratis", per: null };
  return {
    amount: soles(priceCentimos),
    per: terms.kind === "assistance" ? "la visita" : `por ${priceUnit}`,
  };
}

/** The price, always in the same place of a row. */
function priceWords(terms: Offer["terms"]): Html {
  const { amount, per } = costOf(terms);
  return html`<p class="price">${amount}${per ? html` <small>${per}</small>` : null}</p>`;
}

/** Where it is given, or whoever gives it is at home. */
export function placeOf({ terms, provider }: Offer): District | undefined {
  const code =
    "place" in terms && terms.place
      ? terms.place.districtCode
      : terms.kind === "purchase"
        ? terms.delivery.districtCode
        : provider.districtCode;
  return code === null ? undefined : findDistrict(code);
}

/** "en Tocache", or "en Uchiza, a 34 km del centro de Tocache" that is asked about: from town to town, as the crow flies. */
export function distanceWords(offer: Offer, from: District | null): string | null {
  const place = placeOf(offer);
  return !place || offer.terms.kind === "credit" ? null : placeAway(place, from);
}

export function placeAway(place: District, from: District | null): string {
  if (!from || from.code === place.code || from.precision === "province" || place.precision === "province")
    return `en ${place.name}`;
  return `en ${place.name}, ${fromCentre(Math.max(1, Math.round(distanceKm(from.point, place.point))), from)}`;
}

/** One strong line, one quiet line, the price always in the same place. */
export function offerRow(
  offer: Offer,
  today: string,
  {
    from = null,
    standings,
    own = false,
  }: {
    from?: District | null;
    /** Left out where neither the place nor the rating has room; null where ratings are not known now. */
    standings?: Reputations | null;
    /** On the page of who offers it: their name is said already. */
    own?: boolean;
  } = {},
): Html {
  const { id, provider, terms, confirmedOn } = offer;
  const about = [
    joinWords(provider.kinds.map((kind) => providerWords[kind])),
    standings === undefined ? null : distanceWords(offer, from),
    standings ? standingWords(standings.get(provider.id)) : null,
  ].filter((part) => part !== null);
  return html`<li>
    <div class="line">
      <div>
        <h3><a href="/ofertas/${id}">${offerTitle(terms)}</a></h3>
        ${own ? null : html`<p>${provider.name}</p>`}
      </div>
      ${priceWords(terms)}
    </div>
    ${own ? null : html`<p class="quiet">${capitalized(about.join(" · "))}</p>`}
    <p class="quiet">
      ${conditionWords(terms, offer.coverage, today)} Confirmado el ${dayWords(confirmedOn, today)}.
    </p>
  </li>`;
}
