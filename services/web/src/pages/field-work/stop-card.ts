import { overdueMinutes, usualVisitHours, type Presence } from "@minka/contracts/presence";
import { readablePhone } from "@minka/domain/phone";
import { actionButton, form, hidden, selectField, submit } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { stateMark } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { capitalized, timeWords } from "../../words/field-words.ts";
import { agentReasons, stayOptions } from "./visit-actions.ts";
import type { Stop, WorkVisit } from "./read-work.ts";
import { hourWords, isOn, placeWords, saidYes, visitState, whoWords } from "./work-words.ts";

type Shown = {
  readonly visit: SignedVisit;
  readonly attempt: Attempt | null;
  readonly stays: ReadonlyMap<string, Presence>;
};

/**
 * A stop of a day with all that is needed there: whom one meets, their phone, what to say on arriving, on leaving and
 * after. On paper the forms give way to lines for the results.
 */
export function stopCard(shown: Shown, stop: Stop, number: number, next = true): Html {
  const { stays } = shown;
  const going = stop.visits.find(isOn) ?? stop.visits.find(saidYes);
  const stay = stop.visits.flatMap(({ engagement }) =>
    engagement ? (stays.get(engagement.id) ?? []) : [],
  )[0];
  const [single] = stop.visits.length === 1 ? stop.visits : [];
  return html`<li ${going?.engagement ? html` id="v-${going.engagement.id}"` : null}>
    <div class="line">
      <div>
        <h3>
          ${number}. ${capitalized(hourWords(stop))} ·
          ${single ? whoWords(single) : `Grupo de ${stop.visits.length} personas`}
        </h3>
      </div>
      ${single ? html`<div class="side">${stateMark(...visitState(single))}</div>` : null}
    </div>
    <p class="quiet">${capitalized(stop.topic)} · ${placeWords(stop)}</p>
    ${single ? phoneLine(single) : null}
    ${stayLine(stay)}${going ? presenceForms(shown, stop, { going, stay, next }) : null}
    ${single ? outcomeForms(shown, stop, single) : members(shown, stop)}
    <div class="paper">
      <p>Resultado:</p>
      <p></p>
      <p>Acuerdos y próxima visita:</p>
    </div>
  </li>`;
}

const phoneLine = ({ phone }: WorkVisit): Content =>
  phone ? html`<p><a class="more" href="tel:${phone}">Llamar al ${readablePhone(phone)}</a></p>` : null;

function members(shown: Shown, stop: Stop): Html {
  return html`<ul class="rows">
    ${stop.visits.map(
      (one) =>
        html`<li>
          <div class="line">
            <div><h4>${whoWords(one)}</h4></div>
            <div class="side">${stateMark(...visitState(one))}</div>
          </div>
          ${phoneLine(one)} ${outcomeForms(shown, stop, one)}
          <div class="paper"><p></p></div>
        </li>`,
    )}
  </ul>`;
}

function stayLine(stay: Presence | undefined): Content {
  if (!stay) return null;
  if (stay.leftAt)
    return html`<p class="quiet">Estuvo de ${timeWords(stay.arrivedAt)} a ${timeWords(stay.leftAt)}</p>`;
  return html`<p class="waits">
    Usted llegó a las ${timeWords(stay.arrivedAt)} y piensa salir a las ${timeWords(stay.expectedUntil)} Si
    pasan ${overdueMinutes} minutos y no avisó, una persona de Minka le busca.
  </p>`;
}

/** For the day itself; they are on the page before it, which may be opened where there is no signal. */
function presenceForms(
  { visit, attempt }: Shown,
  { day, visits }: Stop,
  { going: { engagement }, stay, next }: { going: WorkVisit; stay: Presence | undefined; next: boolean },
): Content {
  const over = stay ? stay.leftAt !== null : !visits.some(isOn);
  if (!engagement || day < visit.today || over) return null;
  const of = { visita: engagement.id };
  const arriving = formState(attempt, "llegue", { horas: usualVisitHours }, of);
  return html`<div class="acts">
    ${
      stay
        ? null
        : form(
            visit,
            arriving,
            html`${hidden("visita", engagement.id)}${selectField(arriving, { name: "horas", of: engagement.id, label: "Pienso quedarme", options: stayOptions })}${submit("Llegué", { quiet: !next })}`,
          )
    }
    ${actionButton(visit, formState(attempt, "sali", {}, of), "Ya salí, todo bien", { values: of, quiet: !stay })}
  </div>`;
}

function outcomeForms(shown: Shown, stop: Stop, one: WorkVisit): Content {
  const { visit, attempt } = shown;
  const { engagement } = one;
  return html`${
    engagement && isOn(one)
      ? html`<div class="acts">
            ${actionButton(
              visit,
              formState(attempt, "hecha", {}, { visita: engagement.id }),
              "Visita hecha",
              { values: { visita: engagement.id }, quiet: true },
            )}
          </div>
          <details>
            <summary>No se pudo: no había nadie</summary>
            <p class="quiet">
              La visita queda como no hecha. A la persona le preguntamos qué pasó y le buscamos otra fecha.
            </p>
            ${actionButton(
              visit,
              formState(attempt, "nadie", {}, { visita: engagement.id }),
              "No había nadie",
              { values: { visita: engagement.id }, danger: true },
            )}
          </details>`
      : null
  }${stop.day > visit.today ? cannot(shown, one) : null}`;
}

/** Before its day an agent may say no to a visit. */
function cannot({ visit, attempt }: Shown, one: WorkVisit): Content {
  const { planVisitId, engagement } = one;
  if (planVisitId === null && !isOn(one)) return null;
  if (engagement && !isOn(one)) return null;
  const [name, id] = planVisitId === null ? ["visita", engagement?.id ?? ""] : ["planeada", planVisitId];
  const state = formState(attempt, planVisitId === null ? "cancelar" : "quitar", {}, { [name]: id });
  return html`<details ${state.problem ? html` open` : null}>
    <summary>No puedo ir a esta visita</summary>
    ${form(
      visit,
      state,
      html`${hidden(name, id)}${selectField(state, { name: "motivo", of: id, label: "¿Por qué?", options: agentReasons, none: "Sin decir", optional: true })}${submit("Dejar esta visita", { danger: true })}`,
    )}
  </details>`;
}
