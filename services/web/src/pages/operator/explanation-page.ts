import { explainOffer } from "@minka/contracts/explanations";
import { readRequest } from "@minka/contracts/matching";
import { readWeights, scoreParts } from "@minka/contracts/weights";
import { sayReasons, sayWhyNot } from "@minka/language/say-reasons";
import { html, type Content } from "../../design/html.ts";
import { empty } from "../../design/parts.ts";
import { table } from "../../design/table.ts";
import { operatorPage } from "../../visits/page.ts";
import { capitalized } from "../../words/field-words.ts";
import { requestsPath } from "./requests-page.ts";
import { scorePartWords } from "./score-parts.ts";
import { ownNeedTitle } from "../../words/need-words.ts";

/** What the place of an offer on a list is made of, in exact numbers; beside it what today's weights would make of it. */
export const explanationPage = operatorPage(`${requestsPath}/:requestId/ofertas/:offerId`)({
  read: async (visit) => {
    const [{ request }, explanation, { current }] = await Promise.all([
      visit.call(readRequest, { params: { requestId: visit.params.requestId } }),
      visit.call(explainOffer, { params: visit.params }),
      visit.call(readWeights, {}),
    ]);
    return { request, explanation, current };
  },
  show: (visit, { request, explanation: { listed, excluded }, current }) => {
    const match = request.matches.find(({ offerId }) => offerId === visit.params.offerId);
    const back = html`<p><a class="more" href="${requestsPath}/${request.id}">Volver al pedido</a></p>`;
    if (!listed)
      return {
        title: "Por qué no está",
        desk: true,
        main: html`<h1>Esta oferta no está en la lista</h1>
          ${empty(excluded.map((reason) => sayWhyNot(reason) ?? "Otra razón.").join(" ") || "No se sabe por qué.")}${back}`,
      };
    const today = current.weights[request.need.kind];
    const parts = scoreParts.flatMap((part) => {
      const found = listed.parts.find((one) => one.part === part);
      return found ? [{ ...found, now: today[part] }] : [];
    });
    return {
      title: "Por qué en ese lugar",
      desk: true,
      main: html`<h1>${match?.providerName ?? "Esta oferta"} quedó en el lugar ${listed.rank}</h1>
        <p class="lead">
          ${ownNeedTitle(request)}: ${digits(listed.score)} puntos de 1, con los pesos de la versión
          ${listed.weightsVersion}.
        </p>
        <p>${capitalized(sayReasons(listed.reasons))}.</p>
        ${partsTable(parts, listed.weightsVersion, current.version)}
        <p><a class="more" href="/operador/ajustes">Los pesos</a></p>
        ${back}`,
    };
  },
});

type Part = { part: (typeof scoreParts)[number]; value: number; weight: number | null; now: number };

export const digits = (value: number) => value.toFixed(3);

function partsTable(parts: readonly Part[], then: number, now: number): Content {
  const sum = (of: (part: Part) => number) => digits(parts.reduce((total, part) => total + of(part), 0));
  const columns = [
    { title: "Qué cuenta", cell: ({ part }: Part) => scorePartWords[part] },
    { title: "Cuánto tiene (0 a 1)", cell: ({ value }: Part) => digits(value), number: true },
    {
      title: `Peso, versión ${then}`,
      cell: ({ weight }: Part) => (weight === null ? "—" : digits(weight)),
      number: true,
    },
    {
      title: "Puntos entonces",
      cell: ({ value, weight }: Part) => digits(value * (weight ?? 0)),
      number: true,
    },
    ...(then === now
      ? []
      : [
          { title: `Peso hoy, versión ${now}`, cell: (part: Part) => digits(part.now), number: true },
          { title: "Puntos hoy", cell: (part: Part) => digits(part.value * part.now), number: true },
        ]),
  ];
  return html`${table({ caption: "Cada parte por su peso; todas juntas son los puntos", path: "", query: {} }, columns, parts)}
    <p>
      En total:
      ${sum(({ value, weight }) => value * (weight ?? 0))}${then === now ? null : `; con los pesos de hoy serían ${sum((part) => part.value * part.now)}`}.
    </p>`;
}
