import type { LenderCredit } from "@minka/contracts/credit-decisions";
import { approvalConditions, refusalCodes } from "@minka/contracts/credit-words";
import type { PaymentAccount } from "@minka/contracts/payments";
import { readablePhone } from "@minka/domain/phone";
import { loanRequirements } from "@minka/domain/vocabulary";
import { word } from "@minka/language/texts";
import {
  actionButton,
  form,
  hidden,
  moneyField,
  numberField,
  optionsField,
  selectField,
  submit,
  textField,
} from "../../design/fields.ts";
import { html, type Content } from "../../design/html.ts";
import { actionLink, facts, progress, row, rows, waits } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import type { View } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { capitalized, counted, soles } from "../../words/field-words.ts";
import { conditionList, monthsCount, moreWords, onDay } from "../credit/say-credit.ts";
import { kilosWords, placeName } from "../lots/lot-words.ts";
import { accountPath } from "../payments/payment-words.ts";
import type { LenderData } from "./lender-credit-page.ts";
import { kindWords } from "./lender-credits-page.ts";
import { lenderMark } from "./lender-words.ts";

type LenderVisit = SignedVisit<{ providerId: string; creditId: string }>;

export function lenderCreditView(visit: LenderVisit, data: LenderData, attempt: Attempt | null): View {
  const { credit } = data;
  const { borrower, through } = credit;
  const name = borrower?.name ?? (credit.kind === "personal" ? "Una persona" : "Una organización");
  return {
    title: `Crédito de ${soles(credit.amountCentimos)}`,
    desk: true,
    main: html`<h1>${name} pide ${soles(credit.amountCentimos)} a ${monthsCount(credit.months)}</h1>
      <p>${lenderMark(credit.state)}</p>
      <div class="columns">
        <div>${next(visit, data, attempt)}</div>
        <div>
          <h2>Quién y para qué</h2>
          ${facts([
            ["Para", capitalized(word("purpose", credit.purpose))],
            ["Distrito", placeName(credit.districtCode)],
            ["Tipo", capitalized(kindWords[credit.kind])],
            borrower !== null && [
              "Celular",
              borrower.phone
                ? html`<a href="tel:${borrower.phone}">${readablePhone(borrower.phone)}</a>`
                : "Lo comparte con otros: escriba por Minka",
            ],
            through.way !== "self" && [
              "Lo pidió",
              `${through.way === "broker" ? "su organización" : "su técnica o técnico"}${through.interest ? `. Declara: ${word("credit_interest", through.interest)}` : ""}`,
            ],
            credit.contractCentimos !== null && ["El contrato vale", soles(credit.contractCentimos)],
            ["Mostró en qué lo usó", credit.useVerified ? "sí" : "todavía no"],
            ["Llegó", onDay(credit.submittedAt, visit.today)],
          ])}
          ${requirements(credit)} ${history(credit)} ${backing(data)}
        </div>
      </div>`,
  };
}

function requirements({ requirements: all }: LenderCredit): Content {
  if (all.length === 0) return null;
  return html`<h2>Lo que ustedes piden</h2>
    ${facts(
      all.map(({ requirement, met, by, declared }) => [
        capitalized(word("requirement", requirement)),
        met
          ? `${by !== null && by !== requirement ? `vale ${word("requirement", by)}` : "lo tiene"}${declared ? " (lo dice la persona)" : ""}`
          : "falta",
      ]),
    )}`;
}

function history({ history: seen, kind, borrower }: LenderCredit): Content {
  if (kind !== "personal") return null;
  // Once it is over, who it was is no longer seen, whatever they had shown.
  if (borrower === null)
    return html`<h2>Lo que hizo en Minka</h2>
      <p class="quiet">Este crédito terminó: ya no se puede ver.</p>`;
  if (seen === null)
    return html`<h2>Lo que hizo en Minka</h2>
      <p class="quiet">La persona prefirió no mostrarlo. No dice nada malo de ella.</p>`;
  const { deliveries, poolsPaid, visitsDone, monthsMember } = seen;
  return html`<h2>Lo que hizo en Minka</h2>
    ${facts([
      [
        "Cosecha entregada",
        deliveries.deliveries === 0
          ? "nada todavía"
          : `${kilosWords(deliveries.grams)} en ${counted(deliveries.deliveries, "entrega", "entregas")}`,
      ],
      ["Campañas", deliveries.seasons],
      ["Compras en grupo pagadas", `${poolsPaid.pools}, por ${soles(poolsPaid.centimos)}`],
      ["Visitas técnicas", visitsDone],
      ["En su organización", monthsMember === null ? "no es de ninguna" : monthsCount(monthsMember)],
    ])}`;
}

function backing({ credit, names }: LenderData): Content {
  const { endorsements, guarantee } = credit;
  if (endorsements.length === 0 && guarantee === null) return null;
  return html`<h2>Quién responde</h2>
    ${rows([
      ...endorsements.map(({ organizationId, amountCentimos, conditions, exposureCentimos, limitCentimos }) =>
        row({
          title: names.get(organizationId) ?? "Una organización",
          side: soles(amountCentimos),
          lines: [
            `Avala en todo ${soles(exposureCentimos)}; su tope es ${soles(limitCentimos)}.`,
            conditions.length > 0 ? `Con condición: ${conditionList(conditions)}.` : null,
          ],
        }),
      ),
      ...(guarantee
        ? [
            row({
              title: `${guarantee.guarantors} vecinas y vecinos`,
              side: soles(guarantee.centimos),
              lines: ["cada quien por una parte igual"],
            }),
          ]
        : []),
    ])}`;
}

/** What the lender does next, or waits for. */
function next(visit: LenderVisit, data: LenderData, attempt: Attempt | null): Content {
  const { credit } = data;
  switch (credit.state) {
    case "submitted":
      return html`${waits("La persona espera su respuesta. Tienen 5 días hábiles desde que llegó.")}
      ${actionButton(visit, formState(attempt, "revisar"), "Avisar que ya lo revisamos", { quiet: true })}
      ${decide(visit, credit, attempt)}`;
    case "in_review":
      return html`${waits(answered(credit, visit.today) ?? "La persona sabe que lo revisan y espera su respuesta.")}
      ${decide(visit, credit, attempt)}`;
    case "more_asked":
      return html`${
        credit.more
          ? waits(
              `El ${onDay(credit.more.askedAt, visit.today)} le pidieron: ${moreWords(credit.more)}. Les avisamos cuando responda; tiene 10 días. Si ya lo trajo, decidan.`,
            )
          : null
      }
      ${decide(visit, credit, attempt)}`;
    case "approved":
      return waits("La persona tiene que decir si lo acepta.");
    case "accepted":
    case "disbursed":
    case "repaying":
    case "in_arrears":
    case "settled":
      return money(visit, data);
    default:
      return html`<p>Este crédito terminó. De quién era ya no se ve.</p>`;
  }
}

/** What became of what was asked for besides. */
function answered({ more }: LenderCredit, today: string): string | null {
  if (!more?.answer || !more.answeredAt) return null;
  const wanted = `Le pidieron: ${moreWords(more)}.`;
  return more.answer === "brought"
    ? `${wanted} El ${onDay(more.answeredAt, today)} dijo que ya lo tiene o ya lo llevó. Espera su respuesta.`
    : `${wanted} No respondió en 10 días. Decidan con lo que hay.`;
}

function askingMore(visit: LenderVisit, credit: LenderCredit, attempt: Attempt | null): Content {
  if (credit.state === "more_asked") return null;
  const state = formState(attempt, "pedirMas");
  const own = credit.requirements.map(({ requirement }) => requirement);
  return html`<details ${attempt?.action === "pedirMas" ? html` open` : null}>
    <summary>Pedir algo más antes de decidir</summary>
    ${form(
      visit,
      state,
      html`${optionsField(state, {
        name: "requisitos",
        label: "¿Qué falta?",
        optional: true,
        many: true,
        options: (own.length > 0 ? own : loanRequirements).map((one) => ({
          value: one,
          words: capitalized(word("requirement", one)),
        })),
      })}
      ${textField(state, { name: "nota", label: "Qué más, en pocas palabras", hint: "Lo lee la persona en su SMS.", optional: true, maxlength: 60 })}
      ${submit("Pedírselo por SMS", { quiet: true })}`,
    )}
  </details>`;
}

function decide(visit: LenderVisit, credit: LenderCredit, attempt: Attempt | null): Content {
  const approving = formState(attempt, "aprobar", {
    monto: credit.amountCentimos / 100,
    meses: credit.months,
  });
  const refusing = formState(attempt, "negar");
  return html`<h2>Aprobar</h2>
    ${form(
      visit,
      approving,
      html`${hidden("pide", credit.amountCentimos)}${moneyField(approving, { name: "monto", label: "Monto", hint: "Nunca más de lo que pide.", maxlength: 12 })}
      ${numberField(approving, { name: "meses", label: "Plazo", unit: "meses", inputmode: "numeric", maxlength: 3 })}
      ${optionsField(approving, {
        name: "condiciones",
        label: "Condiciones",
        optional: true,
        many: true,
        options: approvalConditions.map((one) => ({
          value: one,
          words: capitalized(word("credit_condition", one)),
        })),
      })}
      ${submit("Aprobar este crédito")}`,
    )}
    ${askingMore(visit, credit, attempt)}
    <details ${attempt?.action === "negar" ? html` open` : null}>
      <summary>No prestar esta vez</summary>
      ${form(
        visit,
        refusing,
        html`${optionsField(refusing, {
          name: "motivos",
          label: "¿Por qué?",
          hint: "La persona lo lee en su SMS, con lo que escriba abajo y lo que puede cambiar. Hasta cinco.",
          many: true,
          options: refusalCodes.map((one) => ({
            value: one,
            words: capitalized(word("credit_refusal", one)),
          })),
        })}
        ${selectField(refusing, {
          name: "falta",
          label: "Si falta un requisito, ¿cuál?",
          optional: true,
          none: "Ninguno",
          options: loanRequirements.map((one) => ({
            value: one,
            words: capitalized(word("requirement", one)),
          })),
        })}
        ${moneyField(refusing, { name: "hasta", label: "Si es mucho monto, ¿cuánto sí?", optional: true })}
        ${numberField(refusing, { name: "plazo", label: "Si es mucho plazo, ¿cuánto sí?", unit: "meses", optional: true, inputmode: "numeric" })}
        ${submit("Decirle que no, con estos motivos", { danger: true })}`,
      )}
    </details>`;
}

/** What was handed over and what came back, as both sides wrote it down. */
function money(visit: LenderVisit, { credit, handed, back }: LenderData): Content {
  const payments = (kind: PaymentAccount["subject"]["kind"]) =>
    accountPath(`/mi-servicio/${visit.params.providerId}/pagos`, { kind, id: credit.id });
  return html`${
    handed && handed.owedCentimos + handed.waitingCentimos > 0
      ? html`${waits(
          handed.waitingCentimos > 0
            ? `Ustedes anotaron que entregaron ${soles(handed.waitingCentimos)}. Falta que la persona diga si lo recibió.`
            : `Falta entregarle ${soles(handed.owedCentimos)}.`,
        )}
        ${handed.waitingCentimos > 0 ? null : actionLink(payments("credit-disbursement"), "Anotar que se lo entregamos")}`
      : null
  }
  ${credit.state === "in_arrears" ? waits("Tiene una cuota atrasada. Minka le recuerda por SMS, y avisa a quienes responden.") : null}
  ${
    back && back.dueCentimos > 0
      ? html`<h2>Lo que devuelve</h2>
          ${progress({ part: back.paidCentimos, whole: back.dueCentimos, words: `Pagó ${soles(back.paidCentimos)} de ${soles(back.dueCentimos)}` })}
          ${facts([
            ["Falta", soles(back.owedCentimos)],
            back.waitingCentimos > 0 && [
              "Dice que pagó, falta que ustedes confirmen",
              soles(back.waitingCentimos),
            ],
          ])}
          <p><a class="more" href="${payments("credit-instalment")}">Ver y confirmar pagos</a></p>`
      : null
  }`;
}
