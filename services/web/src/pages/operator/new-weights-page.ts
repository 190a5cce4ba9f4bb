import { explainOffer } from "@minka/contracts/explanations";
import { listRequests, type Request } from "@minka/contracts/matching";
import {
  mostByLot,
  readWeights,
  replaceWeights,
  scoreParts,
  type ScorePart,
  type Weights,
} from "@minka/contracts/weights";
import { DomainError } from "@minka/domain/errors";
import { kinds as allKinds, type Kind } from "@minka/domain/vocabulary";
import { z } from "zod";
import { areaField, form, hidden, numberField } from "../../design/fields.ts";
import { html, type Content } from "../../design/html.ts";
import { empty, notice } from "../../design/parts.ts";
import { table } from "../../design/table.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, operatorPage, type View } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { kindWords } from "../../words/field-words.ts";
import { digits } from "./explanation-page.ts";
import { decimalWords, momentWords, oneOf } from "./list-query.ts";
import { scorePartWords } from "./score-parts.ts";
import { settingsPath } from "./weights-page.ts";
import { ownNeedTitle } from "../../words/need-words.ts";

type WeightsVisit = SignedVisit<{ kind: string }>;
type Data = { readonly kind: Kind; readonly weights: Weights; readonly version: number };

function kindOf({ params }: WeightsVisit): Kind {
  const kind = oneOf(allKinds, params.kind);
  if (!kind) throw new DomainError("not-found", "no-such-page", "Nothing is here.");
  return kind;
}

const percents = Object.fromEntries(
  scoreParts.map((part) => [
    part,
    kinds.decimal({ most: part === "rotation" ? mostByLot * 100 : 100, unit: "puntos" }).required,
  ]),
) as Record<ScorePart, ReturnType<typeof kinds.decimal>["required"]>;

const fields = z
  .object({
    ...percents,
    version: kinds.wholeNumber().required,
    paso: kinds.choice(["probar", "guardar"]).required,
    nota: kinds.text(300).optional,
  })
  .superRefine((values, context) => {
    const sum = scoreParts.reduce((total, part) => total + values[part], 0);
    if (Math.abs(sum - 100) > 0.0001)
      context.addIssue({
        code: "custom",
        path: ["fit"],
        message: `Todo junto debe sumar 100; ahora suma ${decimalWords(sum)}.`,
      });
    if (values.paso === "guardar" && (values.nota ?? "").length < 3)
      context.addIssue({ code: "custom", path: ["nota"], message: "Escriba por qué cambia los pesos." });
  });

/** New weights of one kind of request: first tried on a real request, then in force. */
export const newWeightsPage = operatorPage(`${settingsPath}/pesos/:kind`)({
  read: async (visit: WeightsVisit): Promise<Data> => {
    const kind = kindOf(visit);
    const { current } = await visit.call(readWeights, {});
    return { kind, weights: current.weights[kind], version: current.version };
  },
  show: (visit: WeightsVisit, data, attempt) => weightsView(visit, data, attempt, null),
  actions: {
    pesos: action(fields, async (visit: WeightsVisit, { version, paso, nota, ...typed }) => {
      const kind = kindOf(visit);
      // Hundredths of a point: what is typed sums exactly to one.
      const weights = Object.fromEntries(
        scoreParts.map((part) => [part, Math.round(typed[part] * 100) / 10_000]),
      ) as Weights;
      const { current } = await visit.call(readWeights, {});
      if (paso === "guardar") {
        await visit.call(replaceWeights, {
          body: {
            basedOn: version,
            weights: { ...current.weights, [kind]: weights },
            note: `${kindWords[kind]}: ${nota ?? ""}`.slice(0, 300),
          },
        });
        return goTo(settingsPath, "pesos");
      }
      const tried: Attempt = {
        action: "pesos",
        typed: {
          ...Object.fromEntries(scoreParts.map((part) => [part, String(typed[part])])),
          nota: nota ?? "",
        },
        errors: {},
        problem: null,
      };
      return weightsView(visit, { kind, weights, version }, tried, await preview(visit, kind, weights));
    }),
  },
});

function weightsView(
  visit: WeightsVisit,
  { kind, weights, version }: Data,
  attempt: Attempt | null,
  tried: Content,
): View {
  const known = Object.fromEntries(scoreParts.map((part) => [part, decimalWords(weights[part] * 100)]));
  const state = formState(attempt, "pesos", known);
  return {
    title: `Pesos: ${kindWords[kind]}`,
    desk: true,
    main: html`<h1>Qué cuenta al ordenar «${kindWords[kind]}»</h1>
      <p class="lead">Reparta cien puntos. Primero pruebe con un pedido de verdad; después guarde.</p>
      ${form(
        visit,
        state,
        html`${hidden("version", version)}
          <div class="filters">
            ${scoreParts.map((part) => numberField(state, { name: part, label: scorePartWords[part], unit: "puntos" }))}
          </div>
          <button name="paso" value="probar" class="quiet-button">Probar con un pedido de verdad</button>
          ${tried}
          ${areaField(state, { name: "nota", label: "Por qué se cambian", hint: "Lo leen las demás personas que operan.", rows: 2, maxlength: 250 })}
          <button name="paso" value="guardar">Guardar y ordenar así desde ahora</button>`,
      )}
      <p><a class="more" href="${settingsPath}">Volver a los pesos</a></p>`,
  };
}

type Place = { readonly match: Request["matches"][number]; readonly before: number; readonly now: number };

/** The last list of this kind, in the order that it had and in the one that these weights would give it. */
async function preview(visit: WeightsVisit, kind: Kind, weights: Weights): Promise<Content> {
  const { items } = await visit.call(listRequests, { query: { kind, limit: 50 } });
  const request =
    items.find(({ matches }) => matches.length > 1) ?? items.find(({ matches }) => matches.length > 0);
  if (!request) return empty("Todavía no hay ninguna lista de este tipo con que probar.");
  const round = Math.max(...request.matches.map((match) => match.round));
  const listed = request.matches.filter((match) => match.round === round);
  const explained = await Promise.all(
    listed.map(({ offerId }) =>
      visit.callIfAny(explainOffer, { params: { requestId: request.id, offerId } }),
    ),
  );
  const places: Place[] = listed.map((match, index) => ({
    match,
    before: match.score,
    now: (explained[index]?.listed?.parts ?? []).reduce(
      (sum, { part, value }) => sum + value * weights[part],
      0,
    ),
  }));
  const ordered = places.toSorted((one, other) => other.now - one.now);
  const same = ordered.every(
    ({ match }, index) => match.id === listed.toSorted((a, b) => a.rank - b.rank)[index]?.id,
  );
  return html`<h2>Así quedaría</h2>
    ${notice(`${ownNeedTitle(request)} (${momentWords(request.openedAt, visit.today)}). ${same ? "El orden sería el mismo." : "El orden cambiaría."}`)}
    ${table(
      { caption: "Con los pesos que escribió", path: "", query: {} },
      [
        { title: "Proveedor", cell: ({ match }: Place) => match.providerName },
        { title: "Lugar antes", number: true, cell: ({ match }) => match.rank },
        { title: "Lugar ahora", number: true, cell: (place) => ordered.indexOf(place) + 1 },
        { title: "Puntos antes (0 a 1)", number: true, cell: ({ before }) => digits(before) },
        { title: "Puntos ahora (0 a 1)", number: true, cell: ({ now }) => digits(now) },
      ],
      ordered,
    )}`;
}
