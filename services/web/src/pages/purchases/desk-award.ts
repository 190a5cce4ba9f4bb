import type { PoolAward } from "@minka/contracts/pool-awards";
import { html, type Content } from "../../design/html.ts";
import { facts, stateMark, type Tone } from "../../design/parts.ts";
import { table } from "../../design/table.ts";
import { soles } from "../../words/field-words.ts";
import { ownReasons } from "./purchase-parts.ts";
import { packsOf, untilWords } from "./purchase-words.ts";
import type { Desk, DeskVisit } from "./read-desk.ts";

const supplyWords: Record<PoolAward["suppliers"][number]["state"], readonly [string, Tone]> = {
  waiting: ["Por preguntar", "waiting"],
  asked: ["Falta su sí", "waiting"],
  confirmed: ["Lo lleva", "good"],
  declined: ["No lo lleva", "bad"],
  silent: ["No respondió", "bad"],
};

const causeWords: Record<PoolAward["cause"], string> = {
  deadline: "Se calculó al cerrar la compra",
  sent_back: "Se calculó otra vez porque lo pidieron",
  supplier_declined: "Se calculó otra vez porque un proveedor no lo lleva",
  members_left: "Se calculó otra vez porque salió gente",
  go_on: "Se calculó con los que quedan",
};

/** Who delivers how much where, and what each member gets and pays for it, and why. */
export function awardPart(visit: DeskVisit, { pool, award, names }: Desk): Content {
  if (!award || pool.state === "open") return null;
  const name = (id: string | null) => (id === null ? null : (names.get(id) ?? "alguien sin nombre"));
  const points = new Map(pool.points.map((point) => [point.id, point.name]));
  return html`<h2 id="reparto">El reparto</h2>
    <p class="quiet">
      ${causeWords[award.cause]}.${award.toleranceUsed ? " Usó lo que la gente aceptó de más o de menos." : null}
    </p>
    ${facts([
      ["Entre todos", packsOf(award.packs, pool)],
      ["Producto", soles(award.goodsCentimos)],
      ["Transporte", soles(award.deliveryCentimos)],
      award.feeCentimos > 0 && ["Aporte para la organización", soles(award.feeCentimos)],
      ["Total", soles(award.totalCentimos)],
      ["La propuso", award.makers.map(name).join(", ")],
      award.approvedBy !== null && ["La aprobó", name(award.approvedBy)],
      award.sentBackReason !== null && ["La devolvieron", award.sentBackReason],
    ])}
    ${table(
      { caption: "Quién trae", path: visit.path, query: {} },
      [
        {
          title: "Proveedor",
          cell: (one) =>
            html`${one.providerName}${one.organizersOwn ? html` <small>es la misma organización</small>` : null}`,
        },
        { title: "Trae", cell: ({ packs }) => packsOf(packs, pool), number: true },
        { title: "Cada uno", cell: ({ tierPriceCentimos }) => soles(tierPriceCentimos), number: true },
        { title: "Transporte", cell: ({ deliveryCentimos }) => soles(deliveryCentimos), number: true },
        { title: "Se le paga", cell: ({ totalCentimos }) => soles(totalCentimos), number: true },
        {
          title: "A dónde",
          cell: ({ points: to }) =>
            Object.entries(to)
              .filter(([, packs]) => packs > 0)
              .map(([id, packs]) => `${points.get(id) ?? ""}: ${packs}`)
              .join("; "),
        },
        {
          title: "Respuesta",
          cell: ({ state, answerBy }) =>
            html`${stateMark(...supplyWords[state])}${answerBy ? html` <small>${untilWords(answerBy, visit.now)}</small>` : null}`,
        },
      ],
      award.suppliers,
    )}
    <details ${pool.state === "proposed" ? html` open` : null}>
      <summary>Qué recibe y paga cada persona</summary>
      ${table(
        { caption: "Qué recibe y paga cada persona (S/)", path: visit.path, query: {} },
        [
          { title: "Persona", cell: ({ personId }) => name(personId) },
          { title: "Recibe", cell: ({ packs }) => packsOf(packs, pool), number: true },
          { title: "Producto", cell: ({ goodsCentimos }) => soles(goodsCentimos), number: true },
          { title: "Transporte", cell: ({ deliveryCentimos }) => soles(deliveryCentimos), number: true },
          { title: "Aporte", cell: ({ feeCentimos }) => soles(feeCentimos), number: true },
          { title: "Total", cell: ({ totalCentimos }) => soles(totalCentimos), number: true },
          { title: "Por qué", cell: ({ reasons }) => ownReasons(reasons) },
        ],
        award.orders,
      )}
    </details>`;
}
