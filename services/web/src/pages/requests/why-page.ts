import { explainOffer } from "@minka/contracts/explanations";
import type { Match } from "@minka/contracts/matches";
import type { Request } from "@minka/contracts/matching";
import { askReview } from "@minka/contracts/reviews";
import type { ScorePart } from "@minka/contracts/weights";
import { sayReasons } from "@minka/language/say-reasons";
import { z } from "zod";
import { areaField, form, submit } from "../../design/fields.ts";
import { html, type Content } from "../../design/html.ts";
import { row, rows } from "../../design/parts.ts";
import { formState } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import { capitalized, joinWords } from "../../words/field-words.ts";
import { requestRefusals } from "../../words/refusals/requests.ts";
import { readOwnRequest } from "./read-request-page.ts";
import { requestsPath } from "./request-list.ts";
import { placeName } from "./request-words.ts";

/** Who is first is seen on the list; more would make the page heavy, and say the same. */
const explained = 5;
const partsTold = 3;

const partWords: Readonly<Record<ScorePart, string>> = {
  fit: "sabe de lo que pide",
  distance: "qué tan cerca está",
  price: "el precio frente a los demás",
  rating: "las notas de otros productores",
  answering: "suele contestar",
  speed: "contesta rápido",
  completion: "cumple lo que acuerda",
  room: "tiene tiempo este mes",
  freshness: "confirmó su oferta hace poco",
  women: "piensa en las mujeres",
  help: "a otros les sirvió",
  discovery: "recién empieza y merece una oportunidad",
  rotation: "el turno entre iguales",
};

export const whyPage = signedPage(`${requestsPath}/:requestId/por-que`)({
  read: async (visit) => {
    const request = await readOwnRequest(visit);
    const last = Math.max(0, ...request.matches.map(({ round }) => round));
    const matches = request.matches.filter(({ round }) => round === last).slice(0, explained);
    const explanations = await Promise.all(
      matches.map(({ offerId }) =>
        visit.callIfAny(explainOffer, { params: { requestId: request.id, offerId } }),
      ),
    );
    return {
      request,
      told: matches.map((match, index) => ({ match, parts: strongest(explanations[index]?.listed?.parts) })),
    };
  },
  show: (visit, { request, told }, attempt) => {
    const state = formState(attempt, "revisar");
    return {
      title: "Por qué esta lista",
      main: html`<h1>Así ordenamos su lista</h1>
        <p class="lead">
          El orden lo pone una computadora con las mismas reglas para todos. Nadie paga por ir primero.
        </p>
        ${measuredFrom(request)} ${rows(told.map(({ match, parts }) => whyRow(match, parts)))}
        <h2>¿No está de acuerdo?</h2>
        ${form(
          visit,
          state,
          html`${areaField(state, { name: "motivo", label: "¿Qué le parece mal?", optional: true, maxlength: 500 })}
          ${submit("Que lo revise una persona", { quiet: true })}`,
        )}
        <p><a class="more" href="${requestsPath}/${request.id}">Volver a mi pedido</a></p>`,
    };
  },
  refusals: requestRefusals,
  actions: {
    revisar: action(z.object({ motivo: kinds.text(500).optional }), async (visit, { motivo }) => {
      const body = motivo === undefined ? {} : { why: motivo };
      await visit.call(askReview, { params: visit.params, body });
      return goTo(`${requestsPath}/${visit.params.requestId}`, "revisar");
    }),
  },
});

/** Distances are measured from the hamlet that they named, else from the district's capital. */
function measuredFrom({ matches, placeName: hamlet, districtCode }: Request): Content {
  if (!matches.some(({ distanceKm }) => distanceKm !== null)) return null;
  const district = placeName(districtCode);
  return html`<p>
    Los kilómetros se cuentan desde ${hamlet ? `${hamlet}, ${district}` : district}, en línea recta.
  </p>`;
}

type Parts = readonly { part: ScorePart; value: number; weight: number | null }[];

/** What moved its place up most. */
function strongest(parts: Parts | undefined): string[] {
  return (parts ?? [])
    .map(({ part, value, weight }) => ({ part, counts: value * (weight ?? 0) }))
    .filter(({ counts }) => counts > 0)
    .toSorted((one, other) => other.counts - one.counts)
    .slice(0, partsTold)
    .map(({ part }) => partWords[part]);
}

const whyRow = (match: Match, parts: readonly string[]) =>
  row({
    title: `${match.rank}. ${match.providerName}`,
    lines: [
      `${capitalized(sayReasons(match.reasons))}.`,
      parts.length > 0 ? `Lo que más contó: ${joinWords(parts)}.` : null,
    ],
  });
