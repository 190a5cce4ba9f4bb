import { readPrices, type CropPrice } from "@minka/contracts/prices";
import { crops, type Crop } from "@minka/domain/vocabulary";
import { findDistrict, type District } from "@minka/geography/districts";
import { word } from "@minka/language/texts";
import { html, type Content, type Html } from "../../design/html.ts";
import { actionLink, chips, empty, withQuery } from "../../design/parts.ts";
import { askedOf } from "../../visits/asked.ts";
import { publicPage } from "../../visits/page.ts";
import { capitalized, dayWords, fromCentre, joinWords, soles } from "../../words/field-words.ts";
import { districtOf, everywhereLink, placeField, readPlace } from "../market/place-query.ts";
import { priceLine } from "./price-line.ts";

const path = "/precios";

/** What is paid for a harvest near a place, by whom, and how old the price is. */
export const pricesPage = publicPage(path)({
  async read(visit) {
    const crop = askedOf(visit, "cultivo", crops) ?? "cacao";
    const place = await readPlace(visit);
    const { prices } = await visit.call(readPrices, {
      query: { crop, districtCode: districtOf(place)?.code },
    });
    return { crop, place, prices };
  },
  show(visit, { crop, place, prices }) {
    const district = districtOf(place);
    const named = word("crop", crop);
    const where = district ? ` cerca de ${district.name}` : "";
    const address = {
      cultivo: crop,
      distrito: district?.code ?? visit.query["distrito"],
      lugar: visit.query["lugar"] === "todo" ? "todo" : undefined,
    };
    const chip = (one: Crop) => ({
      href: withQuery(path, { ...address, cultivo: one }),
      words: capitalized(word("crop", one)),
      current: one === crop,
    });
    return {
      title: `Precios de ${named}${where}`,
      description: `Cuánto pagan hoy por ${named}${where}: compradores con nombre, qué calidad piden, desde cuántos kilos y cuándo confirmaron el precio.`,
      canonical: withQuery(path, { cultivo: crop, distrito: district?.code }),
      facts: {
        "@type": "ItemList",
        itemListElement: prices.map((price, index) => ({
          "@type": "ListItem",
          position: index + 1,
          item: priceFacts(price),
        })),
      },
      main: html`<h1>${heading(crop, prices, district)}</h1>
        ${chips("Cultivo", [chip("cacao"), chip("coffee"), ...(crop === "cacao" || crop === "coffee" ? [] : [chip(crop)])])}
        ${
          prices.length === 0
            ? empty(
                `Ningún comprador confirmó en estos días un precio de ${named}${where}. Si quiere vender, le buscamos comprador.`,
                { href: "/pedir", words: "Buscar quién me compra" },
              )
            : html`${byState(prices).map((group) => stateSection(group, district, visit.today))}
              ${actionLink("/pedir", "Buscar quién me compra")}`
        }
        <h2>Otro cultivo u otro lugar</h2>
        <form action="${path}" method="get" role="search">
          <div class="f">
            <label for="cultivo">Cultivo</label>
            <select id="cultivo" name="cultivo">
              ${crops.map((one) => html`<option value="${one}" ${one === crop ? html` selected` : null}>${word("crop", one)}</option>`)}
            </select>
          </div>
          ${placeField(place, path, address)}
          <button class="quiet-button">Ver precios</button>
        </form>
        ${everywhereLink(place, path, address, "Ver precios de todo el país")}`,
    };
  },
});

/** "El cacao seco se paga hasta S/ 26 por kg cerca de Tocache" */
function heading(crop: Crop, prices: readonly CropPrice[], district: District | null): string {
  const where = district ? ` cerca de ${district.name}` : "";
  const fixed = prices.flatMap(({ price, state, certificates }) =>
    price.mode === "fixed"
      ? [{ state, amount: price.centimosPerKg, certified: certificates.length > 0 }]
      : [],
  );
  const dearestFirst = fixed.toSorted((one, other) => other.amount - one.amount);
  const ofState = dearestFirst.filter(({ state }) => state === dearestFirst[0]?.state);
  // What everybody may get is said before what needs a certificate.
  const best = ofState.find(({ certified }) => !certified) ?? ofState[0];
  const named = word("crop", crop);
  if (!best) return `Precios de ${named}${where}`;
  const [dearest = best] = ofState;
  const more = dearest.amount > best.amount ? `, y hasta ${soles(dearest.amount)} con certificado` : "";
  const certified = best.certified ? " con certificado" : "";
  return `Pagan hasta ${soles(best.amount)} por kg de ${named} ${word("crop_state", best.state)}${certified}${where}${more}`;
}

type Group = { readonly name: string; readonly prices: readonly CropPrice[] };

function byState(prices: readonly CropPrice[]): Group[] {
  const states = [...new Set(prices.map(({ state }) => state))];
  return states.map((state) => {
    const ofState = prices.filter((price) => price.state === state);
    return {
      name: `${capitalized(word("crop", ofState[0]?.crop ?? ""))} ${word("crop_state", state)}`,
      prices: ofState,
    };
  });
}

function stateSection({ name, prices }: Group, from: District | null, today: string): Html {
  const fixed = prices.flatMap(({ price }) => (price.mode === "fixed" ? [price.centimosPerKg] : []));
  return html`<h2>${name}</h2>
    ${priceLine(fixed, name)}
    <ul class="rows">
      ${prices.map((price) => priceRow(price, from, today))}
    </ul>`;
}

function priceRow(price: CropPrice, from: District | null, today: string): Html {
  const { offerId, buyer, minimumKg, certificates, districtCode, distanceKm, confirmedOn } = price;
  const place = findDistrict(districtCode)?.name;
  const asked = [
    minimumKg > 0 ? `desde ${minimumKg} kg` : "",
    ...qualityWords(price),
    certificates.length > 0
      ? `con certificado ${joinWords(certificates.map((one) => word("certificate", one)))}`
      : "",
  ].filter((part) => part !== "");
  return html`<li>
    <div class="line">
      <div>
        <h3><a href="/ofertas/${offerId}">${buyer.name}</a></h3>
        <p>
          Se entrega en
          ${place}${distanceKm === null || distanceKm === 0 || from === null ? "" : html`<span class="quiet">, ${fromCentre(distanceKm, from)}</span>`}
        </p>
      </div>
      ${amount(price)}
    </div>
    <p class="quiet">
      ${asked.length > 0 ? `${capitalized(asked.join(", "))}. ` : ""}Confirmado el
      ${dayWords(confirmedOn, today)}.
    </p>
  </li>`;
}

function amount({ price }: CropPrice): Content {
  if (price.mode === "fixed")
    return html`<p class="price">${soles(price.centimosPerKg)} <small>por kg</small></p>`;
  const more = price.centimosPerKg < 0 ? "menos" : "más";
  return html`<p class="price">
    <small>${price.reference} ${more} ${soles(Math.abs(price.centimosPerKg))} por kg</small>
  </p>`;
}

function qualityWords({ quality }: CropPrice): string[] {
  const limit = (what: string, value: number | undefined, unit: string) =>
    value === undefined ? [] : [`${what} ${value}${unit}`];
  return [
    ...limit("humedad hasta", quality.maximumMoisturePercent, " %"),
    ...limit("defectos hasta", quality.maximumDefectsPercent, " %"),
    ...limit("fermentado desde", quality.minimumFermentationPercent, " %"),
    ...limit("taza desde", quality.minimumCupPoints, " puntos"),
    ...limit("cadmio hasta", quality.maximumCadmiumMgPerKg, " mg/kg"),
  ];
}

function priceFacts({ offerId, buyer, crop, state, price }: CropPrice): object {
  return {
    "@type": "Demand",
    url: `/ofertas/${offerId}`,
    seeks: `${word("crop", crop)} ${word("crop_state", state)}`,
    agent: { "@type": "Organization", name: buyer.name },
    ...(price.mode === "fixed"
      ? {
          priceSpecification: {
            "@type": "UnitPriceSpecification",
            price: (price.centimosPerKg / 100).toFixed(2),
            priceCurrency: "PEN",
            unitCode: "KGM",
          },
        }
      : {}),
  };
}
