import type { Answer } from "@minka/contracts/endpoint";
import { listWeights, readWeights, scoreParts } from "@minka/contracts/weights";
import { kinds } from "@minka/domain/vocabulary";
import { html, type Content } from "../../design/html.ts";
import { actionLink, chips, row, rows } from "../../design/parts.ts";
import { table } from "../../design/table.ts";
import { operatorPage } from "../../visits/page.ts";
import { areaWords, kindWords } from "../../words/field-words.ts";
import { personIds } from "./desk-words.ts";
import { decimalWords, momentWords } from "./list-query.ts";
import { scorePartWords } from "./score-parts.ts";

export const settingsPath = "/operador/ajustes";

type Weights = Answer<typeof readWeights>["current"];

export const settingsViews = (current: "pesos" | "textos" | "operadores"): Content =>
  chips("Qué ajustes", [
    { href: settingsPath, words: "Cómo se ordena", current: current === "pesos" },
    { href: `${settingsPath}/textos`, words: "Textos de SMS", current: current === "textos" },
    { href: `${settingsPath}/operadores`, words: "Quiénes operan", current: current === "operadores" },
  ]);

/** By which weights lists are put in order, and all that were ever in force. */
export const weightsPage = operatorPage(settingsPath)({
  read: async (visit) => {
    const [{ current }, versions] = await Promise.all([
      visit.call(readWeights, {}),
      visit.call(listWeights, { query: { limit: 20 } }),
    ]);
    return {
      current,
      versions: versions.items,
      names: await visit.namesOf(versions.items.flatMap(({ by }) => personIds(by))),
    };
  },
  show: (visit, { current, versions, names }) => ({
    title: "Cómo se ordena",
    desk: true,
    main: html`<h1>Así se ordenan las listas: versión ${current.version}</h1>
      ${settingsViews("pesos")}
      <p class="quiet">
        Cada parte cuenta tantos puntos de cien. Nadie paga por ir primero, y el turno entre iguales nunca
        decide entre distintos.
      </p>
      ${weightTable(current)}
      <h2>Cambiar los pesos</h2>
      <ul class="choices">
        ${kinds.map((kind) => html`<li>${actionLink(`${settingsPath}/pesos/${kind}`, kindWords[kind], { quiet: true })}</li>`)}
      </ul>
      <h2>Caminos lentos</h2>
      <p>${travelWords(current.travelFactors)}</p>
      <h2>Versiones</h2>
      ${rows(
        versions.map(({ version, at, by, note }) => {
          const [who] = personIds(by);
          return row({
            title: `Versión ${version}`,
            side: version === current.version ? "En uso" : null,
            lines: [
              who ? `«${note}»` : "Con los que Minka viene.",
              `${momentWords(at, visit.today)}, ${who ? (names.get(who) ?? "alguien sin nombre") : "Minka"}`,
            ],
          });
        }),
      )}`,
  }),
  notices: {
    pesos: "Guardado. Las listas nuevas se ordenan así desde ahora; las que ya se mandaron no cambian.",
  },
});

const weightTable = ({ weights }: Weights): Content =>
  table(
    { caption: "Puntos de cien, por tipo de pedido", path: settingsPath, query: {} },
    [
      { title: "Qué cuenta", cell: (part: (typeof scoreParts)[number]) => scorePartWords[part] },
      ...kinds.map((kind) => ({
        title: kindWords[kind],
        number: true,
        cell: (part: (typeof scoreParts)[number]) => decimalWords(weights[kind][part] * 100),
      })),
    ],
    scoreParts,
  );

function travelWords(factors: Weights["travelFactors"]): string {
  const places = Object.entries(factors).filter(([, factor]) => factor !== 1);
  if (places.length === 0) return "Ninguno: en todas partes el camino cuenta por sus kilómetros.";
  return `${places.map(([area, factor]) => `${areaWords(area)}: cuenta ${decimalWords(factor)} veces`).join("; ")}.`;
}
