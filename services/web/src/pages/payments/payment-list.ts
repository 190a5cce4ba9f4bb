import type { Payment, PaymentParty } from "@minka/contracts/payments";
import { actionButton } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { row, rows, stateMark } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { dayWords, soles } from "../../words/field-words.ts";
import type { PartyNames } from "./party-names.ts";
import { accountPath, isSame, methodWords, paymentStateWords, subjectTitle } from "./payment-words.ts";

type Shown = {
  /** Whose payments these are: what they may do with each follows from their side. */
  readonly own: PaymentParty;
  readonly names: PartyNames;
  /** Where all that is paid of the same is shown; not where one is already there. */
  readonly base?: string;
};

/** Payments as one of their sides reads them, with what they may do about each. */
export function paymentList(
  visit: SignedVisit,
  payments: readonly (Payment & { title?: string | null })[],
  shown: Shown,
  attempt: Attempt | null,
): Html {
  return rows(payments.map((payment) => paymentRow(visit, payment, shown, attempt)));
}

function paymentRow(
  visit: SignedVisit,
  payment: Payment & { title?: string | null },
  { own, names, base }: Shown,
  attempt: Attempt | null,
): Html {
  const { payer, receiver, amountCentimos, paidOn, flags, back } = payment;
  const gets = isSame(receiver, own);
  const [words, tone] = paymentStateWords[payment.state];
  const who = gets
    ? `${names(payer)} ${back ? "le devolvió" : "le pagó"}`
    : `Usted ${back ? "devolvió" : "pagó"} a ${names(receiver)}`;
  return row({
    title: who,
    side: soles(amountCentimos),
    lines: [
      `${dayWords(paidOn, visit.today)}, ${methodWords(payment)}${payment.deposit ? ", como adelanto" : ""}`,
      base
        ? html`<a href="${accountPath(base, payment.subject)}"
            >${subjectTitle(payment.subject.kind, payment.title ?? null)}</a
          >`
        : null,
      flags.some(({ code }) => code === "same-cash-again")
        ? "Ojo: ese día ya hay otro pago en efectivo por lo mismo."
        : null,
    ],
    more: html`<p>${stateMark(words, tone)}</p>
      ${buttons(visit, payment, { gets, attempt })}`,
  });
}

function buttons(
  visit: SignedVisit,
  { id, state, recordedAs, amountCentimos }: Payment,
  { gets, attempt }: { gets: boolean; attempt: Attempt | null },
): Content {
  const button = (name: string, words: string, looks: { quiet?: boolean; danger?: boolean } = {}) =>
    actionButton(visit, formState(attempt, name, {}, { pago: id }), words, {
      values: { pago: id },
      ...looks,
    });
  if (gets) {
    if (state === "recorded")
      return html`${button("confirmar", `Sí llegó: ${soles(amountCentimos)}`)}${button("negar", "No llegó", { danger: true })}`;
    if (state === "disputed")
      return button("confirmar", `Ya llegó: ${soles(amountCentimos)}`, { quiet: true });
    return state === "confirmed" && recordedAs === "receiver"
      ? button("anular", "Anular: lo anoté mal", { quiet: true })
      : null;
  }
  const mayCancel = recordedAs === "payer" && (state === "recorded" || state === "disputed");
  return mayCancel ? button("anular", "Anular este pago", { quiet: true }) : null;
}
