import { addDays } from "@minka/domain/lima-time";
import { crops, topics } from "@minka/domain/vocabulary";
import { sayDueDay } from "@minka/language/say-due-day";
import { word } from "@minka/language/texts";
import {
  actionButton,
  dayField,
  form,
  numberField,
  optionsField,
  selectField,
  submit,
  textField,
} from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { row, rows } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import { capitalized, weekdayWords } from "../../words/field-words.ts";
import type { ProviderVisit } from "../provider/own-provider.ts";
import { words } from "../provider-offers/kind-form.ts";
import type { Month } from "./month-page.ts";

type Agent = NonNullable<Month["agent"]>;

/** When an agent works, is away, and what is fixed already. */
export function agentForms(visit: ProviderVisit, data: Month, attempt: Attempt | null): Content {
  const { agent } = data;
  if (!agent) return null;
  return html`<h2>Cuándo trabaja</h2>
    ${weekForm(visit, agent, attempt)}
    <h2>Días libres</h2>
    ${daysOff(visit, agent, attempt)}
    <h2>Visitas fijas</h2>
    ${appointments(visit, data, agent, attempt)}`;
}

function weekForm(visit: ProviderVisit, { calendar }: Agent, attempt: Attempt | null): Html {
  const state = formState(attempt, "semana", {
    dias: calendar.weekdays.map(String),
    paradas: calendar.stopsADay,
  });
  return form(
    visit,
    state,
    html`${optionsField(state, {
      name: "dias",
      label: "¿Qué días sale a visitar?",
      many: true,
      options: [1, 2, 3, 4, 5, 6, 0].map((day) => ({
        value: String(day),
        words: capitalized(word("weekday", String(day))),
      })),
    })}
    ${numberField(state, { name: "paradas", label: "¿Cuántas visitas hace en un día?", hint: "Un grupo cuenta como una.", inputmode: "numeric", unit: "visitas" })}
    ${submit("Guardar mis días")}`,
  );
}

function daysOff(visit: ProviderVisit, { calendar }: Agent, attempt: Attempt | null): Html {
  const coming = calendar.daysOff.filter((day) => day >= visit.today).toSorted();
  const state = formState(attempt, "libre", { desde: addDays(visit.today, 1) });
  return html`${
    coming.length > 0
      ? rows(
          coming.map((day) =>
            row({
              title: capitalized(weekdayWords(day, visit.today)),
              more: actionButton(
                visit,
                formState(attempt, "trabaja", {}, { dia: day }),
                "Ese día sí trabajo",
                {
                  values: { dia: day },
                  quiet: true,
                },
              ),
            }),
          ),
        )
      : html`<p class="quiet">Ninguno por ahora.</p>`
  }
  ${form(
    visit,
    state,
    html`${dayField(state, { name: "desde", label: "No trabajo desde" })}${dayField(state, { name: "hasta", label: "Hasta", hint: "Vacío, si es un solo día.", optional: true })}${submit("Anotar días libres", { quiet: true })}`,
  )}`;
}

function appointments(
  visit: ProviderVisit,
  { names, served }: Month,
  agent: Agent,
  attempt: Attempt | null,
): Html {
  const state = formState(attempt, "fijar", {});
  return html`${
    agent.appointments.length > 0
      ? rows(
          agent.appointments.map(({ id, personId, topic, crop, day, startsAt }) =>
            row({
              title: names.get(personId) ?? "Alguien sin nombre",
              side: html`${capitalized(sayDueDay(day, visit.today))}<small>${startsAt}</small>`,
              lines: [`${capitalized(word("topic", topic))} en ${word("crop", crop)}`],
              more: actionButton(visit, formState(attempt, "soltar", {}, { cita: id }), "Ya no es fija", {
                values: { cita: id },
                quiet: true,
              }),
            }),
          ),
        )
      : html`<p class="quiet">Ninguna por ahora. Una visita fija queda en el plan ese día y a esa hora.</p>`
  }
  ${
    served.length === 0
      ? null
      : html`<details ${attempt?.action === "fijar" ? html` open` : null}>
          <summary>Fijar una visita</summary>
          ${form(
            visit,
            state,
            html`${selectField(state, {
              name: "persona",
              label: "¿A quién?",
              none: "Elija",
              options: served.map((personId) => ({
                value: personId,
                words: names.get(personId) ?? "Alguien sin nombre",
              })),
            })}
            ${selectField(state, { name: "tema", label: "¿De qué?", none: "Elija", options: words("topic", topics) })}
            ${selectField(state, { name: "cultivo", label: "¿En qué cultivo?", options: words("crop", crops) })}
            ${dayField(state, { name: "dia", label: "Día" })}
            ${textField(state, { name: "hora", label: "Hora", type: "time" })}
            ${submit("Fijar la visita", { quiet: true })}`,
          )}
        </details>`
  }`;
}
