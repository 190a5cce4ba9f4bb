import { crops, type Kind } from "@minka/domain/vocabulary";
import type { District } from "@minka/geography/districts";
import { word } from "@minka/language/texts";
import { html, type Content, type Html } from "../../design/html.ts";
import { chips, empty, pager, withQuery } from "../../design/parts.ts";
import { publicPage } from "../../visits/page.ts";
import type { Visit } from "../../visits/visit.ts";
import { kindWords } from "../../words/field-words.ts";
import { offerFacts } from "./offer-facts.ts";
import { offerRow } from "./offer-row.ts";
import { offersAddress, readOffersQuery, subjectsOf, type OffersQuery } from "./offers-query.ts";
import { districtOf, everywhereLink, placeField, readPlace } from "./place-query.ts";
import { readOffers } from "./read-offers.ts";
import { readStandings } from "./standing-words.ts";

const path = "/ofertas";

/** What is offered near a place: found by whoever searches, signed in or not. */
export const offersPage = publicPage(path)({
  async read(visit) {
    const query = readOffersQuery(visit);
    const place = await readPlace(visit);
    const list = await readOffers(visit, query, districtOf(place));
    const standings = await readStandings(
      visit,
      list.items.map(({ provider }) => provider.id),
    );
    return { query, place, list, standings };
  },
  show(visit, { query, place, list, standings }) {
    const district = districtOf(place);
    const about = aboutWords(query);
    const where = district ? ` para ${district.name}` : "";
    const address = addressOf(visit, query, district);
    return {
      title: `${about}${where}`,
      description: `${about}${where}: quién lo ofrece, qué pide y cuánto cuesta. Precios confirmados, sin intermediarios.`,
      canonical: offersAddress({ tipo: query.tipo, cosa: query.cosa, distrito: district?.code }),
      facts: {
        "@type": "ItemList",
        itemListElement: list.items.map((offer, index) => ({
          "@type": "ListItem",
          position: index + 1,
          item: offerFacts(offer),
        })),
      },
      main: html`<h1>${query.desde ? furtherHeading(about, district) : heading(list, about, district)}</h1>
        <p class="lead">
          ${query.tipo === "purchase" ? "Aquí ve cuánto pagan antes de ofrecer su cosecha. Ofrecerla no cuesta." : "Aquí ve el precio antes de pedir. Pedir no cuesta."}
        </p>
        ${kindChips(query, address)} ${searchForm(visit, query, place)}
        ${everywhereLink(place, path, address, "Buscar en todos los distritos")}
        ${
          list.items.length === 0
            ? nothing(query, district)
            : html`<h2>${query.tipo === "purchase" ? "A quién puede vender" : "Lo que puede pedir"}</h2>
                <ul class="rows">
                  ${list.items.map((offer) => offerRow(offer, visit.today, { from: district, standings }))}
                </ul>`
        }
        ${pager(path, address, list.next)}`,
    };
  },
});

type Address = Readonly<Record<string, string | undefined>>;

/** What is looked for as links carry it: the district by its code, whatever was written. */
function addressOf({ query: raw }: Visit, query: OffersQuery, district: District | null): Address {
  return {
    ...query,
    hasta: query.hasta === undefined ? undefined : raw["hasta"],
    distrito: district?.code ?? raw["distrito"],
    lugar: raw["lugar"] === "todo" ? "todo" : undefined,
  };
}

function aboutWords({ tipo, cosa, cultivo }: OffersQuery): string {
  const subject = subjectsOf(tipo).find(({ value }) => value === cosa)?.words;
  const what = tipo ? kindWords[tipo] : "Ofertas";
  return [subject ? `${what}: ${subject}` : what, cultivo ? `en ${word("crop", cultivo)}` : null]
    .filter(Boolean)
    .join(" ");
}

function heading(
  { items, next }: { items: readonly unknown[]; next: string | null },
  about: string,
  district: District | null,
): string {
  const where = district ? ` para ${district.name}` : " en Minka";
  if (items.length === 0) return `${about}: nadie ofrece todavía${district ? ` en ${district.name}` : ""}`;
  const count = next === null ? `${items.length}` : `más de ${items.length}`;
  const offers = items.length === 1 && next === null ? "1 oferta" : `${count} ofertas`;
  return about.startsWith("Ofertas")
    ? `Hay ${offers}${about.slice("Ofertas".length)}${where}`
    : `${about}: hay ${offers}${where}`;
}

/** A later page of the list says nothing about the whole. */
function furtherHeading(about: string, district: District | null): string {
  const where = district ? ` para ${district.name}` : " en Minka";
  return about.startsWith("Ofertas")
    ? `Más ofertas${about.slice("Ofertas".length)}${where}`
    : `${about}: más ofertas${where}`;
}

/** So that they take few lines on a small screen. */
const shortKinds: readonly (readonly [Kind, string])[] = [
  ["assistance", "Visita técnica"],
  ["training", "Capacitación"],
  ["input", "Abonos"],
  ["equipment", "Herramientas"],
  ["credit", "Crédito"],
  ["purchase", "Quién compra"],
  ["service", "Laboratorio y secado"],
];

function kindChips(query: OffersQuery, address: Address): Html {
  const link = (kind: Kind | undefined, words: string) => ({
    href: withQuery(path, { ...address, tipo: kind, cosa: undefined, desde: undefined }),
    words,
    current: query.tipo === kind,
  });
  return chips("Qué se ofrece", [
    link(undefined, "Todo"),
    ...shortKinds.map(([kind, words]) => link(kind, words)),
  ]);
}

function searchForm(visit: Visit, query: OffersQuery, place: Parameters<typeof placeField>[0]): Html {
  const subjects = subjectsOf(query.tipo);
  const option = (value: string, words: string, chosen: string | undefined) =>
    html`<option value="${value}" ${value === chosen ? html` selected` : null}>${words}</option>`;
  const narrowed = query.cultivo ?? visit.query["hasta"] ?? query.orden;
  const near = place.kind === "one";
  const usual = query.buscar
    ? "Lo más parecido a lo que busca"
    : near
      ? "Lo más cercano a su distrito"
      : "Lo confirmado hace menos";
  return html`<details ${place.kind === "one" ? null : html` open`}>
    <summary>Cambiar el distrito o buscar algo más</summary>
    <form action="${path}" method="get" role="search">
      ${query.tipo ? html`<input type="hidden" name="tipo" value="${query.tipo}" />` : null}
      ${placeField(place, path, addressOf(visit, query, null))}
      ${
        subjects.length > 0
          ? html`<div class="f">
              <label for="cosa">¿Qué busca?</label>
              <select id="cosa" name="cosa">
                <option value="">Cualquiera</option>
                ${subjects.map(({ value, words }) => option(value, words, query.cosa))}
              </select>
            </div>`
          : html`<div class="f">
              <label for="buscar">¿Qué busca?</label>
              <input id="buscar" name="buscar" value="${query.buscar}" maxlength="120" />
            </div>`
      }
      <details ${narrowed === undefined ? null : html` open`}>
        <summary>Por cultivo, precio y orden</summary>
        <div class="f">
          <label for="cultivo">Para qué cultivo</label>
          <select id="cultivo" name="cultivo">
            <option value="">Todos</option>
            ${crops.map((crop) => option(crop, word("crop", crop), query.cultivo))}
          </select>
        </div>
        <div class="f">
          <label for="hasta">Precio hasta</label>
          <span class="unit"
            ><span>S/</span
            ><input
              id="hasta"
              name="hasta"
              inputmode="decimal"
              maxlength="9"
              autocomplete="off"
              value="${visit.query["hasta"]}"
              ${visit.misread.has("hasta") ? html` aria-invalid="true"` : null}
          /></span>
        </div>
        <div class="f">
          <label for="orden">Primero</label>
          <select id="orden" name="orden">
            <option value="">${usual}</option>
            ${near && query.buscar ? option("cerca", "Lo más cercano a su distrito", query.orden) : null}${option("precio", "Lo más barato", query.orden)}${near || query.buscar ? option("reciente", "Lo confirmado hace menos", query.orden) : null}
          </select>
        </div>
      </details>
      <button class="quiet-button">Buscar</button>
    </form>
  </details>`;
}

function nothing(query: OffersQuery, district: District | null): Content {
  const narrowed = query.cosa ?? query.cultivo ?? query.hasta ?? query.buscar;
  if (narrowed !== undefined)
    return empty("Con lo que eligió no hay nada. Quite algo de la búsqueda y mire otra vez.", {
      href: offersAddress({ tipo: query.tipo, distrito: district?.code }),
      words: "Quitar lo elegido",
    });
  return empty(
    district
      ? `Pídalo igual: una persona de Minka busca a alguien que llegue a ${district.name} y le avisa.`
      : "Cuando alguien ofrezca, lo verá aquí con su precio.",
    { href: "/pedir", words: "Pedir lo que necesito" },
  );
}
