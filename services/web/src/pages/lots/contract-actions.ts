import {
  answerLotQuote,
  recordLotDelivery,
  signLotContract,
  type ContractSide,
} from "@minka/contracts/lot-contracts";
import { z } from "zod";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, type Action } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { deliveryFieldOf, deliveryShape, type contractNotices } from "./contract-view.ts";

/** What each side does with what is negotiated about a lot, on the page that is `here`. */
export function contractActions<Params extends { readonly lotId: string }>(
  as: ContractSide,
  here: (visit: SignedVisit<Params>) => string,
): Readonly<Record<"responder" | "firmar" | "entregar", Action<Params>>> {
  const done = (visit: SignedVisit<Params>, notice: keyof typeof contractNotices) =>
    goTo(here(visit), notice);
  return {
    responder: action(
      z.object({ propuesta: kinds.id(), acepta: kinds.choice(["si", "no"]).required }),
      async (visit: SignedVisit<Params>, { propuesta, acepta }) => {
        const accept = acepta === "si";
        await visit.call(answerLotQuote, { params: { quoteId: propuesta }, body: { accept } });
        return done(visit, accept ? "acordado" : "no-acordado");
      },
    ),
    firmar: action(
      z.object({ contrato: kinds.id(), firma: kinds.choice(["si", "no"]).required }),
      async (visit: SignedVisit<Params>, { contrato, firma }) => {
        const sign = firma === "si";
        await visit.call(signLotContract, { params: { contractId: contrato }, body: { as, sign } });
        return done(visit, sign ? "firmado" : "no-firmado");
      },
    ),
    entregar: action(
      deliveryShape,
      async (visit: SignedVisit<Params>, { kilos, dia, ...quality }) => {
        await visit.call(recordLotDelivery, {
          params: { lotId: visit.params.lotId },
          body: { as, kg: kilos, quality, deliveredOn: dia },
        });
        return done(visit, as === "organizer" ? "entregado" : "recibido");
      },
      deliveryFieldOf,
    ),
  };
}
