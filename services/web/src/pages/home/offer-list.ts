import { word } from "@minka/language/texts";
import { html, type Html } from "../../design/html.ts";
import {
  areaWords,
  capitalized,
  dayWords,
  joinWords,
  modalityWords,
  offerTitle,
  providerWords,
  shortened,
  soles,
} from "../../words/field-words.ts";
import type { Offers } from "./read-market.ts";

export type Offer = Offers["items"][number];

function priceOf({ terms }: Offer): { centimos: number | null; unit: string } {
  return terms.kind === "assistance"
    ? { centimos: terms.pricePerVisitCentimos, unit: "la visita" }
    : { centimos: terms.priceCentimos, unit: terms.priceUnit ? `por ${terms.priceUnit}` : "" };
}

function priceWords(offer: Offer): Html {
  const { centimos, unit } = priceOf(offer);
  if (centimos === null) return html`<p class="price"><small>precio a conversar</small></p>`;
  if (centimos === 0) return html`<p class="price">Sin costo</p>`;
  return html`<p class="price">${soles(centimos)}${unit ? html` <small>${unit}</small>` : null}</p>`;
}

/** Where one gets it, and how: "Cacao y café, en la chacra. Tocache, Uchiza y 4 lugares más." */
function reachWords({ terms, coverage }: Offer): string {
  const crops =
    terms.crops.length > 0
      ? [
          shortened(
            terms.crops.map((crop) => word("crop", crop)),
            3,
            (n) => `${n} más`,
          ),
        ]
      : [];
  const ways =
    terms.kind === "assistance" ? [joinWords(terms.modalities.map((way) => modalityWords[way]))] : [];
  const what = [...crops, ...ways].join(", ");
  const places = shortened(coverage.map(areaWords), 3, (count) => `${count} lugares más`);
  // Whoever visits goes as far as the reach says; the areas only narrow it.
  const where =
    terms.kind !== "assistance"
      ? `Llega a ${places}`
      : `Va hasta ${terms.reachKm} km${coverage.includes("PE") ? "" : `, en ${places}`}`;
  return `${what ? `${capitalized(what)}. ` : ""}${where}.`;
}

/** One strong line, one quiet line, the price always in the same place. */
export function offerRow(offer: Offer, today: string): Html {
  const { provider, terms, confirmedOn } = offer;
  return html`<li>
    <div class="line">
      <div>
        <h3>${offerTitle(terms)}</h3>
        <p>${provider.name} <span class="quiet">· ${providerWords[provider.kind]}</span></p>
      </div>
      ${priceWords(offer)}
    </div>
    <p class="quiet">${reachWords(offer)} Confirmado el ${dayWords(confirmedOn, today)}.</p>
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
