import { districtLabel, type District } from "@minka/geography/districts";
import { html, type Content, type Html } from "../../design/html.ts";
import { counted } from "../../words/field-words.ts";
import { offersWords, requestsWords, type DistrictCounts } from "./district-counts.ts";

const shownAtOnce = 8;
/** Beyond this the page would be heavier than a slow signal carries; the form finds any district. */
const shownAtMost = 80;

/** What the map shows, in words, with the open requests: the chosen district first. */
export function districtList(
  rows: readonly DistrictCounts[],
  { district, knowsRequests }: { district: District | null; knowsRequests: boolean },
): Content {
  const own = rows.find((row) => row.district.code === district?.code);
  const ordered = own ? [own, ...rows.filter((row) => row !== own)] : rows;
  const first = ordered.slice(0, shownAtOnce);
  const rest = ordered.slice(shownAtOnce, shownAtMost);
  const beyond = ordered.length - first.length - rest.length;
  return html`${knowsRequests ? null : html`<p class="notice">Ahora no podemos mostrar los pedidos abiertos. Pruebe otra vez en un minuto.</p>`}
  ${
    first.length > 0
      ? html`<ul class="rows districts">
          ${first.map(row)}
        </ul>`
      : null
  }
  ${
    rest.length > 0
      ? html`<details>
          <summary>Ver ${counted(rest.length, "distrito más", "distritos más")}</summary>
          <ul class="rows districts">
            ${rest.map(row)}
          </ul>
          ${beyond > 0 ? html`<p class="quiet">Hay ${counted(beyond, "distrito más", "distritos más")}: busque el suyo por su nombre.</p>` : null}
        </details>`
      : null
  }`;
}

function row({ district, offers, requests }: DistrictCounts): Html {
  const words = [
    offers === null ? null : offersWords(offers),
    requests === null ? null : requestsWords(requests),
  ].filter((part) => part !== null);
  return html`<li>
    <a href="/?distrito=${district.code}">${districtLabel(district)}</a>
    <span class="quiet">${words.join(" · ")}</span>
  </li>`;
}
