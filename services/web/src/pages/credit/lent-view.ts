import type { Credit } from "@minka/contracts/credits";
import type { LoanRequirement } from "@minka/domain/vocabulary";
import { word } from "@minka/language/texts";
import { actionButton, form, hidden, submit, textField, tickField } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { actionLink, facts, notice, progress, stateMark, waits } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import type { Standing } from "../../frame/standing.ts";
import type { View } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { capitalized, dayWords, joinWords, soles } from "../../words/field-words.ts";
import { backingPart, backingWays, type CreditStanding } from "./backing-part.ts";
import {
  askedWords,
  changeWords,
  conditionList,
  creditMark,
  instalmentWords,
  moreWords,
  onDay,
  paymentPath,
  refusalGiven,
} from "./say-credit.ts";
import { withdrawPart } from "./withdraw-part.ts";

type Sent = {
  readonly credit: Credit;
  readonly standing: CreditStanding;
  /** Theirs, which could vouch: known where the lender asks for something more. */
  readonly organizations: Standing["organizations"];
};

/** A credit that was sent: who looks at it, what was decided, what is paid. */
export function sentView(visit: SignedVisit, sent: Sent, attempt: Attempt | null): View {
  const { credit } = sent;
  const lender = credit.chosen?.lenderName ?? "La entidad";
  return {
    title: `Crédito de ${askedWords(credit)}`,
    main: html`<h1>${heading(credit, lender)}</h1>
      <p>${creditMark(credit.state)} ${credit.state === "refused" ? null : html` · ${askedWords(credit)}`}</p>
      ${part(visit, sent, attempt)}`,
  };
}

function heading({ state, owedCentimos }: Credit, lender: string): string {
  switch (state) {
    case "submitted":
    case "in_review":
      return `${lender} está viendo su pedido`;
    case "more_asked":
      return `${lender} pide algo más`;
    case "approved":
      return `${lender} aprobó su crédito: ¿lo acepta?`;
    case "accepted":
      return `${lender} le va a entregar el dinero`;
    case "refused":
      return `${lender} no le presta esta vez`;
    case "disbursed":
    case "repaying":
      return `Usted debe ${soles(owedCentimos)} a ${lender}`;
    case "in_arrears":
      return `Tiene una cuota atrasada con ${lender}`;
    case "settled":
      return "Usted pagó todo su crédito";
    default:
      return "Este crédito ya no sigue";
  }
}

function part(
  visit: SignedVisit,
  { credit, standing, organizations }: Sent,
  attempt: Attempt | null,
): Content {
  const lender = credit.chosen?.lenderName ?? "la entidad";
  const until = standing.until ? ` hasta el ${onDay(standing.until, visit.today)}` : "";
  switch (credit.state) {
    case "submitted":
    case "in_review":
      return html`${waits(`${lender} debe responder${until}. Le avisamos por SMS.`)} ${asked(credit)}
      ${withdrawPart(visit, formState(attempt, "retirar"))}`;
    case "more_asked":
      return html`${more(visit, { credit, standing, organizations, lender, until }, attempt)} ${asked(credit)}
      ${withdrawPart(visit, formState(attempt, "retirar"))}`;
    case "approved":
      return approval(visit, { credit, until }, attempt);
    case "accepted":
      return html`${
        standing.handedOver
          ? html`${waits(`${lender} dice que ya le entregó ${soles(standing.handedOver.amountCentimos)}. Falta que usted diga si lo recibió.`)}
            ${actionLink(paymentPath("credit-disbursement", credit.id), "Decir si lo recibí")}`
          : waits(`${lender} tiene que entregarle el dinero${until}. Le preguntamos por SMS si llegó.`)
      }
      ${terms(credit, visit.today)}
      ${standing.handedOver ? null : withdrawPart(visit, formState(attempt, "retirar"))}`;
    case "refused":
      return refusal(credit);
    case "disbursed":
    case "repaying":
    case "in_arrears":
    case "settled":
      return repaying(visit, credit, attempt);
    default:
      return html`<p>
          ${credit.state === "lapsed" ? "Pasó el plazo sin respuesta de usted." : "Usted lo retiró."} No debe
          nada por él.
        </p>
        ${actionLink("/mi/credito/nuevo", "Pedir otro crédito")}`;
  }
}

/** What is to be brought, and saying that it is there. */
function more(
  visit: SignedVisit,
  { credit, standing, organizations, lender, until }: Sent & { lender: string; until: string },
  attempt: Attempt | null,
): Content {
  if (credit.more === null) return null;
  const values = { pedido: credit.more.askedAt };
  const wanted = new Set<LoanRequirement>(credit.more.requirements);
  const names = new Map(organizations.map(({ id, name }) => [id, name]));
  const ways = {
    credit,
    organizations,
    guarantee: standing.guarantee,
    byOrganization: wanted.has("association_endorsement"),
    byNeighbours: wanted.has("group_guarantee") || wanted.has("guarantor"),
  };
  return html`${notice(`Para decidir, ${lender} pide: ${moreWords(credit.more)}.`)}
    ${backingPart({ credit, names, standing })} ${backingWays(visit, ways, attempt)}
    <p>Llévelo a su oficina o téngalo listo${until}, y díganos. Después decide con lo que hay.</p>
    ${actionButton(visit, formState(attempt, "listo", {}, values), "Ya lo tengo o ya lo llevé", { values })}`;
}

const asked = (credit: Credit): Html =>
  facts([
    ["Pide", askedWords(credit)],
    ["Para", word("purpose", credit.purpose)],
    credit.chosen && ["A", `${credit.chosen.lenderName}, ${credit.chosen.title}`],
  ]);

function terms({ approved }: Credit, today: string): Content {
  if (!approved) return null;
  return facts([
    ["Recibe", soles(approved.receivedCentimos)],
    ["Paga", instalmentWords(approved.instalments, approved.instalmentCentimos)],
    ["Devuelve en todo", soles(approved.totalCentimos)],
    ["Primera cuota", dayWords(approved.firstDueOn, today)],
    approved.lastDueOn !== approved.firstDueOn && ["Última cuota", dayWords(approved.lastDueOn, today)],
    approved.conditions.length > 0 && ["Condiciones", capitalized(conditionList(approved.conditions))],
  ]);
}

function approval(
  visit: SignedVisit,
  { credit, until }: { credit: Credit; until: string },
  attempt: Attempt | null,
): Content {
  const { approved } = credit;
  if (!approved) return null;
  const state = formState(attempt, "aceptar");
  const vouched = credit.endorsements.filter(
    ({ conditions, state: one }) => one === "standing" && conditions.length > 0,
  );
  return html`${waits(`Usted decide${until}. Después se vence.`)} ${terms(credit, visit.today)}
  ${vouched.map(({ conditions }) => notice(`Su organización da su aval con esta condición: ${conditionList(conditions)}.`))}
  ${
    approved.fromSettlement
      ? notice(
          "Si acepta, las cuotas que toquen se descuentan de lo que le paguen por su cosecha en un lote.",
        )
      : null
  }
  ${form(
    visit,
    state,
    html`${hidden("acepta", "si")}
    ${
      approved.fromSettlement
        ? null
        : tickField(state, {
            name: "descuento",
            label: "Que mis cuotas se descuenten de lo que me paguen por mi cosecha en un lote",
            hint: "Si quiere. Así no se le olvida ninguna.",
          })
    }
    ${submit(`Acepto · recibo ${soles(approved.receivedCentimos)} y devuelvo ${soles(approved.totalCentimos)}`)}`,
  )}
  ${withdrawPart(visit, formState(attempt, "aceptar", {}, { acepta: "no" }), {
    first: "No lo acepto",
    values: { acepta: "no" },
  })}`;
}

function refusal({ refused }: Credit): Content {
  if (!refused) return null;
  return html`<ul>
      ${refused.reasons.map((one) => html`<li>${refusalGiven(one)}</li>`)}
    </ul>
    ${
      refused.change.length > 0
        ? html`<p>Para otra vez, puede ${joinWords(refused.change.map(changeWords), "o")}.</p>`
        : null
    }
    ${actionLink("/mi/credito/nuevo", "Pedir otra vez, con cambios")}`;
}

function repaying(visit: SignedVisit, credit: Credit, attempt: Attempt | null): Content {
  const { instalments, owedCentimos, state } = credit;
  const total = instalments.reduce((sum, { totalCentimos }) => sum + totalCentimos, 0);
  const paid = total - owedCentimos;
  const next = instalments.find((one) => one.paidCentimos < one.totalCentimos);
  return html`${progress({ part: paid, whole: total, words: `Pagó ${soles(paid)} de ${soles(total)}` })}
    ${
      next
        ? html`${waits(
            next.dueOn < visit.today
              ? `Su cuota de ${soles(next.totalCentimos - next.paidCentimos)} era para el ${dayWords(next.dueOn, visit.today)}. Páguela cuanto antes y anótelo aquí.`
              : `Su próxima cuota es de ${soles(next.totalCentimos - next.paidCentimos)}, hasta el ${dayWords(next.dueOn, visit.today)}.`,
          )}
          ${actionLink(paymentPath("credit-instalment", credit.id), "Anotar que pagué una cuota")}`
        : null
    }
    ${credit.repayFromSettlement && state !== "settled" ? html`<p>Lo que toque también se descuenta de lo que le paguen por su cosecha en un lote.</p>` : null}
    <h2>Sus cuotas</h2>
    ${facts(
      instalments.map(({ number, dueOn, totalCentimos, paidCentimos }) => [
        `${number}. ${dayWords(dueOn, visit.today)}`,
        html`${soles(totalCentimos)} ${instalmentMark({ dueOn, totalCentimos, paidCentimos }, visit.today)}`,
      ]),
    )}
    ${use(visit, credit, attempt)}`;
}

function instalmentMark(
  { dueOn, totalCentimos, paidCentimos }: { dueOn: string; totalCentimos: number; paidCentimos: number },
  today: string,
): Html {
  if (paidCentimos >= totalCentimos) return stateMark("pagada", "good");
  const left = paidCentimos > 0 ? `faltan ${soles(totalCentimos - paidCentimos)}` : "por pagar";
  return dueOn < today ? stateMark(`atrasada, ${left}`, "bad") : stateMark(left, "waiting");
}

/** That what it was for is there: a receipt's number, and nothing else. */
function use(visit: SignedVisit, credit: Credit, attempt: Attempt | null): Content {
  if (credit.state === "settled") return null;
  if (credit.useVerified) return html`<p>${stateMark("usted mostró en qué lo usó", "good")}</p>`;
  const state = formState(attempt, "usar");
  return html`<details ${state.problem || Object.keys(state.errors).length > 0 ? html` open` : null}>
    <summary>Mostrar en qué lo usó</summary>
    ${form(
      visit,
      state,
      html`${textField(state, {
        name: "boleta",
        label: "Número de la boleta o factura",
        hint: "Está arriba en el papel, por ejemplo F001-12345. La entidad ve que existe, y nada más.",
        maxlength: 20,
      })}${submit("Guardar el número", { quiet: true })}`,
    )}
  </details>`;
}
