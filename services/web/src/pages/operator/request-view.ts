import type { Answer } from "@minka/contracts/endpoint";
import type { readHistory } from "@minka/contracts/follow-ups";
import type { Match } from "@minka/contracts/matches";
import type { Request, SearchStage } from "@minka/contracts/matching";
import { sayReasons, sayWhyNot } from "@minka/language/say-reasons";
import { html, type Content } from "../../design/html.ts";
import { empty, stateMark } from "../../design/parts.ts";
import { table } from "../../design/table.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { capitalized } from "../../words/field-words.ts";
import { whyWords } from "../requests/request-words.ts";
import { matchMarks } from "./desk-words.ts";
import { momentWords } from "./list-query.ts";
import { stepSentence } from "./step-words.ts";
import { requestsPath } from "./requests-page.ts";

const stageWords: Record<SearchStage, string> = {
  near: "Cerca",
  wider: "Más lejos",
  "phone-or-later": "Por teléfono o más adelante",
};

export function matchesPart(request: Request): Content {
  if (request.matches.length === 0)
    return empty("Todavía no se propuso a nadie. Abajo dice qué se buscó y por qué quedaron fuera.");
  return table(
    { caption: "El orden es el de la lista de cada vuelta", path: "", query: {} },
    [
      {
        title: "Proveedor",
        cell: ({ providerId, providerName }: Match) =>
          html`<a href="/operador/proveedores/${providerId}">${providerName}</a>`,
      },
      {
        title: "Cómo quedó",
        cell: ({ state, declineReason, round, rank }) =>
          html`${stateMark(...matchMarks[state])}<br />${round}.ª vuelta, lugar
            ${rank}${declineReason ? html`<br />${declineWords[declineReason]}` : null}`,
      },
      {
        title: "Por qué en ese lugar",
        cell: ({ reasons, offerId, providerName }) =>
          html`${capitalized(sayReasons(reasons))}<br /><a
              href="${requestsPath}/${request.id}/ofertas/${offerId}"
              >Ver los números de ${providerName}</a
            >`,
      },
    ],
    request.matches,
  );
}

const declineWords: Record<NonNullable<Match["declineReason"]>, string> = {
  far: "Le queda lejos",
  busy: "No tiene tiempo",
  price: "Por el precio",
  not_my_work: "No es su trabajo",
  other: "Otra razón",
};

export function triedPart({ today }: SignedVisit, { tried }: Request): Content {
  if (tried.length === 0) return empty("Todavía no se buscó.");
  return table(
    { caption: "Cada búsqueda, la primera primero", path: "", query: {} },
    [
      {
        title: "Dónde",
        cell: ({ stage, at }: Request["tried"][number]) =>
          html`${stageWords[stage]}<br /><small>${momentWords(at, today)}</small>`,
      },
      { title: "Ofertas vistas", cell: ({ candidates }) => candidates, number: true },
      { title: "Propuestas", cell: ({ listed }) => listed, number: true },
      { title: "Por qué no las demás", cell: ({ dropped, emptyBecause }) => whyNot(dropped, emptyBecause) },
    ],
    tried,
  );
}

function whyNot(dropped: Readonly<Record<string, number>>, emptyBecause: string | null): Content {
  const words = Object.entries(dropped)
    .filter(([, count]) => count > 0)
    .map(([code, count]) => `${(sayWhyNot({ code }) ?? "Otra razón").replace(/\.$/, "")}: ${count}`);
  const none = emptyBecause === null ? null : whyWords({ code: emptyBecause, parameters: {} });
  return html`${none}${words.length > 0 ? html`${none ? html`<br />` : null}${words.join(". ")}.` : none ? null : "—"}`;
}

type Step = Answer<typeof readHistory>["steps"][number];

const byWords = {
  requester: "quien pidió",
  provider: "el proveedor",
  operator: "una persona de Minka",
  minka: "Minka, por SMS",
  timer: "Minka sola",
} as const;

export function historyPart({ today }: SignedVisit, request: Request, steps: readonly Step[]): Content {
  const names = new Map(request.matches.map(({ id, providerName }) => [id, providerName]));
  return html`<ol class="steps">
    ${steps.map(({ at, action, by, matchId }) => {
      const sentence = stepSentence(action, matchId ? names.get(matchId) : undefined);
      return sentence
        ? html`<li>${sentence}<small>${momentWords(at, today)}, ${byWords[by]}</small></li>`
        : null;
    })}
  </ol>`;
}
