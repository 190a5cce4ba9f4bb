import { moveComplaint, readComplaint, settleComplaint } from "@minka/contracts/complaints";
import { listAttention } from "@minka/contracts/notifications";
import { limaDay } from "@minka/domain/lima-time";
import { z } from "zod";
import { form, optionsField, submit } from "../../design/fields.ts";
import { html, type Content } from "../../design/html.ts";
import { facts, rows, stateMark, waits } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, operatorPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { dayWords } from "../../words/field-words.ts";
import { attentionRow } from "./attention.ts";
import { careNotice, complaintsPath, type Complaint } from "./complaints-page.ts";
import { complaintMarks } from "./desk-words.ts";
import { momentWords } from "./list-query.ts";

type ComplaintVisit = SignedVisit<{ complaintId: string }>;

const outcomes = ["upheld", "dismissed"] as const;

/** One complaint: about whom, since when, and what is decided. What was written is in the conversation alone. */
export const complaintPage = operatorPage(`${complaintsPath}/:complaintId`)({
  read: async (visit: ComplaintVisit) => {
    const { complaint } = await visit.call(readComplaint, { params: visit.params });
    // Of what is written about a provider nobody says which complaint it belongs to: all of it is looked at.
    const query = { kind: "complaint", subject: complaint.providerId, limit: 100 } as const;
    const [attention, names] = await Promise.all([
      visit.callIfAny(listAttention, { query }),
      visit.namesOf([complaint.personId]),
    ]);
    return { complaint, names, attention: attention?.items ?? [] };
  },
  show: (visit: ComplaintVisit, { complaint, names, attention }, attempt) => ({
    title: "Una queja",
    desk: true,
    main: html`<h1>Queja sobre ${complaint.providerName}</h1>
      ${careNotice}
      <p>${stateMark(...complaintMarks[complaint.state])}</p>
      ${
        complaint.state === "raised"
          ? waits(
              complaint.holds
                ? `${complaint.providerName} no recibe pedidos nuevos hasta que usted decida.`
                : `${complaint.providerName} sigue atendiendo: decida usted si debe parar.`,
            )
          : null
      }
      ${complaintFacts(visit, complaint)}
      <details>
        <summary>Ver quién se quejó</summary>
        <p>
          ${names.get(complaint.personId) ?? "Alguien sin nombre"}. Llame a esa persona antes que a nadie.
        </p>
      </details>
      ${
        attention.length > 0
          ? html`<h2>El aviso</h2>
              ${rows(attention.map((item) => attentionRow(visit, item, null)))}`
          : html`<p>
              <a class="more" href="/operador/pendientes?clase=complaint"
                >Ver los avisos con lo que escribieron</a
              >
            </p>`
      }
      ${complaint.state === "raised" ? html`${settling(visit, complaint, attempt)}${moving(visit, complaint, attempt)}` : null}
      <p><a class="more" href="${complaintsPath}">Todas las quejas</a></p>`,
  }),
  actions: {
    decidir: action(
      z.object({ decision: kinds.choice(outcomes, "Elija qué decide.").required }),
      async (visit: ComplaintVisit, { decision }) => {
        await visit.call(settleComplaint, { params: visit.params, body: { outcome: decision } });
        return goTo(visit.path, decision === "upheld" ? "conrazon" : "sinefecto");
      },
    ),
    mover: action(z.object({ trato: kinds.id() }), async (visit: ComplaintVisit, { trato }) => {
      await visit.call(moveComplaint, { params: visit.params, body: { matchId: trato } });
      return goTo(visit.path, "movida");
    }),
  },
  notices: {
    conrazon: "Decidida. Ahora decida sobre el proveedor en su página: suspenderlo, cerrarlo o que siga.",
    sinefecto: "Decidida. Si era la última, el proveedor vuelve a recibir pedidos.",
    movida: "Corregido. Ahora es sobre otra persona, y el alto pasó con ella.",
  },
});

const complaintFacts = ({ today }: ComplaintVisit, complaint: Complaint): Content =>
  facts([
    ["Llegó", momentWords(complaint.raisedAt, today)],
    [
      "Proveedor",
      html`<a href="/operador/proveedores/${complaint.providerId}">${complaint.providerName}</a>`,
    ],
    [
      complaint.engagementId ? "Visita o entrega" : "Solo se le preguntó",
      html`<a href="/operador/pedidos/${complaint.requestId}"
        >${dayWords(limaDay(new Date(complaint.at)), today)}</a
      >`,
    ],
    complaint.settledAt ? ["Decidida", momentWords(complaint.settledAt, today)] : null,
  ]);

function settling(visit: ComplaintVisit, { holds }: Complaint, attempt: Attempt | null): Content {
  const state = formState(attempt, "decidir");
  return html`<h2>Decida</h2>
    ${form(
      visit,
      state,
      html`${optionsField(state, {
        name: "decision",
        label: "Después de hablar con las dos partes",
        options: [
          {
            value: "upheld",
            words: "La persona tenía razón",
            hint: holds
              ? "El proveedor sigue detenido hasta que usted decida sobre él"
              : "Después decida sobre el proveedor en su página",
          },
          {
            value: "dismissed",
            words: "Queda sin efecto",
            hint: holds ? "El proveedor vuelve a recibir pedidos" : "El proveedor sigue como está",
          },
        ],
      })}${submit("Guardar la decisión")}`,
    )}`;
}

function moving(visit: ComplaintVisit, { others }: Complaint, attempt: Attempt | null): Content {
  if (others.length === 0) return null;
  const state = formState(attempt, "mover");
  return html`<details ${attempt?.action === "mover" ? html` open` : null}>
    <summary>Se quejó de otra persona</summary>
    ${form(
      visit,
      state,
      html`${optionsField(state, {
        name: "trato",
        label: "¿De quién?",
        options: others.map(({ matchId, providerName, at, engagementId }) => ({
          value: matchId,
          words: providerName,
          hint: `${engagementId ? "Visita o entrega" : "Solo se le preguntó"}, ${dayWords(limaDay(new Date(at)), visit.today)}`,
        })),
      })}${submit("Cambiar de quién se trata", { quiet: true })}`,
    )}
  </details>`;
}
