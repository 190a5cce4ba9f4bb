import { answerRework, disputeEngagement, disputeReasons } from "@minka/contracts/disputes";
import { callOffVisit, cancelReasons } from "@minka/contracts/follow-ups";
import { reportOutcome } from "@minka/contracts/matching";
import { listAsks } from "@minka/contracts/provider-asks";
import { readEngagementContact } from "@minka/contracts/meetings";
import { answerQuote, makeQuote } from "@minka/contracts/quotes";
import { rateEngagement } from "@minka/contracts/ratings";
import { z } from "zod";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { providerPath, readOwnProvider } from "./own-provider.ts";
import { workView } from "./work-view.ts";

export type WorkVisit = SignedVisit<{ providerId: string; engagementId: string }>;

async function readWork(visit: WorkVisit) {
  const { providerId, engagementId } = visit.params;
  const provider = await readOwnProvider(visit);
  const { engagements, disputed, toRate } = await visit.call(listAsks, {});
  const work = [...engagements, ...disputed, ...toRate].find(
    (one) => one.id === engagementId && one.providerId === providerId,
  );
  if (!work) return { provider, work: null, contact: null };
  const contact = await visit.callIfAny(readEngagementContact, { params: { engagementId } });
  return { provider, work, contact };
}
export type WorkData = Awaited<ReturnType<typeof readWork>>;

const fieldOf = (path: string) =>
  ({ "body.visitOn": "dia", "body.reason": "razon", "body.score": "nota" })[path];

const paramsOf = ({ params: { engagementId } }: WorkVisit) => ({ engagementId });
const nothing = z.object({});
const someDay = z.object({ dia: kinds.day().required });
// What a form is about goes with it, so that it may come twice.
const move = someDay.extend({ encargo: kinds.id() });
const answer = z.object({ propuesta: kinds.id(), si: kinds.choice(["si", "no"]).required });
const scores = ["1", "2", "3", "4", "5"] as const;

/** What was agreed: with whom, when and where; how it went; and what to do if it does not. */
export const workPage = signedPage("/mi-servicio/:providerId/trabajos/:engagementId")({
  read: readWork,
  show: workView,
  actions: {
    hecho: action(nothing, async (visit: WorkVisit) => {
      await visit.call(reportOutcome, { params: paramsOf(visit), body: { outcome: "done", by: "provider" } });
      return goTo(visit.path, "hecho");
    }),
    falte: action(nothing, async (visit: WorkVisit) => {
      await visit.call(reportOutcome, {
        params: paramsOf(visit),
        body: { outcome: "no_show", by: "provider" },
      });
      return goTo(providerPath(visit.params.providerId), "cancelado");
    }),
    cancelar: action(
      z.object({ razon: kinds.choice(cancelReasons).required }),
      async (visit: WorkVisit, { razon }) => {
        await visit.call(callOffVisit, { params: paramsOf(visit), body: { reason: razon } });
        return goTo(providerPath(visit.params.providerId), "cancelado");
      },
      fieldOf,
    ),
    mover: action(
      move,
      async (visit: WorkVisit, { dia, encargo }) => {
        await visit.call(makeQuote, { params: { matchId: encargo }, body: { visitOn: dia } });
        return goTo(visit.path, "propuesto");
      },
      fieldOf,
    ),
    responder: action(answer, async (visit: WorkVisit, { propuesta, si }) => {
      const accept = si === "si";
      await visit.call(answerQuote, { params: { quoteId: propuesta }, body: { accept } });
      return goTo(visit.path, accept ? "movido" : "igual");
    }),
    rehacer: action(
      someDay,
      async (visit: WorkVisit, { dia }) => {
        await visit.call(answerRework, { params: paramsOf(visit), body: { accept: true, visitOn: dia } });
        return goTo(visit.path, "acordado");
      },
      fieldOf,
    ),
    norehacer: action(nothing, async (visit: WorkVisit) => {
      await visit.call(answerRework, { params: paramsOf(visit), body: { accept: false } });
      return goTo(providerPath(visit.params.providerId), "problema");
    }),
    problema: action(
      z.object({ razon: kinds.choice(disputeReasons).required }),
      async (visit: WorkVisit, { razon }) => {
        await visit.call(disputeEngagement, { params: paramsOf(visit), body: { reason: razon } });
        return goTo(providerPath(visit.params.providerId), "problema");
      },
      fieldOf,
    ),
    calificar: action(
      z.object({ nota: kinds.choice(scores, "Elija una nota del 1 al 5.").required }),
      async (visit: WorkVisit, { nota }) => {
        await visit.call(rateEngagement, {
          params: paramsOf(visit),
          body: { score: Number(nota), by: "provider" },
        });
        return goTo(providerPath(visit.params.providerId), "calificado");
      },
      fieldOf,
    ),
  },
  notices: {
    acordado: "Quedó acordado. La otra persona ya tiene su nombre, su número y el día.",
    hecho: "Anotado: está hecho. Ahora puede calificar a quien atendió.",
    propuesto: "Enviamos su propuesta. Mientras no le respondan vale el día de antes.",
    movido: "Queda ese día. Avisamos a la otra persona.",
    igual: "Queda el día de antes. Avisamos a la otra persona.",
  },
});
