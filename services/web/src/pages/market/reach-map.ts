import { distanceKm } from "@minka/geography/distance";
import { allDistricts, type District } from "@minka/geography/districts";
import { html, type Content } from "../../design/html.ts";
import { inProgramme } from "../home/district-counts.ts";
import { schematicMap } from "../home/region-map.ts";

/** From a district's town to where somebody there sets out from. */
const slackKm = 15;

type Reach = {
  readonly name: string;
  readonly coverage: readonly string[];
  readonly home: District | undefined;
  /** How far whoever visits goes from home. */
  readonly reachKm: number | undefined;
};

/** Districts of the map that INEI prefixes and the way there leave. */
function reached({ coverage, home, reachKm }: Reach): District[] {
  const near = ({ point }: District) =>
    !home || reachKm === undefined || distanceKm(home.point, point) <= reachKm + slackKm;
  return allDistricts().filter(
    (district) =>
      inProgramme(district) &&
      coverage.some((area) => area === "PE" || district.code.startsWith(area)) &&
      near(district),
  );
}

/** Where a provider goes, as dots, and where it is at home, as a ring. Null where the map shows none of it. */
export function reachMap(reach: Reach): Content {
  const { name, home } = reach;
  const districts = reached(reach);
  if (districts.length === 0) return null;
  const dots = districts.map((district) => ({ district, radius: 9 }));
  return html`<figure>
    ${schematicMap({ name: `Mapa: hasta dónde llega ${name}`, dots, chosen: home ?? null })}
    <figcaption class="quiet">
      Puntos verdes: ${districts.length === 1 ? "el distrito" : `los ${districts.length} distritos`} a donde
      llega.${home && inProgramme(home) ? ` El anillo es ${home.name}, donde está.` : ""} Azul, ríos; línea
      cortada, carreteras.
    </figcaption>
  </figure>`;
}
