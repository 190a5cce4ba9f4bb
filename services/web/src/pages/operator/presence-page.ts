import { listPresent, reportDeparture } from "@minka/contracts/presence";
import { z } from "zod";
import { actionButton } from "../../design/fields.ts";
import { html } from "../../design/html.ts";
import { empty, row, rows, stateMark } from "../../design/parts.ts";
import { formState } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, operatorPage } from "../../visits/page.ts";
import { careNotice, complaintViews, complaintsPath } from "./complaints-page.ts";
import { momentWords, sentence } from "./list-query.ts";

/** Who is at a visit now: those from whom no departure came are called first. */
export const presencePage = operatorPage(`${complaintsPath}/presencia`)({
  read: async (visit) => {
    const { presences } = await visit.call(listPresent, { query: {} });
    return { presences, names: await visit.namesOf(presences.map(({ personId }) => personId)) };
  },
  show: (visit, { presences, names }, attempt) => {
    const overdue = presences.filter(({ overdueAt }) => overdueAt !== null).length;
    return {
      title: "Quién está en visita",
      desk: true,
      main: html`<h1>
          ${overdue === 0 ? "Nadie en visita está sin avisar" : overdue === 1 ? "1 persona no avisó que salió: llámela" : `${overdue} personas no avisaron que salieron: llámelas`}
        </h1>
        ${careNotice}${complaintViews("presencia")}
        ${
          presences.length === 0
            ? empty(
                "Ahora nadie dijo que está en una visita. Quien llega a una chacra lo dice por SMS o en su página.",
              )
            : html`<h2>En visita ahora</h2>
                ${rows(
                  presences.map(({ personId, engagementId, arrivedAt, expectedUntil, overdueAt }) => {
                    const of = { acuerdo: engagementId };
                    return row({
                      title: names.get(personId) ?? "Sin nombre",
                      side: overdueAt ? stateMark("No avisó", "bad") : stateMark("En visita", "going"),
                      lines: [
                        sentence(
                          `Llegó ${momentWords(arrivedAt, visit.today)}; esperaba salir ${momentWords(expectedUntil, visit.today)}`,
                        ),
                        overdueAt ? sentence(`Se dio aviso ${momentWords(overdueAt, visit.today)}`) : null,
                      ],
                      more: html`${overdueAt ? html`<p><a class="more" href="/operador/pendientes?clase=presence_overdue">Ver el número y llamar</a></p>` : null}
                      ${actionButton(visit, formState(attempt, "salio", {}, of), "Hablé y está a salvo: ya salió", { values: of, quiet: true })}`,
                    });
                  }),
                )}`
        }`,
    };
  },
  actions: {
    salio: action(z.object({ acuerdo: kinds.id() }), async (visit, { acuerdo }) => {
      await visit.call(reportDeparture, { params: { engagementId: acuerdo }, body: {} });
      return goTo(visit.path, "salio");
    }),
  },
  notices: { salio: "Anotado: ya salió." },
});
