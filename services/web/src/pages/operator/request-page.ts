import { allDisputeReasons, settleDispute, settlements } from "@minka/contracts/disputes";
import { cancelReasons, readHistory } from "@minka/contracts/follow-ups";
import { cancelRequest, readRequest, searchAgain, type Request } from "@minka/contracts/matching";
import { listAttention } from "@minka/contracts/notifications";
import { listReviews, reviewOutcomes, settleReview } from "@minka/contracts/reviews";
import { z } from "zod";
import { actionButton, form, hidden, optionsField, selectField, submit } from "../../design/fields.ts";
import { html, type Content } from "../../design/html.ts";
import { facts, notice, rows, stateMark, waits } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, operatorPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { dayWords, kindWords, soles } from "../../words/field-words.ts";
import { whyWords } from "../requests/request-words.ts";
import { attentionRow } from "./attention.ts";
import { disputeWords, engagementMarks, reviewWords, settlementWords } from "./desk-words.ts";
import { districtName, momentWords, sentence } from "./list-query.ts";
import { historyPart, matchesPart, triedPart } from "./request-view.ts";
import { markOf, requestsPath } from "./requests-page.ts";
import { ownNeedTitle } from "../../words/need-words.ts";

export type RequestVisit = SignedVisit<{ requestId: string }>;

const cancelWords: Record<(typeof cancelReasons)[number], string> = {
  not_needed: "Ya no lo necesita",
  found_another: "Encontró a otra persona",
  price: "El precio",
  date: "La fecha",
  road: "No hay paso",
  health: "Salud",
  busy: "No tiene tiempo",
  other: "Otra razón",
};

async function readAll(visit: RequestVisit) {
  const { requestId } = visit.params;
  const [{ request }, history, reviews, attention] = await Promise.all([
    visit.call(readRequest, { params: { requestId } }),
    visit.callIfAny(readHistory, { params: { requestId } }),
    visit.callIfAny(listReviews, { query: { requestId, state: "open", limit: 1 } }),
    visit.callIfAny(listAttention, { query: { subject: requestId, limit: 100 } }),
  ]);
  const names = await visit.namesOf([request.personId, request.openedThrough]);
  return {
    request,
    steps: history?.steps ?? [],
    review: reviews?.items[0] ?? null,
    attention: attention?.items ?? [],
    names,
  };
}
type Data = Awaited<ReturnType<typeof readAll>>;

/** A request as an operator sees it: where it stands, what was tried, and what a person can do about it. */
export const requestDeskPage = operatorPage(`${requestsPath}/:requestId`)({
  read: (visit: RequestVisit) => readAll(visit),
  show: (visit: RequestVisit, data, attempt) => {
    const { request, steps, names, attention } = data;
    return {
      title: ownNeedTitle(request),
      desk: true,
      main: html`<h1>
          ${names.get(request.personId) ?? "Alguien sin nombre"} pide: ${ownNeedTitle(request)}
        </h1>
        <p>${stateMark(...markOf(request))}</p>
        ${ball(visit, request)}
        <div class="columns">
          <section>
            ${dispute(visit, request, attempt)}${review(visit, data, attempt)}${handedOver(visit, request, attempt)}
            ${
              attention.length > 0
                ? html`<h2>Espera a una persona</h2>
                    ${rows(attention.map((item) => attentionRow(visit, item, null)))}`
                : null
            }
            <h2>A quiénes se propuso</h2>
            ${matchesPart(request)}
            <h2>Qué se buscó</h2>
            ${triedPart(visit, request)}
          </section>
          <section>
            <h2>El pedido</h2>
            ${requestFacts(visit, request, names)}
            <h2>Qué pasó</h2>
            ${historyPart(visit, request, steps)} ${cancelling(visit, request, attempt)}
          </section>
        </div>
        <p><a class="more" href="${requestsPath}">Todos los pedidos</a></p>`,
    };
  },
  actions: {
    buscar: action(z.object({}), async (visit: RequestVisit) => {
      await visit.call(searchAgain, { params: visit.params });
      return goTo(visit.path, "buscando");
    }),
    resolver: action(
      z.object({
        acuerdo: kinds.id(),
        decision: kinds.choice(settlements, "Elija qué pasó.").required,
      }),
      async (visit: RequestVisit, { acuerdo, decision }) => {
        await visit.call(settleDispute, { params: { engagementId: acuerdo }, body: { outcome: decision } });
        return goTo(visit.path, "resuelto");
      },
    ),
    revisar: action(
      z.object({
        revision: kinds.id(),
        decision: kinds.choice(reviewOutcomes, "Elija qué decide.").required,
      }),
      async (visit: RequestVisit, { revision, decision }) => {
        await visit.call(settleReview, { params: { reviewId: revision }, body: { outcome: decision } });
        return goTo(visit.path, "revisado");
      },
    ),
    anular: action(
      z.object({ razon: kinds.choice(cancelReasons).optional }),
      async (visit: RequestVisit, { razon }) => {
        await visit.call(cancelRequest, {
          params: visit.params,
          body: razon === undefined ? {} : { reason: razon },
        });
        return goTo(visit.path, "anulado");
      },
    ),
  },
  notices: {
    buscando: "Se está buscando otra vez. Quien pidió recibe la lista por SMS; vuelva a mirar en un minuto.",
    resuelto: "Decidido. Las dos partes lo saben por SMS.",
    revisado: "Decidido. Quien lo pidió lo sabe por SMS.",
    anulado: "Anulado. Si alguien estaba preguntado o comprometido, ya lo sabe.",
  },
});

function ball({ today }: RequestVisit, { waitsFor, until, reason }: Request): Content {
  const why = whyWords(reason);
  const who = {
    requester: "Le toca a quien pidió",
    provider: "Le toca al proveedor",
    operator: "Le toca a una persona de Minka",
    timer: "Minka sigue sola",
  } as const;
  if (!waitsFor) return why ? html`<p>${why}</p>` : null;
  return waits(
    `${sentence(`${who[waitsFor]}${until ? `, hasta ${momentWords(until, today)}` : ""}`)}${why ? ` ${why}` : ""}`,
  );
}

function requestFacts(visit: RequestVisit, request: Request, names: Data["names"]): Content {
  const { need, engagement, openedThrough } = request;
  return facts([
    ["Tipo", kindWords[need.kind]],
    ["Distrito", `${districtName(request.districtCode)}${request.placeName ? `, ${request.placeName}` : ""}`],
    ["Pedido", momentWords(request.openedAt, visit.today)],
    openedThrough ? ["Lo hizo en su nombre", names.get(openedThrough) ?? "Otra persona"] : null,
    need.urgency === "urgent" ? ["Prisa", "Urgente"] : null,
    request.womanOnly ? ["Quién atiende", "Solo mujeres"] : null,
    engagement ? ["Acuerdo", stateMark(...engagementMarks[engagement.state])] : null,
    engagement ? ["Día", dayWords(engagement.visitOn, visit.today)] : null,
    engagement && engagement.priceCentimos !== null
      ? ["Precio acordado", soles(engagement.priceCentimos)]
      : null,
    engagement && engagement.score !== null ? ["Nota de quien pidió", String(engagement.score)] : null,
  ]);
}

function dispute(visit: RequestVisit, { engagement, reason }: Request, attempt: Attempt | null): Content {
  if (engagement?.state !== "disputed") return null;
  const state = formState(attempt, "resolver");
  return html`<h2>Decida qué pasó</h2>
    <p>${whySaid(reason)} Llame a las dos partes antes de decidir.</p>
    ${form(
      visit,
      state,
      html`${hidden("acuerdo", engagement.id)}${optionsField(state, {
        name: "decision",
        label: "¿Qué pasó?",
        options: settlements.map((value) => ({ value, ...settlementWords[value] })),
      })}${submit("Decidir y avisar a los dos")}`,
    )}`;
}

/** What the side that disputes it said is wrong, and which side that is. */
function whySaid(reason: Request["reason"]): string {
  const { why, by } = reason?.parameters ?? {};
  const said = allDisputeReasons.find((one) => one === why || one === reason?.code);
  const who = by === "requester" ? "Quien pidió dice: " : by === "provider" ? "El proveedor dice: " : "";
  return `${who}${said ? disputeWords[said] : "Las dos partes no están de acuerdo."}`;
}

function review(visit: RequestVisit, { review: open }: Data, attempt: Attempt | null): Content {
  if (!open) return null;
  const state = formState(attempt, "revisar");
  return html`<h2 id="revision">Pide que una persona revise la lista</h2>
    <p>${open.why ? html`«${open.why}»` : "No dijo qué le parece mal."}</p>
    ${form(
      visit,
      state,
      html`${hidden("revision", open.id)}${optionsField(state, {
        name: "decision",
        of: "revision",
        label: "Mire abajo a quiénes se propuso y por qué. ¿Qué decide?",
        options: reviewOutcomes.map((value) => ({ value, ...reviewWords[value] })),
      })}${submit("Decidir y avisarle")}`,
    )}`;
}

function handedOver(visit: RequestVisit, { state, engagement }: Request, attempt: Attempt | null): Content {
  if (state !== "with_operator" || engagement?.state === "disputed") return null;
  return html`<h2>Nadie de los que hay puede</h2>
    <p>
      Mire abajo por qué quedó fuera cada quien. Si alguien nuevo puede, busque otra vez; si no, responda a
      quien pidió.
    </p>
    ${actionButton(visit, formState(attempt, "buscar"), "Buscar otra vez, primero cerca")}`;
}

function cancelling(visit: RequestVisit, { state }: Request, attempt: Attempt | null): Content {
  if (["done", "cancelled", "lapsed"].includes(state)) return null;
  const fields = formState(attempt, "anular");
  return html`<details ${attempt?.action === "anular" ? html` open` : null}>
    <summary>Anular este pedido</summary>
    ${notice("Hágalo solo si quien pidió se lo dijo. A quien estaba comprometido le llega un SMS.")}
    ${form(
      visit,
      fields,
      html`${selectField(fields, {
        name: "razon",
        label: "Por qué",
        optional: true,
        none: "No lo dijo",
        options: cancelReasons.map((value) => ({ value, words: cancelWords[value] })),
      })}${submit("Anular el pedido", { danger: true })}`,
    )}
  </details>`;
}
