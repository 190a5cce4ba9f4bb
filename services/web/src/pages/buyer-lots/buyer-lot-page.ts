import { answerLotDelivery, quoteLot, readLotContract } from "@minka/contracts/lot-contracts";
import { exportLotPlots, readLotTrace } from "@minka/contracts/lot-settlements";
import { readLot } from "@minka/contracts/lots";
import { DomainError } from "@minka/domain/errors";
import { z } from "zod";
import { form, submit } from "../../design/fields.ts";
import { html } from "../../design/html.ts";
import { facts } from "../../design/parts.ts";
import { formState } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedFile, signedPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { capitalized } from "../../words/field-words.ts";
import { lotRefusals } from "../../words/refusals/lots.ts";
import { proposalOf, termsDefaults, termsFieldOf, termsFields, termsShape } from "../lots/contract-fields.ts";
import { contractActions } from "../lots/contract-actions.ts";
import { contractMain, contractNotices } from "../lots/contract-view.ts";
import {
  gatheringWords,
  certificateWords,
  harvestWords,
  kilosWords,
  limitWords,
  lotMark,
} from "../lots/lot-words.ts";
import { originFile, originMain } from "../lots/origin-view.ts";

type BuyerVisit = SignedVisit<{ providerId: string; lotId: string }>;

const path = ({ params }: BuyerVisit) => `/mi-servicio/${params.providerId}/lotes/${params.lotId}`;
const lotOf = ({ params: { lotId } }: BuyerVisit) => ({ lotId });

/** A lot and its contract, on the desk of the buyer whom it is for; nothing of what another buyer negotiates. */
async function readForBuyer(visit: BuyerVisit) {
  const { providerId } = visit.params;
  const { lot } = await visit.call(readLot, { params: lotOf(visit) });
  // Before anything is proposed there is no contract that a buyer could read.
  const found = (await visit.callIfAny(readLotContract, { params: lotOf(visit) }))?.contract ?? null;
  const contract = found?.buyer.providerId === providerId ? found : null;
  if (lot.demand?.providerId !== providerId && contract === null)
    throw new DomainError("not-found", "no-such-lot", "This lot is for another buyer.");
  return { lot, contract };
}

/** A lot as its buyer sees it: terms, signature, what came, what is owed, where it grew. */
export const buyerLotPage = signedPage("/mi-servicio/:providerId/lotes/:lotId")({
  read: readForBuyer,
  show: (visit, { lot, contract }, attempt) => {
    const state = formState(
      attempt,
      "proponer",
      termsDefaults(lot, contract?.quotes[0]?.terms ?? null, visit.today),
    );
    const limit = limitWords(lot.limits);
    return {
      title: lot.title,
      desk: true,
      main: html`${contractMain(
          visit,
          {
            lot,
            contract,
            side: "buyer",
            paymentsBase: `/mi-servicio/${visit.params.providerId}/pagos`,
            proposal: form(visit, state, html`${termsFields(state)}${submit("Proponer estos términos")}`),
          },
          attempt,
        )}
        <h2>El lote</h2>
        <p>${lotMark(lot.state)}</p>
        ${facts([
          ["Lo arma", lot.organizer.name],
          ["Cosecha", capitalized(harvestWords(lot))],
          [
            "Ofrecido",
            `${kilosWords(lot.pledgedGrams)} de ${lot.pledges === 1 ? "1 persona" : `${lot.pledges} personas`}`,
          ],
          ["Pesado", kilosWords(lot.weighedGrams)],
          ["Se vende", `de ${kilosWords(lot.minimumGrams)} a ${kilosWords(lot.maximumGrams)}`],
          limit !== "" && ["Promedio", capitalized(limit)],
          lot.certificates.length > 0 && ["Certificados", capitalized(certificateWords(lot.certificates))],
          ["Acopio", gatheringWords(lot, visit.today)],
        ])}
        ${contract?.state === "signed" ? html`<p><a class="more" href="${path(visit)}/origen">De qué parcelas viene</a></p>` : null}`,
    };
  },
  refusals: lotRefusals,
  actions: {
    proponer: action(
      termsShape,
      async (visit: BuyerVisit, values) => {
        await visit.call(quoteLot, {
          params: lotOf(visit),
          body: { as: "buyer", buyerId: visit.params.providerId, ...proposalOf(values) },
        });
        return goTo(path(visit), "propuesto");
      },
      termsFieldOf,
    ),
    ...contractActions("buyer", path),
    confirmar: action(
      z.object({ entrega: kinds.id(), confirma: kinds.choice(["si", "no"]).required }),
      async (visit: BuyerVisit, { entrega, confirma }) => {
        const confirm = confirma === "si";
        await visit.call(answerLotDelivery, { params: { deliveryId: entrega }, body: { confirm } });
        return goTo(path(visit), confirm ? "confirmado" : "no-confirmado");
      },
    ),
  },
  notices: contractNotices,
});

/** Where what they bought grew, for due diligence. */
export const buyerOriginPage = signedPage("/mi-servicio/:providerId/lotes/:lotId/origen")({
  read: async (visit) => {
    const { lot } = await readForBuyer(visit);
    const trace = await visit.call(readLotTrace, { params: lotOf(visit) });
    const names = await visit.namesOf(trace.contributions.map(({ producerId }) => producerId));
    return { lot, trace, names };
  },
  show: (visit, { lot, trace, names }) => ({
    title: `Origen de ${lot.title}`,
    desk: true,
    main: html`<p><a class="more" href="${path(visit)}">${lot.title}</a></p>
      ${originMain(visit, { lot, trace, names, file: `${path(visit)}/parcelas.geojson` })}`,
  }),
});

export const buyerPlots = signedFile(
  "/mi-servicio/:providerId/lotes/:lotId/parcelas.geojson",
  async (visit) => {
    const { lot } = await readForBuyer(visit);
    return originFile(lot.title, await visit.call(exportLotPlots, { params: lotOf(visit) }));
  },
);
