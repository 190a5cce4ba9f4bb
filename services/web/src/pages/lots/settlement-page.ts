import { listLotPledges } from "@minka/contracts/lot-pledges";
import {
  decideSettlement,
  payAdvance,
  proposeSettlement,
  readSettlement,
} from "@minka/contracts/lot-settlements";
import { paymentMethods } from "@minka/contracts/payments";
import { z } from "zod";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import { readPart } from "../organization-desk/choose-member.ts";
import { lotRefusals } from "../../words/refusals/lots.ts";
import { lotPath, readOwnLot, type LotVisit } from "./own-lot.ts";
import { settlementView } from "./settlement-view.ts";

const here = (visit: LotVisit, notice: string) => goTo(lotPath(visit, "/liquidacion"), notice);
const lotOf = ({ params: { lotId } }: LotVisit) => ({ lotId });

const advance = z.object({
  persona: kinds.id(),
  monto: kinds.money({ least: 0.01 }).required,
  medio: kinds.choice(paymentMethods, "Elija cómo se pagó.").required,
  operacion: kinds.text(40).optional,
});

/** What each gets of what the buyer pays: worked out by one, approved by another; and money paid ahead. */
export const settlementPage = signedPage("/mi-organizacion/:organizationId/lotes/:lotId/liquidacion")({
  read: async (visit) => {
    const lot = await readOwnLot(visit);
    const [{ settlement }, pledges] = await Promise.all([
      visit.call(readSettlement, { params: lotOf(visit) }),
      readPart(visit, (cursor) =>
        visit.call(listLotPledges, { params: lotOf(visit), query: { state: "open", cursor, limit: 100 } }),
      ),
    ]);
    const names = await visit.namesOf([
      ...(settlement?.lines.map(({ personId }) => personId) ?? []),
      ...pledges.items.map(({ personId }) => personId),
    ]);
    return { lot, settlement, pledges, names };
  },
  show: (visit, data, attempt) => settlementView(visit, data, attempt),
  refusals: {
    ...lotRefusals,
    "operation-number-wrong":
      "Revise el número de operación: de Yape y Plin son de 6 a 12 números, del banco de 4 a 20 números y letras. En efectivo va en blanco.",
  },
  actions: {
    calcular: action(z.object({}), async (visit: LotVisit) => {
      await visit.call(proposeSettlement, { params: lotOf(visit) });
      return here(visit, "calculado");
    }),
    decidir: action(
      z.object({ liquidacion: kinds.id(), vale: kinds.choice(["si", "no"]).required }),
      async (visit: LotVisit, { liquidacion, vale }) => {
        const approve = vale === "si";
        await visit.call(decideSettlement, { params: { settlementId: liquidacion }, body: { approve } });
        return here(visit, approve ? "aprobado" : "no-aprobado");
      },
    ),
    adelantar: action(
      advance,
      async (visit: LotVisit, { persona, monto, medio, operacion }) => {
        await visit.call(payAdvance, {
          params: lotOf(visit),
          body: {
            personId: persona,
            amountCentimos: monto,
            payment: { method: medio, ...(operacion === undefined ? {} : { operationNumber: operacion }) },
          },
        });
        return here(visit, "adelantado");
      },
      (path) => ({ "body.amountCentimos": "monto", "body.payment.operationNumber": "operacion" })[path],
    ),
  },
  notices: {
    calculado: "Propuesta. Falta que otra persona la apruebe.",
    aprobado: "Aprobada. Cada quien recibe lo suyo por SMS. Ahora páguenles y anótenlo.",
    "no-aprobado": "No quedó aprobada. Pueden calcularla otra vez.",
    adelantado: "Anotado. La persona confirma por SMS que lo recibió; entonces se descuenta al liquidar.",
  },
});
