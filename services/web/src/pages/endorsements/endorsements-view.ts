import {
  endorsementConditions,
  endorsementRefusals,
  endorsementStates,
  type EndorsementState,
} from "@minka/contracts/credit-words";
import type { listEndorsements, readExposure } from "@minka/contracts/endorsements";
import type { Answer } from "@minka/contracts/endpoint";
import type { listKeptBackBy } from "@minka/contracts/payments";
import { word } from "@minka/language/texts";
import {
  actionButton,
  form,
  hidden,
  moneyField,
  optionsField,
  selectField,
  submit,
} from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import {
  stateChips,
  empty,
  notice,
  pager,
  progress,
  row,
  rows,
  stateMark,
  waits,
  type Tone,
} from "../../design/parts.ts";
import { table } from "../../design/table.ts";
import { formState, type Attempt, type FormState } from "../../forms/attempt.ts";
import type { View } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { capitalized, soles } from "../../words/field-words.ts";
import { accountPath } from "../payments/payment-words.ts";
import { conditionList, onDay } from "../credit/say-credit.ts";

type Endorsement = Answer<typeof listEndorsements>["items"][number];
type Data = {
  readonly state: EndorsementState | undefined;
  readonly exposure: Answer<typeof readExposure>;
  readonly page: Answer<typeof listEndorsements>;
  readonly names: ReadonlyMap<string, string>;
  readonly kept: Answer<typeof listKeptBackBy>["items"];
  /** Other managers, who may approve what one proposes; null where it is not known. */
  readonly approvers: readonly string[] | null;
};
type DeskVisit = SignedVisit<{ organizationId: string }>;

const stateWords: Readonly<Record<EndorsementState, readonly [string, Tone]>> = {
  asked: ["por decidir", "waiting"],
  proposed: ["falta aprobar", "going"],
  standing: ["con aval", "good"],
  refused: ["sin aval", "over"],
  called: ["no pagó: responden ustedes", "bad"],
  released: ["terminó", "over"],
};

const refusalWords: Readonly<Record<(typeof endorsementRefusals)[number], string>> = {
  limit_reached: "Llegamos a nuestro tope",
  too_new: "Es socia o socio desde hace poco",
  owes_us: "Nos debe",
  no_deliveries: "No nos entregó su cosecha",
  board_said_no: "La directiva decidió que no",
};

export function endorsementsView(visit: DeskVisit, data: Data, attempt: Attempt | null): View {
  const waiting = data.page.items.filter(({ state }) => state === "asked" || state === "proposed").length;
  return {
    title: "Avales",
    desk: true,
    main: html`<h1>${heading(data, waiting)}</h1>
      <p class="lead">
        Uno propone, otra gerenta o gerente aprueba. La socia o el socio lo pidió: nadie más lo sabe.
      </p>
      ${data.approvers?.length === 0 ? secondMissing(visit) : null}
      <div class="columns">
        <div>
          ${stateChips(visit, { states: shownStates, current: data.state, rows: data.page.items.length })}
          ${
            data.page.items.length === 0
              ? empty(
                  data.state
                    ? "Aquí no hay ninguno ahora."
                    : "Nadie pidió su aval. Cuando una socia o un socio lo pida para un crédito, llega un SMS y se ve aquí.",
                )
              : html`${rows(data.page.items.map((one) => endorsementRow(visit, { one, data }, attempt)))}
                ${pager(visit.path, visit.query, data.page.next)}`
          }
        </div>
        <div>${limit(visit, data, attempt)}</div>
      </div>
      ${keptBack(visit, data)}`,
  };
}

function heading({ state }: Data, waiting: number): string {
  if (state !== undefined) return "Avales de la organización";
  if (waiting === 0) return "Ningún aval espera su decisión";
  return waiting === 1 ? "1 aval espera su decisión" : `${waiting} avales esperan su decisión`;
}

const shownStates = endorsementStates.map((state) => [state, capitalized(stateWords[state][0])] as const);

function endorsementRow(
  visit: DeskVisit,
  { one, data: { names, approvers } }: { one: Endorsement; data: Data },
  attempt: Attempt | null,
): Html {
  const { id, state, personId, askedCentimos, purpose, amountCentimos, conditions, unanswered } = one;
  return row({
    title: names.get(personId) ?? "Alguien que ya no está en Minka",
    side: html`${soles(amountCentimos ?? askedCentimos)}<small>${stateMark(...stateWords[state])}</small>`,
    lines: [
      `Pide ${soles(askedCentimos)} para ${word("purpose", purpose)}. Lo pidió el ${onDay(one.askedAt, visit.today)}.`,
      conditions.length > 0 ? `Con condición: ${conditionList(conditions)}.` : null,
      unanswered && state === "asked" ? "Ya le dijimos que nadie responde. Todavía pueden decidir." : null,
    ],
    more:
      state === "asked" || state === "proposed"
        ? html`${approval(visit, one, attempt)}${canBeApproved(approvers, one) ? proposal(visit, one, attempt) : onlyBorrower(approvers)}${refusal(visit, id, attempt)}`
        : null,
  });
}

/** Nothing is proposed where nobody is who could approve it: neither who proposes it nor who borrows may. */
const canBeApproved = (approvers: Data["approvers"], { personId }: Endorsement): boolean =>
  approvers === null || approvers.some((each) => each !== personId);

/** Where nobody else is at all the top of the page has said it. */
const onlyBorrower = (approvers: Data["approvers"]): Content =>
  approvers?.length === 0
    ? null
    : notice("Falta quien apruebe: la gerenta o el gerente que podría hacerlo es quien pide este crédito.");

/** Why nothing can be proposed yet, and where the second person is added. */
function secondMissing(visit: DeskVisit): Html {
  const members = `/mi-organizacion/${visit.params.organizationId}/miembros`;
  return notice(
    html`Para dar un aval o poner un tope hacen falta dos personas: una propone y otra gerenta o gerente
      aprueba. Aquí falta la segunda. <a href="${members}">Elíjala entre las socias y los socios</a> o
      <a href="${members}/agregar">invite a una persona</a>.`,
  );
}

function approval(visit: DeskVisit, one: Endorsement, attempt: Attempt | null): Content {
  if (one.state !== "proposed") return null;
  if (one.proposedByYou) return waits("Lo propuso usted: falta que otra gerenta o gerente lo apruebe.");
  return actionButton(
    visit,
    formState(attempt, "aprobar", {}, { aval: one.id }),
    `Aprobar el aval por ${soles(one.amountCentimos ?? 0)}`,
    { values: { aval: one.id, version: one.version } },
  );
}

function proposal(visit: DeskVisit, one: Endorsement, attempt: Attempt | null): Html {
  const state = formState(
    attempt,
    "proponer",
    { monto: (one.amountCentimos ?? one.askedCentimos) / 100, condiciones: one.conditions },
    { aval: one.id },
  );
  const tried = attempt?.action === "proponer" && attempt.typed["aval"] === one.id;
  return html`<details ${tried ? html` open` : null}>
    <summary>${one.state === "asked" ? "Proponer dar el aval" : "Proponerlo de otra manera"}</summary>
    ${form(
      visit,
      state,
      html`${hidden("aval", one.id)}
      ${moneyField(state, { name: "monto", label: "¿Por cuánto?", hint: "Hasta lo que pide.", of: one.id, maxlength: 12 })}
      ${optionsField(state, {
        name: "condiciones",
        label: "¿Con qué condiciones?",
        optional: true,
        many: true,
        of: one.id,
        options: endorsementConditions.map((condition) => ({
          value: condition,
          words: capitalized(word("credit_condition", condition)),
        })),
      })}
      ${submit("Proponer este aval", { quiet: true })}`,
    )}
  </details>`;
}

function refusal(visit: DeskVisit, id: string, attempt: Attempt | null): Html {
  const state = formState(attempt, "negar", {}, { aval: id });
  const tried = attempt?.action === "negar" && attempt.typed["aval"] === id;
  return html`<details ${tried ? html` open` : null}>
    <summary>No dar el aval</summary>
    ${form(
      visit,
      state,
      html`${hidden("aval", id)}
      ${selectField(state, {
        name: "motivo",
        label: "¿Por qué?",
        hint: "La persona lo lee.",
        none: "Elija",
        of: id,
        options: endorsementRefusals.map((reason) => ({ value: reason, words: refusalWords[reason] })),
      })}
      ${submit("Decirle que no", { danger: true })}`,
    )}
  </details>`;
}

function limit(visit: DeskVisit, { exposure, approvers }: Data, attempt: Attempt | null): Html {
  const { exposureCentimos, limitCentimos, standing, called, proposed } = exposure;
  const state = formState(attempt, "tope", {
    tope: limitCentimos > 0 ? limitCentimos / 100 : undefined,
  });
  return html`<h2>Por cuánto responden</h2>
    ${
      limitCentimos === 0
        ? html`<p>Todavía no pusieron tope: sin tope no se puede aprobar ningún aval.</p>`
        : progress({
            part: exposureCentimos,
            whole: limitCentimos,
            words: `${soles(exposureCentimos)} de ${soles(limitCentimos)} como máximo, en ${standing === 1 ? "1 crédito" : `${standing} créditos`}`,
          })
    }
    ${called > 0 ? html`<p>${stateMark(called === 1 ? "1 no pagó a tiempo" : `${called} no pagaron a tiempo`, "bad")}</p>` : null}
    ${
      proposed
        ? proposed.proposedByYou
          ? waits(
              `Usted propuso un tope de ${soles(proposed.limitCentimos)} el ${onDay(proposed.proposedAt, visit.today)}. Falta que otra gerenta o gerente lo apruebe.`,
            )
          : html`${waits(`Está propuesto un tope de ${soles(proposed.limitCentimos)}, el ${onDay(proposed.proposedAt, visit.today)}.`)}
            ${actionButton(
              visit,
              formState(attempt, "aprobar-tope", {}, { cambio: proposed.changeId }),
              `Aprobar el tope de ${soles(proposed.limitCentimos)}`,
              { values: { cambio: proposed.changeId } },
            )}`
        : null
    }
    ${approvers?.length === 0 ? null : limitForm(visit, { exposure, state }, attempt)}`;
}

function limitForm(
  visit: DeskVisit,
  { exposure: { limitCentimos, proposed }, state }: { exposure: Data["exposure"]; state: FormState },
  attempt: Attempt | null,
): Html {
  return html`<details
    ${attempt?.action === "tope" || (limitCentimos === 0 && !proposed) ? html` open` : null}
  >
    <summary>${limitCentimos === 0 && !proposed ? "Proponer un tope" : "Proponer otro tope"}</summary>
    ${form(
      visit,
      state,
      html`${moneyField(state, {
        name: "tope",
        label: "¿Por cuánto responden en todo, como máximo?",
        hint: "Es lo más que pagarían si nadie pagara sus créditos.",
        maxlength: 12,
      })}${submit("Proponer este tope", { quiet: true })}`,
    )}
  </details>`;
}

function keptBack(visit: DeskVisit, { kept }: Data): Content {
  const open = kept.filter(({ keptCentimos, paidCentimos }) => paidCentimos < keptCentimos);
  if (kept.length === 0) return null;
  const { organizationId } = visit.params;
  return html`<h2>Descontado de cosechas para las entidades</h2>
    ${open.length > 0 ? waits("Pasen a cada entidad lo que descontaron: a la socia o al socio ya se le contó como pagado.") : null}
    ${table(
      { caption: "Lo más nuevo primero", path: visit.path, query: visit.query },
      [
        { title: "Para", cell: ({ lender }) => lender.name ?? "Una entidad" },
        { title: "Desde", cell: ({ keptAt }) => onDay(keptAt, visit.today) },
        { title: "Descontado (S/)", cell: ({ keptCentimos }) => soles(keptCentimos), number: true },
        { title: "Pagado (S/)", cell: ({ paidCentimos }) => soles(paidCentimos), number: true },
        {
          title: "Falta (S/)",
          cell: ({ keptCentimos, paidCentimos }) => soles(keptCentimos - paidCentimos),
          number: true,
        },
        {
          title: "Pago",
          cell: ({ repaymentId }) =>
            html`<a
              href="${accountPath(`/mi-organizacion/${organizationId}/pagos`, { kind: "credit-kept-back", id: repaymentId })}"
              >Anotar o ver</a
            >`,
        },
      ],
      kept,
    )}`;
}
