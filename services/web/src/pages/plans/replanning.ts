import type { Plan } from "@minka/contracts/plans";
import { addDays } from "@minka/domain/lima-time";
import { sayShortDay } from "@minka/language/say-plan";
import { form, optionsField, selectField, submit } from "../../design/fields.ts";
import { html, type Html } from "../../design/html.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { capitalized } from "../../words/field-words.ts";
import { agentReasons } from "../field-work/visit-actions.ts";
import type { PlanAgent } from "./plan-words.ts";

/** Place anew what cannot stay as it is: what is with nobody, and what an agent cannot do on some days. */
export function replanning(
  visit: SignedVisit,
  attempt: Attempt | null,
  plan: Plan & { readonly agents: readonly PlanAgent[] },
): Html {
  const state = formState(attempt, "acomodar");
  return html`<h2>Acomodar lo que no puede quedar así</h2>
    <p>
      Minka busca lugar para las visitas que están con nadie y mueve a las menos personas posibles. Si alguien
      no puede venir unos días, dígalo aquí.
    </p>
    ${form(
      visit,
      state,
      html`<details ${state.problem || Object.keys(state.errors).length > 0 ? html` open` : null}>
          <summary>Alguien no puede venir</summary>
          ${selectField(state, { name: "tecnico", label: "¿Quién no puede?", none: "Nadie: solo acomodar", options: plan.agents.map(({ providerId, providerName }) => ({ value: providerId, words: providerName })) })}
          ${optionsField(state, {
            name: "dias",
            label: "¿Qué días?",
            hint: "Si no marca ninguno, es todo lo que queda del mes.",
            many: true,
            options: daysLeft(plan.month, visit.today).map((day) => ({
              value: day,
              words: capitalized(sayShortDay(day)),
            })),
          })}
          ${selectField(state, { name: "motivo", label: "¿Por qué?", none: "Sin decir", options: agentReasons, optional: true })}
        </details>
        ${submit("Acomodar otra vez", { quiet: true })}`,
    )}`;
}

function daysLeft(month: string, today: string): string[] {
  const days: string[] = [];
  for (let day = `${month}-01`; day.startsWith(month); day = addDays(day, 1))
    if (day >= today) days.push(day);
  return days;
}
