import { attendances, chooseAttendance } from "@minka/contracts/attendance";
import { helpAnswers, sayHelp } from "@minka/contracts/follow-ups";
import { chooseMatch, refuseList, reportOutcome, withdrawMatch } from "@minka/contracts/matching";
import { answerQuote, makeQuote } from "@minka/contracts/quotes";
import { rateEngagement } from "@minka/contracts/ratings";
import { z } from "zod";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import { requestRefusals } from "../../words/refusals/requests.ts";
import { readRequestPage, type RequestVisit } from "./read-request-page.ts";
import { requestsPath } from "./request-list.ts";
import { requestView } from "./request-view.ts";

const here = ({ params }: RequestVisit) => `${requestsPath}/${params.requestId}`;
const back = (visit: RequestVisit, notice: string) => goTo(here(visit), notice);
const proposedField = (path: string) => ({ "body.priceCentimos": "precio", "body.visitOn": "dia" })[path];
const yesOrNo = kinds.choice(["si", "no"], "Responda sí o no.").required;

/** One request from the search to the rating: what is to be done now comes first. */
export const requestPage = signedPage(`${requestsPath}/:requestId`)({
  read: readRequestPage,
  show: requestView,
  refusals: requestRefusals,
  actions: {
    elegir: action(z.object({ opcion: kinds.id() }), async (visit, { opcion }) => {
      await visit.call(chooseMatch, { params: { matchId: opcion } });
      return back(visit, "preguntamos");
    }),
    ninguna: action(z.object({}), async (visit) => {
      await visit.call(refuseList, { params: visit.params });
      return back(visit, "lejos");
    }),
    retirar: action(z.object({ opcion: kinds.id() }), async (visit, { opcion }) => {
      await visit.call(withdrawMatch, { params: { matchId: opcion }, body: {} });
      return back(visit, "retirado");
    }),
    responder: action(
      z.object({ propuesta: kinds.id(), respuesta: yesOrNo }),
      async (visit, { propuesta, respuesta }) => {
        await visit.call(answerQuote, {
          params: { quoteId: propuesta },
          body: { accept: respuesta === "si" },
        });
        return back(visit, respuesta === "si" ? "aceptado" : "rechazado");
      },
    ),
    proponer: action(
      z
        .object({ opcion: kinds.id(), precio: kinds.money().optional, dia: kinds.day().optional })
        .refine(({ precio, dia }) => precio !== undefined || dia !== undefined, {
          path: ["precio"],
          message: "Escriba un precio, un día, o los dos.",
        }),
      async (visit, { opcion, precio, dia }) => {
        await visit.call(makeQuote, {
          params: { matchId: opcion },
          body: {
            ...(precio === undefined ? {} : { priceCentimos: precio }),
            ...(dia === undefined ? {} : { visitOn: dia }),
          },
        });
        return back(visit, "propuesto");
      },
      proposedField,
    ),
    proponerDia: action(
      z.object({ opcion: kinds.id(), dia: kinds.day().required }),
      async (visit, { opcion, dia }) => {
        await visit.call(makeQuote, { params: { matchId: opcion }, body: { visitOn: dia } });
        return back(visit, "propuesto");
      },
      proposedField,
    ),
    quien: action(z.object({ atiende: kinds.choice(attendances).required }), async (visit, { atiende }) => {
      await visit.call(chooseAttendance, { params: visit.params, body: { by: atiende } });
      return back(visit, "buscamos");
    }),
    vino: action(
      z.object({ visita: kinds.id(), respuesta: yesOrNo }),
      async (visit, { visita, respuesta }) => {
        const outcome = respuesta === "si" ? "done" : "no_show";
        await visit.call(reportOutcome, {
          params: { engagementId: visita },
          body: { outcome, by: "requester" },
        });
        return back(visit, respuesta === "si" ? "hecho" : "falto");
      },
    ),
    calificar: action(
      z.object({
        visita: kinds.id(),
        nota: kinds.choice(["1", "2", "3", "4", "5"], "Elija una nota.").required,
      }),
      async (visit, { visita, nota }) => {
        await visit.call(rateEngagement, { params: { engagementId: visita }, body: { score: Number(nota) } });
        return back(visit, "calificado");
      },
    ),
    ayudo: action(
      z.object({ visita: kinds.id(), respuesta: kinds.choice(helpAnswers).required }),
      async (visit, { visita, respuesta }) => {
        await visit.call(sayHelp, { params: { engagementId: visita }, body: { helped: respuesta } });
        return back(visit, "contado");
      },
    ),
  },
  notices: {
    enviado: "Recibimos su pedido. Le avisamos también por SMS.",
    preguntamos: "Listo, ya le preguntamos. Le avisamos cuando responda.",
    lejos: "Está bien. Buscamos más lejos.",
    retirado: "Listo, ya no le preguntamos.",
    aceptado: "Listo, quedaron de acuerdo.",
    rechazado: "Está bien. Le decimos que no.",
    propuesto: "Pasamos su propuesta. Le avisamos cuando respondan.",
    buscamos: "Está bien, buscamos otra vez.",
    hecho: "Qué bueno. Falta su nota: ayuda a otros a elegir.",
    falto: "Lo sentimos. Buscamos a otra persona.",
    calificado: "Gracias. Su nota ayuda a otros productores a elegir.",
    contado: "Gracias por contarnos. Así buscamos mejor.",
    vuelve: "Le pedimos que vuelva. Le avisamos cuando responda.",
    reclamo: "Una persona de Minka lo verá y le avisará.",
    anulado: "Su pedido quedó anulado. Avisamos a quien correspondía.",
    revisar: "Una persona de Minka mirará su lista y le avisará por SMS.",
    bloqueado: "Listo, no volvemos a proponerle a esa persona.",
  },
});
