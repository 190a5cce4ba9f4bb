import { readProfile } from "@minka/contracts/people";
import { districtLabel, findDistrict, type District } from "@minka/geography/districts";
import { html, type Content } from "../../design/html.ts";
import { withQuery } from "../../design/parts.ts";
import { misread } from "../../visits/asked.ts";
import type { Visit } from "../../visits/visit.ts";
import { choosePlace, type ChosenPlace } from "../home/chosen-place.ts";

type Query = Readonly<Record<string, string | undefined>>;

/**
 * The place that an address names (`distrito`), by code or as people write it. Who is signed in and names none is
 * shown what is near home: `todo` in the address asks for everywhere.
 */
export async function readPlace(visit: Visit): Promise<ChosenPlace> {
  const place = choosePlace(visit.query["distrito"]);
  if (place.kind === "unknown")
    misread(visit, "distrito", "Escriba el distrito y la provincia, por ejemplo: Uchiza, Tocache.");
  if (place.kind !== "none" || !visit.person || visit.query["lugar"] === "todo") return place;
  const answer = await visit.callIfAny(readProfile, { params: { personId: visit.person.personId } });
  const home = findDistrict(answer?.profile.districtCode ?? "");
  return home ? { kind: "one", district: home } : place;
}

export const districtOf = (place: ChosenPlace): District | null =>
  place.kind === "one" ? place.district : null;

/** The place as a field of a page's search: what was typed stays, and what is unclear is asked. */
export function placeField(place: ChosenPlace, path: string, query: Query): Content {
  const written =
    place.kind === "one" ? districtLabel(place.district) : place.kind === "none" ? "" : place.written;
  const wrong = place.kind === "several" || place.kind === "unknown";
  return html`<div class="f">
    <label for="distrito">¿En qué distrito?</label>
    ${place.kind === "unknown" ? html`<p class="wrong" id="lugar">No conocemos ese lugar. Escriba el distrito y la provincia, por ejemplo: Uchiza, Tocache.</p>` : null}
    ${
      place.kind === "several"
        ? html`<p class="wrong" id="lugar">Hay varios lugares con ese nombre. ¿Cuál es el suyo?</p>
            <ul class="choices">
              ${place.districts.slice(0, 8).map((district) => html`<li><a href="${withQuery(path, { ...query, distrito: district.code })}">${districtLabel(district)}</a></li>`)}
            </ul>`
        : null
    }
    <input
      id="distrito"
      name="distrito"
      value="${written}"
      autocomplete="address-level2"
      maxlength="80"
      ${wrong ? html` aria-invalid="true" aria-describedby="lugar"` : null}
    />
  </div>`;
}

/** To everywhere, where a place is chosen. */
export const everywhereLink = (place: ChosenPlace, path: string, query: Query, words: string): Content =>
  place.kind === "one"
    ? html`<p>
        <a
          class="more"
          href="${withQuery(path, { ...query, distrito: undefined, lugar: "todo", desde: undefined })}"
          >${words}</a
        >
      </p>`
    : null;
