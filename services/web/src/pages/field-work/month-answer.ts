import { answerPlanMonth } from "@minka/contracts/plan-visits";
import { z } from "zod";
import { form, hidden, optionsField, selectField, submit } from "../../design/fields.ts";
import { html, type Content } from "../../design/html.ts";
import { waits } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { capitalized, monthWords, weekdayWords } from "../../words/field-words.ts";
import type { PlanMonth } from "./read-work.ts";
import { agentReason, agentReasons } from "./visit-actions.ts";
import { dayCount, visitCount } from "./work-words.ts";

type Visit = SignedVisit<{ readonly providerId: string }>;

const someDays = kinds.list(z.iso.date({ error: "Elija entre los días." }), { most: 31 });
const which = { plan: kinds.id(), mes: kinds.text(7).required };

/** The agent's yes or no to their month, as it is put to them. */
export const monthActions = {
  aceptar: action(
    z.object({ ...which, visitas: kinds.wholeNumber().required, sin: someDays }),
    async (visit: Visit, { plan, mes, visitas, sin }) => {
      const { providerId } = visit.params;
      await visit.call(answerPlanMonth, {
        params: { planId: plan, providerId },
        body: { accept: true, exceptDays: sin, visits: visitas },
      });
      return goTo(`/mi-servicio/${providerId}/plan?mes=${mes}`, sin.length > 0 ? "aceptado-sin" : "aceptado");
    },
  ),
  "no-puedo": action(
    z.object({ ...which, dias: someDays, motivo: agentReason }),
    async (visit: Visit, { plan, mes, dias, motivo }) => {
      const { providerId } = visit.params;
      await visit.call(answerPlanMonth, {
        params: { planId: plan, providerId },
        body: {
          accept: false,
          ...(dias.length > 0 ? { days: dias } : {}),
          ...(motivo ? { reason: motivo } : {}),
        },
      });
      return goTo(`/mi-servicio/${providerId}/plan?mes=${mes}`, dias.length > 0 ? "sin-dias" : "sin-mes");
    },
  ),
};

export const monthNotices = {
  aceptado: "Aceptó su mes. Ahora preguntamos a cada persona en la semana antes de su visita.",
  "aceptado-sin": "Aceptó su mes. Las visitas de los días que no puede se dan otro día o a otra persona.",
  "sin-dias": "Anotado. Las visitas de esos días se dan otro día o a otra persona.",
  "sin-mes": "Anotado. Las visitas de ese mes se dan a otra persona.",
};

/** What is to be said of the month: the yes that all waits for, or days on which something came up. */
export function monthAnswer(visit: Visit, attempt: Attempt | null, month: PlanMonth): Content {
  const ahead = month.days.filter(({ day }) => day >= visit.today);
  if (ahead.length === 0) return null;
  if (month.answer === "refused")
    return html`${waits("Usted dijo que no puede este mes. Si otra vez puede, acepte lo que queda.")}${yes(visit, attempt, month)}`;
  if (month.answer === "accepted") return cannot(visit, attempt, month);
  return html`${waits(`Falta su respuesta. Nadie espera su visita mientras usted no acepte ${monthWords(month.month, visit.today)}.`)}
  ${yes(visit, attempt, month)}${cannot(visit, attempt, month)}`;
}

const dayOptions = (visit: Visit, month: PlanMonth) =>
  month.days
    .filter(({ day }) => day >= visit.today)
    .map(({ day, stops }) => ({
      value: day,
      words: capitalized(weekdayWords(day, visit.today)),
      hint: visitCount(stops.reduce((sum, stop) => sum + stop.visits.length, 0)),
    }));

const ids = (month: PlanMonth): Content => html`${hidden("plan", month.planId)}${hidden("mes", month.month)}`;

function yes(visit: Visit, attempt: Attempt | null, month: PlanMonth): Content {
  const state = formState(attempt, "aceptar", {}, { plan: month.planId });
  const days = dayOptions(visit, month);
  return form(
    visit,
    state,
    html`${ids(month)}${hidden("visitas", month.visits)}
      <details ${days.some(({ value }) => state.isChosen("sin", value)) ? html` open` : null}>
        <summary>Puedo, menos algunos días</summary>
        ${optionsField(state, { name: "sin", of: "aceptar", label: "¿Qué días no puede?", options: days, many: true })}
      </details>
      ${submit(`Aceptar mi mes · ${visitCount(month.visits)} en ${dayCount(days.length)}`)}`,
  );
}

function cannot(visit: Visit, attempt: Attempt | null, month: PlanMonth): Content {
  const state = formState(attempt, "no-puedo", {}, { plan: month.planId });
  return html`<details ${state.problem ? html` open` : null}>
    <summary>${month.answer === "accepted" ? "Algún día no puedo" : "No puedo este mes"}</summary>
    ${form(
      visit,
      state,
      html`${ids(month)}${optionsField(state, {
        name: "dias",
        of: "no",
        label: "¿Qué días no puede?",
        hint: "Si no marca ninguno, es todo lo que queda del mes.",
        options: dayOptions(visit, month),
        many: true,
      })}${selectField(state, { name: "motivo", of: `mes-${month.planId}`, label: "¿Por qué?", options: agentReasons, none: "Sin decir", optional: true })}${submit("Avisar que no puedo", { danger: true })}`,
    )}
  </details>`;
}
