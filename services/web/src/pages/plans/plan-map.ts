import type { PlanVisit } from "@minka/contracts/plans";
import { html, type Content } from "../../design/html.ts";
import { placeWords, shortPlace, visitCount } from "../field-work/work-words.ts";
import { visitMap, type Spot } from "../field-work/visit-map.ts";

type PointOf = (place: PlanVisit) => Spot["at"] | null;

/** More lines than this are a knot that nobody can read. */
const mostRoutes = 12;

/** Where the visits of a list are, with the way of each agent's day as long as those can be told apart. */
export function planMap(visits: readonly PlanVisit[], pointOf: PointOf): Content {
  const spots: Spot[] = [];
  const indexOf = new Map<string, number>();
  for (const visit of visits) {
    const [place, at] = [placeWords(visit), pointOf(visit)];
    const index = indexOf.get(place);
    const known = index === undefined ? undefined : spots[index];
    if (index !== undefined && known) spots[index] = { ...known, visits: known.visits + 1 };
    else if (at) {
      indexOf.set(place, spots.length);
      spots.push({ at, name: shortPlace(visit), visits: 1 });
    }
  }
  const days = Map.groupBy(
    visits.filter(({ day }) => day !== null),
    ({ providerId, day }) => `${providerId} ${day}`,
  );
  const routes =
    days.size > mostRoutes
      ? []
      : [...days.values()].map((its) => [
          ...new Set(its.flatMap((visit) => indexOf.get(placeWords(visit)) ?? [])),
        ]);
  const counts = [...indexOf].map(([place, index]) => `${place}: ${visitCount(spots[index]?.visits ?? 0)}`);
  return html`${visitMap({ title: "Mapa de las visitas de esta lista", spots, routes })}
    <p class="quiet">
      Cada punto es un lugar, más grande si hay más
      visitas.${routes.length > 0 ? " Cada línea une las visitas de un día de una persona: no es el camino exacto." : " Elija a una persona para ver sus recorridos."}
    </p>
    <details>
      <summary>El mapa en palabras: ${counts.length === 1 ? "1 lugar" : `${counts.length} lugares`}</summary>
      <ul>
        ${counts.map((words) => html`<li>${words}</li>`)}
      </ul>
    </details>`;
}
