import { readablePhone } from "@minka/domain/phone";
import { kinds, type Kind } from "@minka/domain/vocabulary";
import { districtLabel, type District } from "@minka/geography/districts";
import type { WebConfig } from "../../config.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { actionLink } from "../../design/parts.ts";
import type { View } from "../../visits/page.ts";
import { kindWords } from "../../words/field-words.ts";
import type { ChosenPlace } from "./chosen-place.ts";
import { countByDistrict } from "./district-counts.ts";
import { districtList } from "./district-list.ts";
import { homeAddress, type HomeQuery } from "./home-address.ts";
import { offerRow } from "../market/offer-row.ts";
import { offersAddress } from "../market/offers-query.ts";
import { offersShown, type Market } from "./read-market.ts";
import { regionMap } from "./region-map.ts";
import { sampleThread } from "./sample-thread.ts";
import { visitPriceWords } from "./visit-price.ts";

type Home = {
  readonly config: WebConfig;
  readonly market: Market;
  readonly place: ChosenPlace;
  readonly query: HomeQuery;
  /** A calendar day in Lima. */
  readonly today: string;
};

export function homeView({ config, market, place, query, today }: Home): View {
  const district = place.kind === "one" ? place.district : null;
  const rows = countByDistrict(market.offerCounts, market.requestCounts);
  return {
    title: district ? `Servicios para su chacra en ${district.name}` : "Servicios para su chacra, por SMS",
    canonical: district ? homeAddress({ district: district.code }) : "/",
    facts: {
      "@type": "Organization",
      name: "Minka",
      url: "/",
      areaServed: ["San Martín", "Huánuco", "Ucayali", "Pasco"],
    },
    description:
      "Pida por SMS una visita técnica, abonos, herramientas o crédito para su cacao o su café en San Martín, Huánuco, Ucayali y Pasco.",
    // Who has said where the farm is wants to see who comes; how to ask then comes last.
    main: html`<div class="home">
      <div class="ask">
        <h1>${heading(market, district)}</h1>
        <p class="lead">${costWords(market, district)}</p>
        ${askAction(config, district)} ${placeForm(place)}
      </div>
      ${district ? null : sampleThread}
      <section class="list" aria-labelledby="ofertas">
        <h2 id="ofertas">${district ? `Lo que puede pedir en ${district.name}` : "Lo que puede pedir"}</h2>
        ${kindFilter(market, query)} ${offers(market, { query, today, district })}
      </section>
      <section class="where" aria-labelledby="donde">
        <h2 id="donde">Dónde hay gente que ofrece</h2>
        ${market.offerCounts === null ? html`<p class="notice">${notNow("cuántas ofertas hay en cada distrito")}</p>` : null}
        <figure>
          ${regionMap(rows, district)}
          <figcaption class="quiet">
            Cada punto verde es un distrito: más grande, más ofertas. Azul, ríos; línea cortada,
            carreteras.${district ? ` El anillo es ${district.name}.` : ""}
          </figcaption>
        </figure>
        ${districtList(rows, { district, knowsRequests: market.requestCounts !== null })}
      </section>
      ${district ? sampleThread : null} ${furtherLinks(district)}
    </div>`,
  };
}

/** What else anybody may look up, for the district where one is chosen. */
function furtherLinks(district: District | null): Html {
  const at = district ? `?distrito=${district.code}` : "";
  const link = (path: string, words: string) => html`<li><a href="${path}${at}">${words}</a></li>`;
  return html`<nav class="further" aria-labelledby="mas">
    <h2 id="mas">También puede ver</h2>
    <ul class="chips">
      ${link("/ofertas", "Buscar entre todo")}${link("/precios", "Cuánto pagan la cosecha")}${link("/capacitaciones", "Capacitaciones")}${link("/compras-juntas", "Compras en grupo")}${link("/organizaciones", "Organizaciones")}
    </ul>
  </nav>`;
}

const notNow = (what: string) => `Ahora no podemos mostrar ${what}. Pruebe otra vez en un minuto.`;

/** The page's one sentence, in the words of who came with the question. */
function heading({ offers }: Market, district: District | null): string {
  if (!district) return "Pida por SMS lo que su cacao o su café necesita";
  if (!offers) return `Pida por SMS lo que necesita en ${district.name}`;
  const visits = offers.items.filter(({ terms }) => terms.kind === "assistance");
  const people = new Set(visits.map(({ provider }) => provider.id)).size;
  // Of a list that goes on only its beginning is known, and whoever else is in it may be one of those again.
  const atLeast = offers.next === null ? "" : "Al menos ";
  if (people === 1) return `${atLeast}1 técnica o técnico puede ir a ${district.name}`;
  if (people > 0) return `${atLeast}${people} técnicos pueden ir a ${district.name}`;
  const count = offers.items.length;
  if (count === 0) return `Todavía nadie ofrece servicios en ${district.name}`;
  return count === 1
    ? `Hay 1 oferta para ${district.name}`
    : `Hay ${atLeast ? "más de " : ""}${count} ofertas para ${district.name}`;
}

function costWords({ offers }: Market, district: District | null): Content {
  const price = offers ? visitPriceWords(offers.items) : null;
  const cost = price
    ? html` Una visita cuesta <strong>${price}</strong>; el precio lo ve antes de elegir.`
    : html` El precio lo ve antes de elegir.`;
  if (district && offers?.items.length === 0)
    return html`Pídalo igual por SMS: una persona de Minka busca a alguien que llegue a ${district.name} y le
    avisa.`;
  return district
    ? html`Escriba lo que necesita y le mandamos hasta tres opciones cerca de ${district.name}.${cost}`
    : html`Una visita técnica, abonos, herramientas, crédito. Sirve cualquier celular, sin internet.${cost}`;
}

function askAction({ smsNumber, simulator }: WebConfig, district: District | null): Html {
  const example = `tecnico para mi cacao, ${district?.name ?? "tocache"}`.toLowerCase();
  if (smsNumber) {
    return html`<p>
      <a class="action" href="sms:${smsNumber}?body=${encodeURIComponent(example)}"
        >Pedir por SMS al ${readablePhone(smsNumber)}</a
      >
    </p>`;
  }
  if (simulator)
    return html`<p><a class="action" href="/simulator">Pedir con un teléfono de prueba</a></p>
      <p class="quiet">
        Esta es una demostración: los teléfonos son de prueba y nadie recibe un SMS de verdad.
      </p>`;
  return html`<p class="notice">Pregunte el número de Minka en su organización o a su técnica o técnico.</p>`;
}

function placeForm(place: ChosenPlace): Html {
  const written =
    place.kind === "one" ? districtLabel(place.district) : place.kind === "none" ? "" : place.written;
  const wrong = place.kind === "several" || place.kind === "unknown";
  return html`<form class="place" action="/" method="get" role="search">
    <label for="distrito">¿En qué distrito está su chacra?</label>
    ${place.kind === "unknown" ? html`<p class="wrong" id="lugar">No conocemos ese lugar. Escriba el distrito y la provincia, por ejemplo: Uchiza, Tocache.</p>` : null}
    ${
      place.kind === "several"
        ? html`<p class="wrong" id="lugar">Hay varios lugares con ese nombre. ¿Cuál es el suyo?</p>
            <ul class="choices">
              ${place.districts.slice(0, 8).map((district) => html`<li><a href="/?distrito=${district.code}">${districtLabel(district)}</a></li>`)}
            </ul>`
        : null
    }
    <div class="field">
      <input
        id="distrito"
        name="distrito"
        value="${written}"
        autocomplete="address-level2"
        maxlength="80"
        ${wrong ? html` aria-invalid="true" aria-describedby="lugar"` : null}
      />
      <button type="submit">Ver quién puede ir</button>
    </div>
    ${place.kind === "one" ? html`<p><a href="/">Ver todos los distritos</a></p>` : null}
  </form>`;
}

function kindFilter({ offerCounts }: Market, query: HomeQuery): Content {
  const known = new Set((offerCounts ?? []).filter(({ offers }) => offers > 0).map(({ kind }) => kind));
  if (query.kind) known.add(query.kind);
  if (known.size < 2) return null;
  const link = (kind: Kind | undefined, words: string) =>
    html`<li>
      <a
        href="${homeAddress({ district: query.district, kind })}#ofertas"
        ${query.kind === kind ? html` aria-current="true"` : null}
        >${words}</a
      >
    </li>`;
  return html`<nav aria-label="Qué se ofrece">
    <ul class="chips">
      ${link(undefined, "Todo")}${kinds.filter((kind) => known.has(kind)).map((kind) => link(kind, kindWords[kind]))}
    </ul>
  </nav>`;
}

function offers(
  { offers: page, standings }: Market,
  { query, today, district }: { query: HomeQuery; today: string; district: District | null },
): Content {
  if (!page) {
    return html`<p class="notice">
      ${notNow("las ofertas")} Por SMS puede pedir igual: su mensaje no se pierde.
    </p>`;
  }
  if (page.items.length === 0) {
    return html`<div class="empty">
      <p>
        ${query.kind ? `Nadie ofrece todavía: ${kindWords[query.kind].toLowerCase()}.` : "Nadie ofrece todavía."}
        Cuando alguien ofrezca, lo verá aquí con su precio.
      </p>
    </div>`;
  }
  const more = page.next !== null || page.items.length > offersShown;
  return html`<ul class="rows">
      ${page.items.slice(0, offersShown).map((offer) => offerRow(offer, today, { from: district, standings }))}
    </ul>
    ${more ? actionLink(offersAddress({ tipo: query.kind, distrito: district?.code }), "Ver más ofertas", { quiet: true }) : null}`;
}
