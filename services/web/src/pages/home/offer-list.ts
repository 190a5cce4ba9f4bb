import { offerSummary } from "@minka/contracts/offer-summary";
import { html, type Html } from "../../design/html.ts";
import { dayWords, joinWords, offerTitle, providerWords, soles } from "../../words/field-words.ts";
import { conditionWords } from "../../words/offer-words.ts";
import type { Offers } from "./read-market.ts";

export type Offer = Offers["items"][number];

/** What it costs, always in the same place: a price, or for a loan what it costs a year, all told. */
function priceWords({ terms }: Offer): Html {
  if (terms.kind === "credit") {
    return html`<p class="price">
      ${terms.example.fullCostPercent} %<small>TCEA: costo total al año</small>
    </p>`;
  }
  if (terms.kind === "purchase" && terms.price?.mode === "differential") {
    const { reference, centimosPerKg } = terms.price;
    return html`<p class="price">
      <small
        >${reference} ${centimosPerKg < 0 ? "menos" : "más"} ${soles(Math.abs(centimosPerKg))} por kg</small
      >
    </p>`;
  }
  const { priceCentimos, priceUnit } = offerSummary(terms);
  if (priceCentimos === null) return html`<p class="price"><small>precio a conversar</small></p>`;
  if (priceCentimos === 0) return html`<p class="price">Sin costo</p>`;
  const unit = terms.kind === "assistance" ? "la visita" : `por ${priceUnit}`;
  return html`<p class="price">${soles(priceCentimos)} <small>${unit}</small></p>`;
}

/** One strong line, one quiet line, the price always in the same place. */
export function offerRow(offer: Offer, today: string): Html {
  const { provider, terms, confirmedOn } = offer;
  return html`<li>
    <div class="line">
      <div>
        <h3>${offerTitle(terms)}</h3>
        <p>
          ${provider.name}
          <span class="quiet">· ${joinWords(provider.kinds.map((kind) => providerWords[kind]))}</span>
        </p>
      </div>
      ${priceWords(offer)}
    </div>
    <p class="quiet">
      ${conditionWords(terms, offer.coverage, today)} Confirmado el ${dayWords(confirmedOn, today)}.
    </p>
  </li>`;
}

/** "S/ 25", "de S/ 20 a S/ 45", or null when no visit is listed. */
export function visitPriceWords(offers: readonly Offer[]): string | null {
  const prices = offers.flatMap(({ terms }) =>
    terms.kind === "assistance" ? [terms.pricePerVisitCentimos] : [],
  );
  if (prices.length === 0) return null;
  const paid = prices.filter((price) => price > 0);
  if (paid.length === 0) return "sin costo";
  const [least, most] = [Math.min(...paid), Math.max(...paid)];
  const range = least === most ? soles(least) : `de ${soles(least)} a ${soles(most)}`;
  return paid.length < prices.length ? `${range}, o sin costo` : range;
}
