import { readProviderRecord } from "@minka/contracts/providers";
import { addDays } from "@minka/domain/lima-time";
import { html, type Content, type Html } from "../../design/html.ts";
import { empty, row, rows, stateMark } from "../../design/parts.ts";
import { signedPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { capitalized, counted, monthWords, shortened, weekdayWords } from "../../words/field-words.ts";
import { monthActions, monthAnswer, monthNotices } from "./month-answer.ts";
import { monthChips, monthOf } from "./months.ts";
import { readOwnProvider } from "../provider/own-provider.ts";
import { pointsOf } from "./place-points.ts";
import { readWork, type Stop, type Work, type WorkVisit } from "./read-work.ts";
import { visitNotices } from "./visit-actions.ts";
import { visitMap, type Spot } from "./visit-map.ts";
import {
  dayCount,
  hourWords,
  isOn,
  placeWords,
  saidYes,
  shortPlace,
  visitCount,
  visitState,
  visitsOf,
  whoWords,
} from "./work-words.ts";
import { fieldWorkRefusals } from "../../words/refusals/field-work.ts";

type Params = { readonly providerId: string };
type Visit = SignedVisit<Params>;
/** How many days ahead a phone keeps the pages of. */
const daysKept = 7;

type PointOf = Awaited<ReturnType<typeof pointsOf>>;

/** An agent's month: whether it will do, where it leads, and each of its days. */
export const monthPage = signedPage("/mi-servicio/:providerId/plan")({
  async read(visit) {
    const { providerId } = visit.params;
    const month = monthOf(visit);
    const provider = await readOwnProvider(visit);
    const [work, record] = await Promise.all([
      readWork(visit, providerId, month),
      visit.callIfAny(readProviderRecord, { params: { providerId } }),
    ]);
    const pointOf = await pointsOf(visit, [...work.days.values()].flat());
    return { month, provider, work, pointOf, base: record?.provider.agent?.base ?? null };
  },
  show(visit, { month, provider, work, pointOf, base }, attempt) {
    const path = `/mi-servicio/${visit.params.providerId}/plan`;
    const said = monthWords(month, visit.today);
    return {
      title: `Mi mes: ${said}`,
      desk: true,
      main: html`<h1>${monthTitle(work, said, month < visit.today.slice(0, 7))}</h1>
        ${monthChips(path, month, visit.today, [1, 2])}
        ${work.month ? monthAnswer(visit, attempt, work.month) : null}
        ${
          work.days.size === 0
            ? nothing(visit, { month, said }, provider.as === "granted")
            : html`<div class="columns">
                <section>
                  <h2>Sus días</h2>
                  ${rows([...work.days].map(([day, stops]) => dayRow(visit, day, stops)))}
                </section>
                <section>
                  <h2>Dónde son</h2>
                  ${monthMap(work, pointOf, said, base && [base.longitude, base.latitude])}
                  <p class="quiet">
                    Cada punto es un lugar, más grande si hay más visitas. Cada línea une las visitas de un
                    día${base ? " desde donde usted sale, que solo usted ve" : ""}. No es el camino exacto.
                  </p>
                  ${rows(places(work).map(([place, count]) => html`<li>${place}: ${visitCount(count)}</li>`))}
                </section>
              </div>`
        }
        ${further(visit.params.providerId, provider.as === "manager")}`,
    };
  },
  actions: monthActions,
  refusals: fieldWorkRefusals,
  notices: { ...monthNotices, ...visitNotices },
});

function monthTitle(work: Work, said: string, isPast: boolean): string {
  const count = visitsOf([...work.days.values()].flat()).length;
  if (count === 0) return isPast ? `No tuvo visitas en ${said}` : `Todavía no tiene visitas en ${said}`;
  return `En ${said} ${isPast ? "tuvo" : "tiene"} ${visitCount(count)} en ${dayCount(work.days.size)}`;
}

function nothing(
  { params, today }: Visit,
  { month, said }: { month: string; said: string },
  granted: boolean,
): Html {
  if (granted)
    return empty(
      "Aquí ve su mes quien hace las visitas. Usted ve el de todos en los planes de su organización.",
    );
  if (month < today.slice(0, 7)) return empty(`Para ${said} no se le planificaron visitas.`);
  return empty(
    `Cuando se apruebe el plan de ${said}, se lo preguntamos por SMS y lo ve aquí. Diga qué días trabaja, para que el plan le convenga.`,
    { href: `/mi-servicio/${params.providerId}/calendario`, words: "Decir qué días trabajo" },
  );
}

function dayRow({ params, today }: Visit, day: string, stops: readonly Stop[]): Html {
  const visits = visitsOf(stops);
  const yes = visits.filter(saidYes).length;
  const [first] = stops;
  const places = [...new Set(stops.map(placeWords))];
  return row({
    // The days ahead are kept on the phone, for where there is no signal.
    title: html`<a
      href="/mi-servicio/${params.providerId}/plan/dia/${day}"
      ${day >= today && day <= addDays(today, daysKept) ? html` data-guardar` : null}
      >${day === today ? "Hoy, " : ""}${capitalized(weekdayWords(day, today))}</a
    >`,
    side: html`${visitCount(visits.length)}<small>${yes} de ${visits.length} con su sí</small>`,
    lines: [
      `${first?.startsAt ? `Desde las ${hourWords(first)}, ` : ""}${shortened(places, 3, (count) => counted(count, "lugar más", "lugares más"))}`,
    ],
    more: html`<details>
      <summary>Quiénes y a qué hora</summary>
      <ul>
        ${stops.flatMap((stop) =>
          stop.visits.map(
            (one) =>
              html`<li>
                <strong>${capitalized(hourWords(stop))}</strong>, ${visitLink(params.providerId, one)},
                ${stop.topic}, ${placeWords(stop)}. ${stateMark(...visitState(one))}
              </li>`,
          ),
        )}
      </ul>
    </details>`,
  });
}

const visitLink = (providerId: string, one: WorkVisit): Content =>
  one.engagement && isOn(one)
    ? html`<a href="/mi-servicio/${providerId}/visita/${one.engagement.id}">${whoWords(one)}</a>`
    : whoWords(one);

/** Visits by place, the places with most of them first. */
function places({ days }: Work): (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const stop of [...days.values()].flat())
    counts.set(placeWords(stop), (counts.get(placeWords(stop)) ?? 0) + stop.visits.length);
  return [...counts].toSorted((one, other) => other[1] - one[1]);
}

function monthMap({ days }: Work, pointOf: PointOf, said: string, from: Spot["at"] | null) {
  const stops = [...days.values()].flat();
  const spots: Spot[] = [];
  const indexOf = new Map<string, number>();
  for (const stop of stops) {
    const [place, at] = [placeWords(stop), pointOf(stop)];
    const index = indexOf.get(place);
    const known = index === undefined ? undefined : spots[index];
    if (index !== undefined && known) spots[index] = { ...known, visits: known.visits + stop.visits.length };
    else if (at) {
      indexOf.set(place, spots.length);
      spots.push({ at, name: shortPlace(stop), visits: stop.visits.length });
    }
  }
  const routes = [...days.values()].map((its) => its.flatMap((stop) => indexOf.get(placeWords(stop)) ?? []));
  return visitMap({ title: `Mapa de sus visitas de ${said}`, spots, routes, from });
}

function further(providerId: string, manages: boolean): Html {
  const to = (path: string) => `/mi-servicio/${providerId}${path}`;
  return html`<nav class="pager" aria-label="Más de su trabajo">
    <a class="more" href="${to("/atendidos")}">A quiénes atiendo</a>
    <a class="more" href="${to("/calendario")}">Qué días trabajo</a>
    ${manages ? html`<a class="more" href="${to("/ganancias")}">Lo que gané</a>` : null}
    <a class="more" href="${to("/almacen")}">Lo que tengo para vender</a>
  </nav>`;
}
