import { offerSummary } from "@minka/contracts/offer-summary";
import { publicTerms } from "@minka/contracts/public-terms";
import { addDays, addMonths, weekday } from "@minka/domain/lima-time";
import { word } from "@minka/language/texts";
import { html, type Content, type Html } from "../../design/html.ts";
import { empty, progress, row, rows } from "../../design/parts.ts";
import type { Attempt } from "../../forms/attempt.ts";
import type { View } from "../../visits/page.ts";
import {
  capitalized,
  counted,
  joinWords,
  monthWords,
  offerTitle,
  weekdayWords,
} from "../../words/field-words.ts";
import { providerPath, stateNotice, type ProviderVisit } from "../provider/own-provider.ts";
import { agentForms } from "./agent-forms.ts";
import type { Month } from "./month-page.ts";

type Load = NonNullable<Month["load"]>;

export function monthView(visit: ProviderVisit, data: Month, attempt: Attempt | null): View {
  const { provider, load, month, agent } = data;
  return {
    title: `Calendario de ${provider.name}`,
    desk: true,
    main: html`<h1>${heading(load, month, visit.today)}</h1>
      ${stateNotice(provider)} ${otherMonths(visit, data)}
      ${load ? html`${grid(load, data, visit.today)} ${dayList(load, visit.today)}` : notTold(data)}
      ${places(data, visit.today)}
      <p><a href="${providerPath(provider.id, "/confianza#descansar")}">Descansar unos días</a></p>
      ${agent ? agentForms(visit, data, attempt) : null}`,
  };
}

const total = (load: Load, of: "agreed" | "done") => load.days.reduce((sum, day) => sum + day[of], 0);

function heading(load: Load | null, month: string, today: string): string {
  const name = monthWords(month, today);
  if (!load) return `Calendario de ${name}`;
  const [agreed, done] = [total(load, "agreed"), total(load, "done")];
  if (agreed + done === 0) return `En ${name} no tiene trabajos acordados`;
  const parts = [
    agreed > 0 ? `${agreed} por hacer` : null,
    done > 0 ? counted(done, "hecho", "hechos") : null,
  ];
  return `En ${name}: ${joinWords(parts.filter((part) => part !== null))}`;
}

const notTold = ({ provider }: Month): Content =>
  provider.as === "manager" ? null : empty("Los trabajos de cada día los ve la persona encargada.");

function otherMonths({ path, today }: ProviderVisit, { month }: Month): Html {
  const link = (months: number) => {
    const other = addMonths(`${month}-01`, months).slice(0, 7);
    return html`<a class="more" href="${path}?mes=${other}">${capitalized(monthWords(other, today))}</a>`;
  };
  return html`<p class="pager">${link(-1)} ${link(1)}</p>`;
}

/** Of a day: what is to be done and what is done, and whether the agent works at all. */
function grid(load: Load, { month, agent }: Month, today: string): Html {
  const first = `${month}-01`;
  const days = Number(addDays(addMonths(first, 1), -1).slice(8));
  // Weeks begin on Monday.
  const before = (weekday(first) + 6) % 7;
  const cells = [
    ...Array.from({ length: before }, () => null),
    ...Array.from({ length: days }, (_, index) => addDays(first, index)),
  ];
  const weeks = Array.from({ length: Math.ceil(cells.length / 7) }, (_, week) =>
    Array.from({ length: 7 }, (_unused, day) => cells[week * 7 + day] ?? null),
  );
  const free = (day: string) =>
    agent !== null &&
    (!agent.calendar.weekdays.includes(weekday(day)) || agent.calendar.daysOff.includes(day));
  return html`<table class="month">
    <caption>
      Trabajos de cada día${agent ? "; rayado: no trabaja" : ""}
    </caption>
    <thead>
      <tr>
        ${[1, 2, 3, 4, 5, 6, 0].map((day) => html`<th scope="col"><abbr title="${word("weekday", String(day))}">${capitalized(word("weekday", String(day)).slice(0, 2))}</abbr></th>`)}
      </tr>
    </thead>
    <tbody>
      ${weeks.map(
        (week) =>
          html`<tr>
            ${week.map((day) => (day === null ? html`<td></td>` : dayCell(day, load, { today, free: free(day) })))}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function dayCell(day: string, load: Load, { today, free }: { today: string; free: boolean }): Html {
  const here = load.days.filter((one) => one.day === day);
  const [agreed, done] = [
    here.reduce((sum, one) => sum + one.agreed, 0),
    here.reduce((sum, one) => sum + one.done, 0),
  ];
  return html`<td class="${free ? "free" : ""}" ${day === today ? html` aria-current="date"` : null}>
    ${Number(day.slice(8))}${free ? html`<small>libre</small>` : null}${agreed + done > 0 ? html`<b>${agreed + done}</b>` : null}
  </td>`;
}

function dayList(load: Load, today: string): Content {
  if (load.days.length === 0) return null;
  const days = [...new Set(load.days.map(({ day }) => day))];
  return rows(
    days.map((day) => {
      const here = load.days.filter((one) => one.day === day);
      return row({
        title: capitalized(weekdayWords(day, today)),
        lines: here.map(({ kind, agreed, done }) =>
          [
            capitalized(word("kind", kind)),
            joinWords(
              [
                agreed > 0 ? `${agreed} por hacer` : "",
                done > 0 ? counted(done, "hecho", "hechos") : "",
              ].filter(Boolean),
            ),
          ].join(": "),
        ),
      });
    }),
  );
}

function places({ load, offers, provider }: Month, today: string): Content {
  const limited = offers.flatMap(({ id, terms }) => {
    const { monthlyCapacity } = offerSummary(terms);
    return monthlyCapacity === null
      ? []
      : [{ id, monthlyCapacity, name: offerTitle(publicTerms(terms, today)) }];
  });
  if (limited.length === 0) return null;
  const takenOf = (offerId: string) => load?.places.find((place) => place.offerId === offerId)?.taken ?? 0;
  return html`<h2>Cupo del mes</h2>
    ${rows(
      limited.map(({ id, monthlyCapacity, name }) =>
        row({
          title: name,
          href: providerPath(provider.id, `/ofertas/${id}`),
          more: progress({
            part: takenOf(id),
            whole: monthlyCapacity,
            words: `${takenOf(id)} de ${monthlyCapacity === 1 ? "1 lugar tomado" : `${monthlyCapacity} lugares tomados`}`,
          }),
        }),
      ),
    )}`;
}
