import { readPackingList } from "@minka/contracts/pool-deliveries";
import { readPool } from "@minka/contracts/pools";
import type { Answer } from "@minka/contracts/endpoint";
import { html, type Content } from "../../design/html.ts";
import { empty, stateMark } from "../../design/parts.ts";
import { table } from "../../design/table.ts";
import { signedPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { soles } from "../../words/field-words.ts";
import { onDayWords, packsOf, pointWords, receiptWords, type Listed } from "./purchase-words.ts";
import { refuseOthers } from "./read-desk.ts";

type Point = Answer<typeof readPackingList>["points"][number];

/** Who gets how much of whom at each place: printed, and taken to the lorry. */
export const packingPage = signedPage("/mi-organizacion/:organizationId/compras/:poolId/reparto")({
  async read(visit) {
    const params = { poolId: visit.params.poolId };
    const { pool } = await visit.call(readPool, { params, query: {} });
    refuseOthers(pool, visit.params.organizationId);
    return { pool, list: await visit.call(readPackingList, { params, query: {} }) };
  },
  show: (visit, { pool, list }) => ({
    title: `Lista de reparto: ${list.title}`,
    desk: true,
    main: html`<h1>Lista de reparto: ${list.title}</h1>
      <p class="quiet">Imprima esta página y llévela a la entrega. Cada persona firma lo que recibe.</p>
      ${
        list.points.length > 0
          ? list.points.map((point) => pointPart(visit, pool, point))
          : empty("Todavía no hay qué repartir: la lista sale cuando la compra queda firme.")
      }
      <p><a class="more" href="${visit.path.replace(/\/reparto$/, "")}">Volver a la compra</a></p>`,
  }),
});

function pointPart(visit: SignedVisit, pool: Listed, point: Point): Content {
  const deliveries = new Map(point.deliveries.map((one) => [one.id, one]));
  const from = (id: string) => deliveries.get(id)?.providerName ?? "";
  const several = point.deliveries.length > 1;
  return html`<h2>${pointWords(point)}: ${packsOf(point.packs, pool)}</h2>
    <ul>
      ${point.deliveries.map(
        ({ providerName, packs, day }) =>
          html`<li>
            ${providerName}: ${packsOf(packs, pool)}, ${day ? onDayWords(day, visit.today) : "falta el día"}
          </li>`,
      )}
    </ul>
    ${table(
      { caption: `Quién recoge en ${point.name}`, path: visit.path, query: {} },
      [
        { title: "Persona", cell: ({ name }) => name ?? "Alguien sin nombre" },
        { title: "Recibe", cell: ({ packs }) => packsOf(packs, pool), number: true },
        ...(several
          ? [
              {
                title: "De quién",
                cell: ({ of }: Point["lines"][number]) =>
                  of.map(({ deliveryId, packs }) => `${from(deliveryId)}: ${packs}`).join("; "),
              },
            ]
          : []),
        {
          title: "Le falta pagar",
          cell: ({ owedCentimos }) => (owedCentimos === 0 ? "pagado" : soles(owedCentimos)),
          number: true,
        },
        {
          title: "Dijo",
          cell: ({ of }) =>
            of.flatMap(({ state }) => (state === "waiting" ? [] : [stateMark(...receiptWords[state])])),
        },
        { title: "Firma", cell: () => "" },
      ],
      point.lines,
    )}`;
}
