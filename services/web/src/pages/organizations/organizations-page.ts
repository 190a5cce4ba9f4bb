import { findOrganizations } from "@minka/contracts/organizations";
import type { Answer } from "@minka/contracts/endpoint";
import { crops } from "@minka/domain/vocabulary";
import { distanceKm } from "@minka/geography/distance";
import { districtLabel, findDistrict, type District } from "@minka/geography/districts";
import { word } from "@minka/language/texts";
import { html, type Html } from "../../design/html.ts";
import { empty, row, rows } from "../../design/parts.ts";
import { askedOf } from "../../visits/asked.ts";
import { publicPage } from "../../visits/page.ts";
import type { Visit } from "../../visits/visit.ts";
import { capitalized, counted, fromCentre, joinWords, shortened } from "../../words/field-words.ts";
import { entryFeeWords, organizationKindWords } from "../../words/organization-words.ts";
import { districtOf, everywhereLink, placeField, readPlace } from "../market/place-query.ts";

const path = "/organizaciones";

/** Towns from which organizations are looked for where no place is named: one a region of the programmes. */
const regionTowns = ["220101", "100601", "250101", "190301"];
const ofARegion = 5;
const ofAPlace = 20;

type Listed = Answer<typeof findOrganizations>["organizations"];
type Group = { readonly near: District; readonly organizations: Listed };

/** Associations and cooperatives that one may join, the nearest first. */
export const organizationsPage = publicPage(path)({
  async read(visit) {
    const place = await readPlace(visit);
    const crop = askedOf(visit, "cultivo", crops);
    const district = districtOf(place);
    const groups = district
      ? [await readNear(visit, district, { crop, limit: ofAPlace })]
      : await Promise.all(
          regionTowns.flatMap((code) => {
            const town = findDistrict(code);
            return town ? [readNear(visit, town, { crop, limit: ofARegion })] : [];
          }),
        );
    return { place, crop, district, groups: groups.filter(({ organizations }) => organizations.length > 0) };
  },
  show(visit, { place, crop, district, groups }) {
    const where = district ? ` cerca de ${district.name}` : "";
    const address = {
      cultivo: crop,
      distrito: district?.code ?? visit.query["distrito"],
      lugar: visit.query["lugar"] === "todo" ? "todo" : undefined,
    };
    return {
      title: `Organizaciones de productores${where}`,
      description: `Asociaciones, cooperativas y comités de cacao y café${where}: qué dan a sus socios, qué piden y cuánto cuesta entrar.`,
      canonical: district ? `${path}?distrito=${district.code}` : path,
      main: html`<h1>
          ${groups.length === 0 ? `No conocemos todavía una organización${where}` : `Organizaciones a las que puede entrar${where}`}
        </h1>
        <p class="lead">Juntos se compra más barato y se vende mejor. Aquí ve qué da cada una y qué pide.</p>
        <form action="${path}" method="get" role="search">
          ${placeField(place, path, address)}
          <div class="f">
            <label for="cultivo">Cultivo</label>
            <select id="cultivo" name="cultivo">
              <option value="">Todos</option>
              ${crops.map((one) => html`<option value="${one}" ${one === crop ? html` selected` : null}>${word("crop", one)}</option>`)}
            </select>
          </div>
          <button class="quiet-button">Ver las más cercanas</button>
        </form>
        ${everywhereLink(place, path, address, "Ver las de todas las regiones")}
        ${
          groups.length === 0
            ? empty("Con dos vecinos más puede formar un grupo y comprar juntos.", {
                href: "/mi/organizacion",
                words: "Formar un grupo de vecinos",
              })
            : groups.map((group) => section(group, district))
        }`,
    };
  },
});

async function readNear(
  visit: Visit,
  near: District,
  { crop, limit }: { crop: string | undefined; limit: number },
): Promise<Group> {
  const query = { districtCode: near.code, limit, ...(crop === undefined ? {} : { crop }) };
  return { near, ...(await visit.call(findOrganizations, { query })) };
}

function section({ near, organizations }: Group, district: District | null): Html {
  return html`<h2>${district ? "Las más cercanas" : near.region}</h2>
    ${rows(
      organizations.map(
        ({ id, name, kind, districtCode, crops: grown, verified, services, entryFeeCentimos }) => {
          const at = findDistrict(districtCode);
          const km = district && at ? Math.round(distanceKm(district.point, at.point)) : 0;
          return row({
            title: name,
            href: `${path}/${id}`,
            lines: [
              [
                capitalized(organizationKindWords[kind]),
                grown.length > 0 ? `de ${joinWords(grown.map((crop) => word("crop", crop)))}` : "",
                at ? `en ${districtLabel(at)}` : "",
                km > 0 && district ? fromCentre(km, district) : "",
              ]
                .filter(Boolean)
                .join(" ")
                .concat(verified ? ". Revisada por Minka." : "."),
              `${capitalized(entryFeeWords(entryFeeCentimos))}.${services.length > 0 ? ` Da: ${shortened(services, 3, (count) => counted(count, "cosa más", "cosas más")).toLowerCase()}.` : ""}`,
            ],
          });
        },
      ),
    )}
    ${!district && organizations.length === ofARegion ? html`<p><a class="more" href="${path}?distrito=${near.code}">Ver más de ${near.region}</a></p>` : null}`;
}
