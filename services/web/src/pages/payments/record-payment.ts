import {
  paymentMethods,
  recordPayment,
  type PaymentAccount,
  type PaymentParty,
} from "@minka/contracts/payments";
import { z } from "zod";
import { dayField, form, hidden, moneyField, optionsField, submit, textField } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { isSame, methodOptions } from "./payment-words.ts";

/** Written down by who pays or who receives; back: what goes from who is paid to who pays. */
export const paymentFields = z.object({
  monto: kinds.money({ least: 0.01 }).required,
  como: kinds.choice(paymentMethods, "Elija cómo se pagó.").required,
  operacion: kinds.text(40).optional,
  dia: kinds.day().required,
  lado: kinds.choice(["payer", "receiver"]).required,
  clase: kinds.choice(["pago", "adelanto", "devolucion"]).required,
});

const fieldNames: Record<string, string> = {
  "body.amountCentimos": "monto",
  "body.operationNumber": "operacion",
  "body.paidOn": "dia",
  "body.method": "como",
};
export const paymentFieldOf = (path: string): string | undefined => fieldNames[path];

/** Whether it counts at once: the receiver's own word does. */
export async function recordAs(
  visit: SignedVisit,
  subject: PaymentAccount["subject"],
  { monto, como, operacion, dia, lado, clase }: z.output<typeof paymentFields>,
): Promise<"anotado" | "recibido"> {
  const { payment } = await visit.call(recordPayment, {
    body: {
      subject,
      amountCentimos: monto,
      method: como,
      ...(operacion === undefined ? {} : { operationNumber: operacion }),
      paidOn: dia,
      deposit: clase === "adelanto",
      back: clase === "devolucion",
      as: lado,
    },
  });
  return payment.state === "confirmed" ? "recibido" : "anotado";
}

/** The form to write down what can be paid now: what is owed, a deposit, or what goes back. */
export function paymentForm(
  visit: SignedVisit,
  { account, own }: { account: PaymentAccount; own: PaymentParty },
  attempt: Attempt | null,
): Content {
  const { owedCentimos, waitingCentimos, backCentimos, takesDeposits } = account;
  const pays = isSame(account.payer, own);
  if (!pays && !isSame(account.receiver, own)) return null;
  const open = Math.max(0, owedCentimos - waitingCentimos);
  if (backCentimos > 0)
    return oneForm(visit, {
      kind: "devolucion",
      centimos: backCentimos,
      side: pays ? "receiver" : "payer",
      title: pays ? "Me devolvieron dinero" : "Devolví dinero",
      attempt,
    });
  if (open === 0 && !takesDeposits) return null;
  return oneForm(visit, {
    kind: open === 0 ? "adelanto" : "pago",
    centimos: open,
    side: pays ? "payer" : "receiver",
    title: pays
      ? open === 0
        ? "Pagué un adelanto"
        : "Ya pagué: anotar mi pago"
      : open === 0
        ? "Recibí un adelanto"
        : "Me pagaron: anotar el pago",
    attempt,
  });
}

function oneForm(
  visit: SignedVisit,
  given: {
    kind: "pago" | "adelanto" | "devolucion";
    centimos: number;
    side: "payer" | "receiver";
    title: string;
    attempt: Attempt | null;
  },
): Html {
  const { kind, centimos, side, title, attempt } = given;
  const state = formState(attempt, "anotar", {
    monto: centimos > 0 ? (centimos / 100).toFixed(2).replace(/\.00$/, "") : null,
    dia: visit.today,
  });
  return html`<h2>${title}</h2>
    ${form(
      visit,
      state,
      html`${hidden("lado", side)}${hidden("clase", kind)}
      ${moneyField(state, { name: "monto", label: "¿Cuánto?", maxlength: 14 })}
      ${optionsField(state, { name: "como", label: "¿Cómo?", options: methodOptions })}
      ${textField(state, { name: "operacion", label: "Número de operación", hint: "Está en la constancia de Yape, Plin o del banco. En efectivo no hace falta.", maxlength: 40, autocomplete: "off", optional: true })}
      ${dayField(state, { name: "dia", label: "¿Qué día?" })}
      ${submit(side === "receiver" ? "Anotar que lo recibí" : "Anotar mi pago")}`,
    )}`;
}
