import { answerPayment, cancelPayment } from "@minka/contracts/payments";
import { z } from "zod";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, type Action } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";

const fields = z.object({ pago: kinds.id() });

/** What the sides of a payment may do with it: the receiver says whether it came, who wrote it down takes it back. */
export function paymentActions<Params>(
  back: (visit: SignedVisit<Params>) => string,
): Readonly<Record<"confirmar" | "negar" | "anular", Action<Params>>> {
  return {
    confirmar: action(fields, async (visit: SignedVisit<Params>, { pago }) => {
      await visit.call(answerPayment, { params: { paymentId: pago }, body: { received: true } });
      return goTo(back(visit), "confirmado");
    }),
    negar: action(fields, async (visit: SignedVisit<Params>, { pago }) => {
      await visit.call(answerPayment, { params: { paymentId: pago }, body: { received: false } });
      return goTo(back(visit), "negado");
    }),
    anular: action(fields, async (visit: SignedVisit<Params>, { pago }) => {
      await visit.call(cancelPayment, { params: { paymentId: pago }, body: {} });
      return goTo(back(visit), "anulado");
    }),
  };
}

export const paymentNotices = {
  anotado: "Anotado. Le preguntamos por SMS a quien lo recibe: el pago cuenta cuando lo confirme.",
  recibido: "Anotado: el pago ya cuenta. Le avisamos a quien pagó.",
  confirmado: "Confirmado: el pago ya cuenta. Le avisamos a quien pagó.",
  negado: "Anotado: dijo que ese pago no llegó. Le avisamos a quien pagó. Si llega después, confírmelo.",
  anulado: "Anulado. Ese pago ya no cuenta.",
} as const;
