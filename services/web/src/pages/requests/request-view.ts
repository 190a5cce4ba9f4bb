import type { Request } from "@minka/contracts/matching";
import { html, type Content, type Html } from "../../design/html.ts";
import { actionButton } from "../../design/fields.ts";
import { actionLink, moreLinks, notice, steps, waits } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import { soles } from "../../words/field-words.ts";
import type { View } from "../../visits/page.ts";
import { afterVisit, agreedPart, ownDay } from "./agreed-view.ts";
import { complaintOf, isDisputed } from "./complaint-words.ts";
import { disputePart } from "./dispute-view.ts";
import { matchRows, openQuote } from "./matches-view.ts";
import type { RequestData, RequestVisit } from "./read-request-page.ts";
import { isEstimate } from "../purchases/purchase-parts.ts";
import { requestsPath } from "./request-list.ts";
import { agreedMatch, askedOf, ballWords, listedWords, onDay, placeName, whyWords } from "./request-words.ts";
import { ownNeedTitle } from "../../words/need-words.ts";

export function requestView(visit: RequestVisit, data: RequestData, attempt: Attempt | null): View {
  const { request } = data;
  const here = `${requestsPath}/${request.id}`;
  const ball = ballWords(request, visit.now);
  return {
    title: ownNeedTitle(request),
    main: html`<h1>${headline(request, visit)}</h1>
      <p class="lead">${ownNeedTitle(request)}, ${placeName(request.districtCode)}</p>
      ${ball ? waits(ball) : null} ${body(visit, data, attempt)} ${progress(request)}
      ${moreLinks([
        request.matches.length > 0 ? { href: `${here}/por-que`, words: "Por qué esta lista" } : null,
        { href: `${here}/historia`, words: "Qué pasó hasta ahora" },
        mayCancel(request) ? { href: `${here}/anular`, words: "Anular este pedido" } : null,
      ])}`,
  };
}

/** What was agreed and is before a person of Minka is decided by them, and not called off. */
const mayCancel = (request: Request) =>
  ["searching", "listed", "asking", "agreed", "with_operator"].includes(request.state) &&
  !isDisputed(request);

const searchWords: Partial<Record<Request["need"]["kind"], string>> = {
  input: "Le buscamos quién le venda",
  purchase: "Le buscamos quién le compre",
};

/** A sentence of what is so now, or of what is asked of the person. */
function headline(request: Request, { today }: RequestVisit): string {
  const { state, engagement } = request;
  const [asked, another] = askedOf(request);
  const provider = agreedMatch(request)?.providerName ?? "";
  const comes = request.need.kind === "assistance" && !agreedMatch(request)?.byPhone;
  switch (state) {
    case "searching":
      return searchWords[request.need.kind] ?? "Le buscamos quién puede atenderle";
    case "listed":
      return listedWords(request);
    case "asking":
      if (request.waitsFor === "requester" && asked) return `${asked.providerName} le propone algo`;
      return another
        ? `Les preguntamos a varios`
        : `Le preguntamos a ${asked?.providerName ?? "otra persona"}`;
    case "agreed": {
      if (!engagement) return "Vemos quién le atiende";
      if (engagement.state === "rework") return `Le pedimos a ${provider} que vuelva`;
      const due = engagement.visitOn < today || request.waitsFor === "requester";
      if (due && !openQuote(request)) return comes ? `¿Vino ${provider}?` : `¿Le atendió ${provider}?`;
      if (ownDay(request) && !due) return `Falta que responda ${provider}`;
      return `${provider} ${comes ? "va" : "le atiende"} ${onDay(engagement.visitOn, today)}`;
    }
    case "done":
      return engagement?.score === null ? `¿Cómo le fue con ${provider}?` : `${provider} ya le atendió`;
    case "with_operator":
      if (!isDisputed(request)) return "Una persona de Minka ve su pedido";
      return complaintOf(request)?.by === "requester"
        ? "Una persona de Minka ve su reclamo"
        : "Una persona de Minka ve qué pasó";
    case "cancelled":
      return "Este pedido quedó anulado";
    case "lapsed":
      return "Este pedido venció sin que eligiera";
  }
}

function body(visit: RequestVisit, data: RequestData, attempt: Attempt | null): Content {
  const { request } = data;
  const why = whyWords(request.reason, request.need.kind);
  switch (request.state) {
    case "searching":
      return html`${why ? html`<p>${why} Buscamos más lejos.</p>` : null}
      ${actionLink(`${requestsPath}/${request.id}`, "Ver si ya hay respuesta")}`;
    case "listed":
      return html`${why ? html`<p>${why}</p>` : null}${joinHint(data)}${matchRows(visit, data, attempt)}`;
    case "asking":
      return matchRows(visit, data, attempt);
    case "agreed":
      return agreedPart(visit, data, attempt);
    case "done":
      return afterVisit(visit, data, attempt);
    case "with_operator":
      return isDisputed(request) ? disputePart(visit, data) : withOperator(visit, request, attempt, why);
    case "cancelled":
    case "lapsed":
      return actionLink(`/pedir?tipo=${request.need.kind}`, "Pedir otra vez");
  }
}

/** More people pay less: told where it is about to be bought alone. */
function joinHint({ joinable }: RequestData): Content {
  if (!joinable) return null;
  const { price } = joinable;
  const now = price?.priceCentimos
    ? `, ${isEstimate(joinable) ? "más o menos" : "hoy"} a ${soles(price.priceCentimos)} cada uno`
    : null;
  return notice(
    html`También hay una compra en grupo de ${joinable.title}${now}.
      <a href="/mi/compras/${joinable.id}">Ver la compra en grupo</a>`,
  );
}

function withOperator(
  visit: RequestVisit,
  request: Request,
  attempt: Attempt | null,
  why: string | null,
): Html {
  const noWoman = request.reason?.code === "no-woman-near";
  return html`${why ? html`<p>${why}</p>` : null}
  ${
    noWoman
      ? actionButton(visit, formState(attempt, "quien"), "Buscar también entre hombres", {
          values: { atiende: "anybody" },
        })
      : null
  }`;
}

const endWords: Partial<Record<Request["need"]["kind"], string>> = {
  input: "Recibe lo que pidió y pone nota",
  purchase: "Entrega su cosecha y pone nota",
};

/** From asking to the rating; what is over is told by its headline alone. */
function progress(request: Request): Content {
  const { need, state } = request;
  // What is urgent is asked of several at once: nobody picks, unless none of them can.
  const picks = need.urgency !== "urgent" || state === "listed";
  const way = [
    ["searching", "Buscamos"],
    ...(picks ? [["listed", "Usted elige"] as const] : []),
    ["asking", picks ? "Preguntamos" : "Preguntamos a varios: vale el primer sí"],
    ["agreed", "Quedan de acuerdo"],
    ["done", endWords[need.kind] ?? "Le atienden y pone nota"],
  ] as const;
  const now = way.findIndex(([each]) => each === state);
  if (now < 0) return null;
  const rated = request.engagement?.score !== null && state === "done";
  return html`<h2>Cómo va</h2>
    ${steps(
      way.map(([, words], index) => ({
        words,
        state: index < now || rated ? "past" : index === now ? "now" : "next",
      })),
    )}`;
}
