import { listOffers } from "@minka/contracts/catalog";
import { html, type Html } from "../../design/html.ts";
import { empty, pager } from "../../design/parts.ts";
import { publicPage } from "../../visits/page.ts";
import { capitalized } from "../../words/field-words.ts";
import { daysWords, forWomen } from "../../words/offer-words.ts";
import { offerFacts } from "./offer-facts.ts";
import { costOf, distanceWords, type Offer } from "./offer-row.ts";
import { districtOf, everywhereLink, placeField, readPlace } from "./place-query.ts";

const path = "/capacitaciones";
const aPage = 20;

type Training = Offer & { terms: Extract<Offer["terms"], { kind: "training" }> };

/** What can be learned near a place, the soonest first. */
export const trainingPage = publicPage(path)({
  async read(visit) {
    const place = await readPlace(visit);
    const district = districtOf(place);
    // There are tens of them at a time: put in the order of their days here.
    const query = { kind: "training", districtCode: district?.code, limit: 100 } as const;
    const { items } = await visit.call(listOffers, { query });
    const coming = items
      .filter(
        (offer): offer is Training => offer.terms.kind === "training" && offer.terms.endsOn >= visit.today,
      )
      .toSorted((one, other) => one.terms.startsOn.localeCompare(other.terms.startsOn));
    const from = Math.min(Math.max(0, Math.trunc(Number(visit.query["desde"]) || 0)), coming.length);
    return { place, district, coming, from };
  },
  show(visit, { place, district, coming, from }) {
    const where = district ? ` cerca de ${district.name}` : "";
    const shown = coming.slice(from, from + aPage);
    const address = {
      distrito: district?.code ?? visit.query["distrito"],
      lugar: visit.query["lugar"] === "todo" ? "todo" : undefined,
      desde: from === 0 ? undefined : String(from),
    };
    return {
      title: `Capacitaciones${where}`,
      description: `Cursos, talleres y días de campo de cacao y café${where}: qué días, dónde, cuántos cupos y cuánto cuestan.`,
      canonical: district ? `${path}?distrito=${district.code}` : path,
      facts: {
        "@type": "ItemList",
        itemListElement: shown.map((offer, index) => ({
          "@type": "ListItem",
          position: from + index + 1,
          item: offerFacts(offer),
        })),
      },
      main: html`<h1>${heading(coming.length, where)}</h1>
        <form action="${path}" method="get" role="search">
          ${placeField(place, path, address)}
          <button class="quiet-button">Ver qué hay</button>
        </form>
        ${everywhereLink(place, path, address, "Ver en todos los distritos")}
        ${
          shown.length === 0
            ? empty(
                "Pida la capacitación que le hace falta: cuando varios piden lo mismo, se arma una cerca.",
                { href: "/pedir", words: "Pedir una capacitación" },
              )
            : html`<h2>Las que vienen</h2>
                <ul class="rows">
                  ${shown.map((offer) => trainingRow(offer, district, visit.today))}
                </ul>`
        }
        ${pager(path, address, from + aPage < coming.length ? String(from + aPage) : null)}`,
    };
  },
});

function heading(count: number, where: string): string {
  if (count === 0) return `Todavía no hay capacitaciones${where}`;
  return count === 1 ? `Hay 1 capacitación${where}` : `Hay ${count} capacitaciones${where}`;
}

function trainingRow(offer: Training, from: Parameters<typeof distanceWords>[1], today: string): Html {
  const { id, terms, provider } = offer;
  const { amount, per } = costOf(terms);
  return html`<li>
    <div class="line">
      <div>
        <h3><a href="/ofertas/${id}">${terms.title}</a></h3>
        <p>${capitalized(daysWords(terms.startsOn, terms.endsOn, today))}</p>
      </div>
      <p class="price">${amount}${per ? html` <small>${per}</small>` : null}</p>
    </div>
    <p class="quiet">
      ${terms.place.name}, ${distanceWords(offer, from)?.replace(/^en /, "")}.
      ${terms.audience === "everyone" ? "" : `${capitalized(forWomen[terms.audience])}. `}${terms.seats === 1 ? "1 cupo" : `${terms.seats} cupos`}.
      Enseña ${provider.name}.
    </p>
  </li>`;
}
