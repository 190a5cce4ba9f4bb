import { DomainError } from "@minka/domain/errors";
import { html, type Content } from "../../design/html.ts";
import { empty, notice } from "../../design/parts.ts";
import { signedPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { capitalized, joinWords, weekdayWords } from "../../words/field-words.ts";
import { isDay } from "./months.ts";
import { readOwnProvider } from "../provider/own-provider.ts";
import { pointsOf } from "./place-points.ts";
import { readStays, readWork, withContacts, type Stop } from "./read-work.ts";
import { helpInReach, safety } from "./safety.ts";
import { stopCard } from "./stop-card.ts";
import { visitActions, visitNotices } from "./visit-actions.ts";
import { visitMap, type Spot } from "./visit-map.ts";
import { hourWords, isOn, placeWords, saidYes, shortPlace, visitCount, visitsOf } from "./work-words.ts";
import { fieldWorkRefusals } from "../../words/refusals/field-work.ts";

type Params = { readonly providerId: string; readonly day: string };

/**
 * One day of an agent, all on one page: kept on the phone the evening before it does without a signal, and printed it
 * is a sheet to write on.
 */
export const dayPage = signedPage("/mi-servicio/:providerId/plan/dia/:day")({
  async read(visit) {
    const { providerId, day } = visit.params;
    if (!isDay(day)) throw new DomainError("not-found", "no-such-page", "Nothing is here.");
    const { name } = await readOwnProvider(visit);
    const { days } = await readWork(visit, providerId, day.slice(0, 7));
    const planned = days.get(day) ?? [];
    const [stops, stays, pointOf] = await Promise.all([
      withContacts(visit, planned),
      readStays(visit),
      pointsOf(visit, planned),
    ]);
    const others = [...days.keys()].toSorted();
    const around = [others.findLast((other) => other < day), others.find((other) => other > day)] as const;
    return { name, stops, stays, pointOf, around };
  },
  show(visit, { name, stops, stays, pointOf, around }, attempt) {
    const { providerId, day } = visit.params;
    const visits = visitsOf(stops);
    const next = stops.find((stop) => stop.visits.some(isOn));
    const spots = stops.flatMap((stop, index): Spot[] => {
      const at = pointOf(stop);
      return at ? [{ at, name: shortPlace(stop), number: index + 1, visits: stop.visits.length }] : [];
    });
    return {
      title: capitalized(weekdayWords(day, visit.today)),
      desk: true,
      main: html`<h1>${dayTitle(stops, day, visit.today)}</h1>
        ${
          stops.length === 0
            ? empty(
                day < visit.today
                  ? "Ese día no hubo visitas."
                  : "Ese día está libre. Las visitas salen de su plan del mes y de los pedidos que acepte.",
                { href: `/mi-servicio/${providerId}/plan?mes=${day.slice(0, 7)}`, words: "Ver todo el mes" },
              )
            : html`<p class="paper">Visitas de ${name}</p>
                <p class="lead">${leadWords(stops)}</p>
                ${
                  day >= visit.today && visits.some(isOn)
                    ? notice(
                        "Abra esta página antes de salir. Después sirve sin señal: lo que marque se manda solo cuando vuelva la señal.",
                      )
                    : null
                }
                <div class="columns">
                  <section>
                    <h2>Sus visitas, en orden</h2>
                    <ol class="rows">
                      ${stops.map((stop, index) => stopCard({ visit, attempt, stays }, stop, index + 1, stop === next))}
                    </ol>
                  </section>
                  <section>
                    <h2>El camino</h2>
                    ${visitMap({
                      title: `Mapa del día: ${joinWords(stops.map((stop, index) => `${index + 1}, ${placeWords(stop)}`))}`,
                      spots,
                      routes: [spots.map((_spot, index) => index)],
                    })}
                    <ol class="rows">
                      ${stops.map((stop, index) => html`<li>${index + 1}. ${placeWords(stop)}, ${hourWords(stop)}</li>`)}
                    </ol>
                    <p class="quiet">La línea une los lugares en orden. No es el camino exacto.</p>
                  </section>
                </div>
                ${safety(visit.config)}${helpInReach}`
        }
        ${aroundDay(providerId, day, around)}`,
    };
  },
  actions: visitActions<Params>(({ params: { providerId, day } }: SignedVisit<Params>) => {
    return `/mi-servicio/${providerId}/plan/dia/${day}`;
  }),
  refusals: fieldWorkRefusals,
  notices: visitNotices,
});

function dayTitle(stops: readonly Stop[], day: string, today: string): string {
  const when = `${day === today ? "Hoy, " : ""}${weekdayWords(day, today)}`;
  const count = visitsOf(stops).length;
  return capitalized(count === 0 ? `${when}: sin visitas` : `${when}: ${visitCount(count)}`);
}

function leadWords(stops: readonly Stop[]): string {
  const visits = visitsOf(stops);
  const yes = visits.filter(saidYes).length;
  const [first] = stops;
  const begins = first?.startsAt ? `Empieza a las ${hourWords(first)} en ${placeWords(first)}. ` : "";
  if (yes === visits.length)
    return `${begins}${yes === 1 ? "La persona dijo que sí." : "Todas las personas dijeron que sí."}`;
  return `${begins}${yes} de ${visits.length} dijeron que sí. A las demás se les pregunta por SMS.`;
}

/** The days with visits before and after, in its month. */
function aroundDay(
  providerId: string,
  day: string,
  [before, after]: readonly (string | undefined)[],
): Content {
  const to = (other: string) => `/mi-servicio/${providerId}/plan/dia/${other}`;
  return html`<nav class="pager" aria-label="Otros días">
    ${before ? html`<a class="more" href="${to(before)}">El día anterior con visitas</a>` : null}
    ${after ? html`<a class="more" href="${to(after)}">El siguiente día con visitas</a>` : null}
    <a class="more" href="/mi-servicio/${providerId}/plan?mes=${day.slice(0, 7)}">Todo el mes</a>
  </nav>`;
}
