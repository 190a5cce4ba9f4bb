import { listLenderCredits } from "@minka/contracts/credit-decisions";
import { reportOutcome } from "@minka/contracts/matching";
import { listProviderPools } from "@minka/contracts/pool-quotes";
import { listAsks } from "@minka/contracts/provider-asks";
import { readEngagementContact } from "@minka/contracts/meetings";
import { readStanding } from "@minka/contracts/standings";
import { z } from "zod";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import { waitsForSupplier } from "../purchases/supplier-todo.ts";
import { inboxView } from "./inbox-view.ts";
import { providerPath, readOwnProvider, type ProviderVisit } from "./own-provider.ts";

/** Whose names are told in the list; of the others on their own page. */
const mostNamed = 12;

async function readInbox(visit: ProviderVisit) {
  const { providerId } = visit.params;
  const provider = await readOwnProvider(visit);
  const lends = provider.kinds.includes("lender") && !visit.person.actedBy;
  const sells = provider.kinds.includes("supplier") && provider.as === "manager";
  const [all, credits, pools, standing] = await Promise.all([
    visit.call(listAsks, {}),
    lends
      ? visit.callIfAny(listLenderCredits, {
          params: { providerId },
          query: { state: "submitted", limit: 20 },
        })
      : null,
    sells ? visit.callIfAny(listProviderPools, { params: { providerId }, query: { limit: 50 } }) : null,
    provider.as === "manager" ? visit.callIfAny(readStanding, { params: { providerId } }) : null,
  ]);
  const ours = <Item extends { providerId: string }>(items: readonly Item[]) =>
    items.filter((item) => item.providerId === providerId);
  const engagements = ours(all.engagements);
  const contacts = await Promise.all(
    engagements.slice(0, mostNamed).map(async ({ id }) => {
      const contact = await visit.callIfAny(readEngagementContact, { params: { engagementId: id } });
      return [id, contact] as const;
    }),
  );
  return {
    provider,
    asks: ours(all.asks),
    quoted: ours(all.quoted),
    engagements,
    disputed: ours(all.disputed),
    toRate: ours(all.toRate),
    contacts: new Map(contacts),
    credits: { waiting: credits?.items.length ?? 0, isMore: credits?.next != null },
    purchases: pools?.items.filter((one) => waitsForSupplier(one, visit.now)).length ?? 0,
    unconfirmed: standing?.offers.filter(({ stage }) => stage !== "fresh").length ?? 0,
  };
}
export type Inbox = Awaited<ReturnType<typeof readInbox>>;

/** What a provider is asked, by how little time is left, and what they agreed to. */
export const inboxPage = signedPage("/mi-servicio/:providerId")({
  read: readInbox,
  show: inboxView,
  actions: {
    hecho: action(z.object({ trabajo: kinds.id() }), async (visit: ProviderVisit, { trabajo }) => {
      const params = { engagementId: trabajo };
      await visit.call(reportOutcome, { params, body: { outcome: "done", by: "provider" } });
      return goTo(providerPath(visit.params.providerId, `/trabajos/${trabajo}`), "hecho");
    }),
  },
  notices: {
    acordado: "Quedó acordado. Le mandamos a la otra persona su nombre, su número y el día.",
    negado: "Avisamos que usted no puede. Le preguntamos a otra persona.",
    propuesto: "Enviamos su propuesta. Ahora le toca responder a quien pidió.",
    calificado: "Gracias. La otra persona ve su nota cuando ella también califique, o en una semana.",
    problema: "Una persona de Minka lo va a ver con los dos y le avisa.",
    cancelado: "Avisamos que usted no irá. Buscamos a otra persona.",
    movido: "Queda ese día. Avisamos a la otra persona.",
    igual: "Queda el día de antes. Avisamos a la otra persona.",
    registrado: "Su registro está listo. Complete los datos y envíelos para que los revisemos.",
  },
});
