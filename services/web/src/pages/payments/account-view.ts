import { readPaymentAccount, type PaymentAccount, type PaymentParty } from "@minka/contracts/payments";
import { DomainError } from "@minka/domain/errors";
import { html, type Content } from "../../design/html.ts";
import { empty, facts, waits } from "../../design/parts.ts";
import type { Attempt } from "../../forms/attempt.ts";
import { goTo } from "../../visits/destination.ts";
import { action, type Action } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { soles } from "../../words/field-words.ts";
import { namesOfParties, type PartyNames } from "./party-names.ts";
import { paymentActions } from "./payment-actions.ts";
import { paymentList } from "./payment-list.ts";
import { isSame, kindOf, subjectTitle } from "./payment-words.ts";
import { paymentFieldOf, paymentFields, paymentForm, recordAs } from "./record-payment.ts";

type Params = { readonly asunto: string; readonly subjectId: string };

/** All that is owed, paid and to be given back of one thing, for one of its sides. */
export async function readAccount(
  visit: SignedVisit<Params>,
  own: PaymentParty,
): Promise<{ account: PaymentAccount; names: PartyNames }> {
  const params = { kind: kindOf(visit.params.asunto), id: visit.params.subjectId };
  const { account } = await visit.call(readPaymentAccount, { params, query: {} });
  if (![account.payer, account.receiver].some((side) => isSame(side, own)))
    throw new DomainError("not-found", "no-such-page", "They are on neither side of this.");
  return { account, names: await namesOfParties(visit, [account.payer, account.receiver]) };
}

export const accountTitle = ({ subject, title }: PaymentAccount): string => subjectTitle(subject.kind, title);

export function accountMain(
  visit: SignedVisit,
  { account, names, own }: { account: PaymentAccount; names: PartyNames; own: PaymentParty },
  attempt: Attempt | null,
): Content {
  const { payer, receiver, dueCentimos, paidCentimos, waitingCentimos, owedCentimos, backCentimos } = account;
  const pays = isSame(payer, own);
  return html`<h1>${heading(account, pays)}</h1>
    <p class="lead">
      ${accountTitle(account)}. ${pays ? `Se paga a ${names(receiver)}.` : `Paga ${names(payer)}.`}
    </p>
    ${
      waitingCentimos > 0
        ? waits(
            pays
              ? `Falta que ${names(receiver)} confirme ${soles(waitingCentimos)}.`
              : `Falta que usted confirme ${soles(waitingCentimos)}.`,
          )
        : null
    }
    ${facts([
      dueCentimos > 0 && ["En total", soles(dueCentimos)],
      ["Pagado y confirmado", soles(paidCentimos)],
      owedCentimos > 0 && ["Falta pagar", soles(owedCentimos)],
      backCentimos > 0 && ["Por devolver", soles(backCentimos)],
    ])}
    ${paymentForm(visit, { account, own }, attempt)}
    <h2>Pagos anotados</h2>
    ${
      account.payments.length > 0
        ? paymentList(visit, account.payments, { own, names }, attempt)
        : empty("Todavía nadie anotó un pago. Minka no guarda dinero: aquí solo se anota lo que ya se pagó.")
    }`;
}

function heading({ owedCentimos, waitingCentimos, backCentimos }: PaymentAccount, pays: boolean): string {
  if (backCentimos > 0)
    return pays ? `Le deben devolver ${soles(backCentimos)}` : `Debe devolver ${soles(backCentimos)}`;
  if (owedCentimos === 0) return pays ? "No debe nada" : "No le deben nada";
  if (waitingCentimos >= owedCentimos) {
    const sum = soles(waitingCentimos);
    return pays ? `Falta que confirmen sus ${sum}` : `¿Le llegaron ${sum}?`;
  }
  return pays ? `Falta pagar ${soles(owedCentimos)}` : `Le deben ${soles(owedCentimos)}`;
}

/** What is written down and answered on the page of one account. */
export function accountActions<P extends Params>(
  back: (visit: SignedVisit<P>) => string,
): Readonly<Record<string, Action<P>>> {
  return {
    ...paymentActions(back),
    anotar: action(
      paymentFields,
      async (visit: SignedVisit<P>, values) => {
        const subject = { kind: kindOf(visit.params.asunto), id: visit.params.subjectId };
        return goTo(back(visit), await recordAs(visit, subject, values));
      },
      paymentFieldOf,
    ),
  };
}
