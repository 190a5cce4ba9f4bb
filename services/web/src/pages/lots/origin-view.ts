import type { exportLotPlots, readLotTrace, traceGaps } from "@minka/contracts/lot-settlements";
import type { Lot } from "@minka/contracts/lots";
import type { Answer } from "@minka/contracts/endpoint";
import { formatCount } from "@minka/language/texts";
import { html, type Content } from "../../design/html.ts";
import { empty, notice } from "../../design/parts.ts";
import { table } from "../../design/table.ts";
import { Download } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { joinWords } from "../../words/field-words.ts";
import { certificateWords, kilosWords, placeName } from "./lot-words.ts";

type Trace = Answer<typeof readLotTrace>;
type Contribution = Trace["contributions"][number];

const gapWords: Readonly<Record<(typeof traceGaps)[number], string>> = {
  "plot-unknown": "no dijo de qué parcela viene",
  "plot-gone": "ya no tiene esa parcela",
  "geometry-missing": "falta el punto de la parcela",
  "polygon-missing": "tiene más de 4 hectáreas: falta el contorno",
  "cut-off-not-checked": "falta revisar que no se taló después de 2020",
};

/** Each contribution with its receipts and plots, and what due diligence would still ask for. */
export function originMain(
  visit: SignedVisit,
  { lot, trace, names, file }: { lot: Lot; trace: Trace; names: ReadonlyMap<string, string>; file: string },
): Content {
  const { contributions, missing } = trace;
  if (contributions.length === 0)
    return html`<h1>De qué parcelas viene ${lot.title}</h1>
      ${empty("Todavía no se decidió qué entra al lote. Entonces se ve aquí de dónde viene cada kilo.")}`;
  const gapsOf = (pledgeId: string) => [
    ...new Set(missing.filter((gap) => gap.pledgeId === pledgeId).map(({ gap }) => gapWords[gap])),
  ];
  const incomplete = contributions.filter(({ pledgeId }) => gapsOf(pledgeId).length > 0).length;
  return html`<h1>De qué parcelas viene ${lot.title}</h1>
    ${incomplete > 0 ? notice(`A ${incomplete === 1 ? "1 aporte le" : `${incomplete} aportes les`} falta algo para vender a Europa.`) : null}
    <p>
      <a class="action quiet-button" href="${file}">Descargar las parcelas (GeoJSON)</a>
    </p>
    <p class="quiet">Cada descarga queda anotada: dice dónde están las chacras.</p>
    ${table(
      { caption: "Lo que entró al lote", path: visit.path, query: visit.query },
      [
        {
          title: "Productora o productor",
          cell: ({ producerId }: Contribution) => names.get(producerId) ?? "Ya no está en Minka",
        },
        { title: "Entra", cell: ({ grams }) => kilosWords(grams), number: true },
        { title: "Recibos", cell: ({ receipts }) => receipts.map(({ number }) => number).join(", ") },
        { title: "Parcelas", cell: ({ plots }) => joinWords(plots.map(plotWords)) },
        { title: "Certificados", cell: ({ certificates }) => certificateWords(certificates) },
        { title: "Falta", cell: ({ pledgeId }) => joinWords(gapsOf(pledgeId)) || "nada" },
      ],
      contributions,
    )}`;
}

function plotWords({ squareMetres, districtCode }: Contribution["plots"][number]): string {
  const size =
    squareMetres === null ? "sin medida" : `${formatCount(Math.round(squareMetres / 100) / 100)} ha`;
  return districtCode === null ? size : `${size} en ${placeName(districtCode)}`;
}

export const originFile = (title: string, { contentType, bytes }: Answer<typeof exportLotPlots>): Download =>
  new Download({ fileName: `parcelas-${title}.geojson`, contentType, bytes });
