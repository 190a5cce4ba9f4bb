import { appointOperator, dismissOperator, listOperators, type Operator } from "@minka/contracts/operators";
import { z } from "zod";
import { actionButton, form, phoneField, submit } from "../../design/fields.ts";
import { html } from "../../design/html.ts";
import { row, rows } from "../../design/parts.ts";
import { formState } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, operatorPage } from "../../visits/page.ts";
import { momentWords } from "./list-query.ts";
import { settingsPath, settingsViews } from "./weights-page.ts";

const path = `${settingsPath}/operadores` as const;
const nameOf = ({ name }: Operator) => name ?? "Alguien sin nombre";

/** Who operates Minka: appointed and dismissed by the others. */
export const operatorsPage = operatorPage(path)({
  read: async (visit) => {
    const { operators } = await visit.call(listOperators, {});
    return { operators, names: await visit.namesOf(operators.map(({ appointedBy }) => appointedBy)) };
  },
  show: (visit, { operators, names }, attempt) => {
    const state = formState(attempt, "nombrar");
    return {
      title: "Quiénes operan",
      desk: true,
      main: html`<h1>
          ${operators.length === 1 ? "Opera una sola persona: nombre a otra" : `${operators.length} personas operan Minka`}
        </h1>
        ${settingsViews("operadores")}
        <p class="quiet">
          Ven todo y deciden por otros: quejas, dinero de auspicios, quién puede ofrecer. Lo que hace cada
          persona queda en la <a href="/operador/auditoria">auditoría</a>.
        </p>
        <h2>Hoy operan</h2>
        ${rows(
          operators.map((operator) => {
            const { personId, appointedAt, appointedBy } = operator;
            const of = { persona: personId };
            return row({
              title: nameOf(operator),
              side: personId === visit.person.personId ? "Usted" : null,
              lines: [
                `Desde ${momentWords(appointedAt, visit.today)}${appointedBy ? `, por ${names.get(appointedBy) ?? "otra persona"}` : ", por la configuración"}`,
              ],
              more: html`<p>
                  <a class="more" href="/operador/auditoria?persona=${personId}"
                    >Ver lo que hizo ${nameOf(operator)}</a
                  >
                </p>
                ${
                  operators.length === 1
                    ? null
                    : html`<details>
                        <summary>Que deje de operar</summary>
                        ${actionButton(visit, formState(attempt, "quitar", {}, of), `Quitar a ${nameOf(operator)}`, { values: of, danger: true })}
                      </details>`
                }`,
            });
          }),
        )}
        <h2>Nombrar a otra persona</h2>
        ${form(
          visit,
          state,
          html`${phoneField(state, { name: "celular", label: "Su celular", hint: "Primero tiene que escribir a Minka por SMS y aceptar.", autocomplete: "off" })}${submit("Nombrar a esta persona")}`,
        )}`,
    };
  },
  actions: {
    nombrar: action(
      z.object({ celular: kinds.phone().required }),
      async (visit, { celular }) => {
        await visit.call(appointOperator, { body: { phone: celular } });
        return goTo(path, "nombrada");
      },
      () => "celular",
    ),
    quitar: action(z.object({ persona: kinds.id() }), async (visit, { persona }) => {
      await visit.call(dismissOperator, { params: { personId: persona } });
      return goTo(persona === visit.person.personId ? "/mi" : path, "quitada");
    }),
  },
  notices: {
    nombrada: "Hecho. Ve esta parte desde que entre otra vez.",
    quitada: "Hecho. Deja de ver esta parte en quince minutos como máximo.",
  },
});
