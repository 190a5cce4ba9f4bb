import { listProviders } from "@minka/contracts/catalog";
import { quoteLot, readLotContract } from "@minka/contracts/lot-contracts";
import { DomainError } from "@minka/domain/errors";
import { form, selectField, submit } from "../../design/fields.ts";
import { html } from "../../design/html.ts";
import { formState } from "../../forms/attempt.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import { lotRefusals } from "../../words/refusals/lots.ts";
import { proposalOf, termsDefaults, termsFieldOf, termsFields, termsShape } from "./contract-fields.ts";
import { contractActions } from "./contract-actions.ts";
import { contractMain, contractNotices } from "./contract-view.ts";
import { lotPath, readOwnLot, type LotVisit } from "./own-lot.ts";

const contractPath = (visit: LotVisit) => lotPath(visit, "/contrato");
const lotOf = ({ params: { lotId } }: LotVisit) => ({ lotId });

/** What is negotiated with a buyer, signed and delivered: the organizer's side. */
export const contractPage = signedPage("/mi-organizacion/:organizationId/lotes/:lotId/contrato")({
  read: async (visit) => {
    const lot = await readOwnLot(visit);
    const { contract } = await visit.call(readLotContract, { params: lotOf(visit) });
    const needsBuyer = contract === null && lot.demand === null;
    const buyers = needsBuyer
      ? await visit.callIfAny(listProviders, { query: { providerKind: "buyer", sort: "name", limit: 100 } })
      : null;
    return { lot, contract, buyers: buyers?.items ?? [] };
  },
  show: (visit, { lot, contract, buyers }, attempt) => {
    const state = formState(
      attempt,
      "proponer",
      termsDefaults(lot, contract?.quotes[0]?.terms ?? null, visit.today),
    );
    const needsBuyer = contract === null && lot.demand === null;
    return {
      title: `Contrato de ${lot.title}`,
      desk: true,
      main: html`<p><a class="more" href="${lotPath(visit)}">${lot.title}</a></p>
        ${contractMain(
          visit,
          {
            lot,
            contract,
            side: "organizer",
            paymentsBase: `/mi-organizacion/${visit.params.organizationId}/pagos`,
            proposal: form(
              visit,
              state,
              html`${
                needsBuyer
                  ? selectField(state, {
                      name: "comprador",
                      label: "¿A qué comprador?",
                      none: "Elija",
                      options: buyers.map(({ id, name }) => ({ value: id, words: name })),
                    })
                  : null
              }${termsFields(state)}${submit("Proponer estos términos")}`,
            ),
          },
          attempt,
        )}`,
    };
  },
  refusals: lotRefusals,
  actions: {
    proponer: action(
      termsShape,
      async (visit: LotVisit, values) => {
        const lot = await readOwnLot(visit);
        const { contract } = await visit.call(readLotContract, { params: lotOf(visit) });
        const buyerId = contract?.buyer.providerId ?? lot.demand?.providerId ?? values.comprador;
        if (!buyerId)
          throw new DomainError("invalid", "buyer-missing", "Say to which buyer.", {
            errors: [{ path: "body.buyerId", message: "is missing" }],
          });
        await visit.call(quoteLot, {
          params: lotOf(visit),
          body: { as: "organizer", buyerId, ...proposalOf(values) },
        });
        return goTo(contractPath(visit), "propuesto");
      },
      termsFieldOf,
    ),
    ...contractActions("organizer", contractPath),
  },
  notices: contractNotices,
});
