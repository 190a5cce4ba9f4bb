import { decideComposition, listCompositions, proposeComposition } from "@minka/contracts/lot-compositions";
import { readLotContract } from "@minka/contracts/lot-contracts";
import { listLotPledges } from "@minka/contracts/lot-pledges";
import { readSettlement } from "@minka/contracts/lot-settlements";
import { cancelLot, closeLot, extendLot } from "@minka/contracts/lots";
import { limaInstant } from "@minka/domain/lima-time";
import { z } from "zod";
import * as kinds from "../../forms/field-kinds.ts";
import { askedCursor } from "../../visits/asked.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import { lotRefusals } from "../../words/refusals/lots.ts";
import { readSilent, remindAction, remindedNotice } from "../invitations/silent-part.ts";
import { lotView } from "./lot-view.ts";
import { impossibleView } from "./composition-view.ts";
import { lotPath, lotsPath, readOwnLot, type LotVisit } from "./own-lot.ts";

const lastHour = 20;

/** A lot's whole life on one page: what is next, what was offered, what gets in. */
export const lotPage = signedPage("/mi-organizacion/:organizationId/lotes/:lotId")({
  read: async (visit) => {
    const lot = await readOwnLot(visit);
    const params = { lotId: lot.id };
    const [{ contract }, { compositions }, { settlement }, pledges, silent] = await Promise.all([
      visit.call(readLotContract, { params }),
      visit.call(listCompositions, { params }),
      visit.call(readSettlement, { params }),
      visit.call(listLotPledges, {
        params,
        query: { state: "open", cursor: askedCursor(visit), limit: 100 },
      }),
      lot.state === "open" ? readSilent(visit, { kind: "lot", id: lot.id }) : null,
    ]);
    const composition =
      compositions.find(({ state }) => state === "approved" || state === "proposed") ?? null;
    const names = await visit.namesOf([
      ...pledges.items.map(({ personId }) => personId),
      ...(composition?.lines.map(({ personId }) => personId) ?? []),
    ]);
    return { lot, contract, composition, settlement, pledges, names, silent };
  },
  show: (visit, data, attempt) => lotView(visit, data, attempt),
  refusals: lotRefusals,
  actions: {
    recordar: remindAction<LotVisit["params"]>("lot", ({ lotId }) => lotId),
    alargar: action(
      z.object({ hasta: kinds.day().required }),
      async (visit: LotVisit, { hasta }) => {
        await visit.call(extendLot, {
          params: { lotId: visit.params.lotId },
          body: { pledgeUntil: limaInstant(hasta, lastHour).toISOString() },
        });
        return goTo(lotPath(visit), "alargado");
      },
      (path) => (path === "body.pledgeUntil" ? "hasta" : undefined),
    ),
    cerrar: action(z.object({}), async (visit: LotVisit) => {
      await visit.call(closeLot, { params: { lotId: visit.params.lotId } });
      return goTo(lotPath(visit), "cerrado");
    }),
    cancelar: action(
      z.object({ seguro: kinds.tickNeeded("Marque que de verdad quiere cancelarlo.") }),
      async (visit: LotVisit) => {
        await visit.call(cancelLot, { params: { lotId: visit.params.lotId } });
        return goTo(lotsPath(visit), "cancelado");
      },
    ),
    calcular: action(z.object({}), async (visit: LotVisit) => {
      const answer = await visit.call(proposeComposition, { params: { lotId: visit.params.lotId } });
      if (answer.outcome === "impossible") return impossibleView(lotPath(visit), answer);
      return goTo(lotPath(visit), "calculado");
    }),
    decidir: action(
      z.object({ propuesta: kinds.id(), vale: kinds.choice(["si", "no"]).required }),
      async (visit: LotVisit, { propuesta, vale }) => {
        const approve = vale === "si";
        await visit.call(decideComposition, { params: { compositionId: propuesta }, body: { approve } });
        return goTo(lotPath(visit), approve ? "armado" : "no-armado");
      },
    ),
  },
  notices: {
    ...remindedNotice,
    abierto: "Lote abierto. Cada socia y socio recibe un SMS.",
    alargado: "Ahora se puede ofrecer hasta ese día.",
    cerrado:
      "Ya no se ofrece más. Cada quien recibe un SMS con el día; si ese lugar tiene su propio día, también con el lugar. Si no, díganles ustedes dónde llevar.",
    calculado: "Propuesto. Falta que otra persona lo apruebe.",
    armado: "Aprobado. Cada quien sabe por SMS cuánto de lo suyo entra, y por qué.",
    "no-armado": "No quedó aprobado. Pueden calcular otra vez.",
    anotado: "Anotado. Le preguntamos a la persona por SMS si es así.",
    retirado: "Retirado de este lote.",
  },
});
