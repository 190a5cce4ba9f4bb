import type { LotComposition, proposeComposition } from "@minka/contracts/lot-compositions";
import type { Answer } from "@minka/contracts/endpoint";
import { formatCount } from "@minka/language/texts";
import { actionButton } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { actionLink, facts, stateMark } from "../../design/parts.ts";
import { table } from "../../design/table.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import type { View } from "../../visits/page.ts";
import { capitalized, soles } from "../../words/field-words.ts";
import { impossibleWords, kilosWords, leftWords, qualityWords } from "./lot-words.ts";
import type { LotVisit } from "./own-lot.ts";

type Shown = { readonly composition: LotComposition | null; readonly names: ReadonlyMap<string, string> };

/** What gets in, what each would be paid, and why the rest stays out. */
export function compositionView(
  visit: LotVisit,
  { composition, names }: Shown,
  attempt: Attempt | null,
): Content {
  if (!composition) return null;
  const { id, state, grams, averages, womenSharePercent, payCentimos, lines } = composition;
  const isProposed = state === "proposed";
  return html`<h2>
      Qué entra al lote ${stateMark(isProposed ? "propuesto" : "aprobado", isProposed ? "waiting" : "good")}
    </h2>
    ${facts([
      ["Entra", kilosWords(grams)],
      ["Promedio", capitalized(qualityWords(averages)) || "sin medir"],
      ["Cosecha de mujeres", `${formatCount(womenSharePercent)} %`],
      ["Se pagaría en todo", soles(payCentimos)],
      composition.pickupCentimos > 0 && ["Recojo", soles(composition.pickupCentimos)],
      !composition.proven && [
        "Cálculo",
        `es bueno, quizá no el mejor: faltarían hasta ${soles(composition.gapCentimos)}`,
      ],
    ])}
    ${isProposed ? decision(visit, id, attempt) : null}
    ${table(
      { caption: "De cada quien", path: visit.path, query: visit.query },
      [
        { title: "Persona", cell: ({ personId }) => names.get(personId) ?? "Ya no está en Minka" },
        { title: "Trajo", cell: ({ offeredGrams }) => kilosWords(offeredGrams), number: true },
        { title: "Entra", cell: ({ takenGrams }) => kilosWords(takenGrams), number: true },
        { title: "Por kilo (S/)", cell: ({ centimosPerKg }) => soles(centimosPerKg), number: true },
        { title: "Se le pagaría (S/)", cell: ({ payCentimos: pay }) => soles(pay), number: true },
        { title: "Por qué queda", cell: ({ reason }) => (reason ? leftWords(reason) : "") },
      ],
      lines,
    )}`;
}

function decision(visit: LotVisit, id: string, attempt: Attempt | null): Html {
  const answer = (vale: "si" | "no", words: string) =>
    actionButton(visit, formState(attempt, "decidir", {}, { propuesta: id, vale }), words, {
      values: { propuesta: id, vale },
      quiet: vale === "no",
    });
  return html`<p class="quiet">La aprueba una persona distinta de quien la calculó.</p>
    ${answer("si", "Aprobar lo que entra")}${answer("no", "No aprobar")}`;
}

/** No lot can be made of what there is. */
export function impossibleView(
  back: string,
  { because, mostGrams }: Extract<Answer<typeof proposeComposition>, { outcome: "impossible" }>,
): View {
  return {
    title: "Todavía no alcanza",
    desk: true,
    main: html`<h1>Con lo que hay no se arma el lote</h1>
      <ul>
        ${because.map((reason) => html`<li>${impossibleWords(reason)}</li>`)}
      </ul>
      ${mostGrams === null ? null : html`<p>Lo más que cumple todo son ${kilosWords(mostGrams)}.</p>`}
      <p>
        Pueden recibir más cosecha, medir lo que falta, anotar los certificados o acordar otros límites con el
        comprador.
      </p>
      ${actionLink(back, "Volver al lote")}`,
  };
}
