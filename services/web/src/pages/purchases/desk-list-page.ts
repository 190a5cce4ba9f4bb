import { listPoolDeliveries, type PoolDelivery } from "@minka/contracts/pool-deliveries";
import { listPools, poolStates, type PoolState } from "@minka/contracts/pools";
import { html, type Content, type Html } from "../../design/html.ts";
import { actionLink, stateChips, empty, pager, row, rows, stateMark } from "../../design/parts.ts";
import { table } from "../../design/table.ts";
import { askedOf } from "../../visits/asked.ts";
import { signedPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { soles } from "../../words/field-words.ts";
import { isEstimate } from "./purchase-parts.ts";
import { packsOf, stateWords, untilWords, type Listed } from "./purchase-words.ts";

/** States in which a purchase waits for a person of the organization; those that are ordered are looked into. */
const toDecide = ["proposed", "undecided"] as const;
/** More that are ordered at once are followed from their own pages. */
const mostOrdered = 10;

export const deskListPage = signedPage("/mi-organizacion/:organizationId/compras")({
  async read(visit) {
    const { organizationId: organizerId } = visit.params;
    const state = askedOf(visit, "estado", poolStates);
    const cursor = visit.query["desde"];
    const inState = (one: PoolState, limit = 20) =>
      visit.call(listPools, { query: { organizerId, state: one, limit } }).then(({ items }) => items);
    const [list, ordered, ...deciding] = await Promise.all([
      visit.call(listPools, {
        query: { organizerId, limit: 20, ...(state ? { state } : {}), ...(cursor ? { cursor } : {}) },
      }),
      inState("ordered", mostOrdered),
      ...toDecide.map((one) => inState(one)),
    ]);
    const coming = await Promise.all(
      ordered.map(async (pool) => ({
        pool,
        deliveries: (await visit.callIfAny(listPoolDeliveries, { params: { poolId: pool.id }, query: {} }))
          ?.deliveries,
      })),
    );
    return { list, state, deciding: deciding.flat(), coming };
  },
  show: (visit, { list, state, deciding, coming }) => {
    const path = `/mi-organizacion/${visit.params.organizationId}/compras`;
    const todo = [
      ...deciding.map((pool) => deciderRow(path, pool)),
      ...coming.flatMap(({ pool, deliveries }) => comingRow(visit, path, pool, deliveries ?? [])),
    ];
    return {
      title: "Compras en grupo",
      desk: true,
      main: html`<h1>${heading(todo.length)}</h1>
        <p>${actionLink(`${path}/nueva`, "Abrir una compra en grupo")}</p>
        ${
          todo.length > 0
            ? html`<h2>Necesita de ustedes</h2>
                ${rows(todo)}`
            : null
        }
        <h2>Todas</h2>
        ${stateChips({ path, query: visit.query }, { label: "Cómo están", all: "Todas", states: shownStates, current: state, rows: list.items.length })}
        ${
          list.items.length > 0
            ? html`${poolTable(visit, path, list.items)}${pager(path, visit.query, list.next)}`
            : empty(
                state
                  ? "Ninguna compra está así ahora."
                  : "La organización todavía no abrió una compra. Junte lo que piden sus socias y socios: Minka busca quién vende y avisa a todos por SMS.",
              )
        }`,
    };
  },
  notices: { cancelada: "Cancelada. Avisamos a todos los que estaban dentro." },
});

function heading(todo: number): string {
  if (todo === 0) return "Nada espera por ustedes en las compras";
  return todo === 1 ? "1 compra necesita de ustedes" : `${todo} compras necesitan de ustedes`;
}

const deciderRow = (path: string, pool: Listed): Html =>
  row({
    title: pool.title,
    href: `${path}/${pool.id}`,
    lines: [
      pool.state === "proposed"
        ? "El reparto está calculado: lo aprueba otra persona que quien lo propuso."
        : "Salió gente en dos vueltas: digan si siguen con los que quedan.",
    ],
  });

function comingRow(
  { today }: SignedVisit,
  path: string,
  pool: Listed,
  deliveries: readonly PoolDelivery[],
): Html[] {
  const planned = deliveries.filter(({ state }) => state === "planned");
  const [noDay, due] = [
    planned.filter(({ day }) => day === null).length,
    planned.filter(({ day }) => day !== null && day <= today).length,
  ];
  const claims = deliveries.reduce((sum, { openClaims }) => sum + openClaims, 0);
  const lines = [
    noDay > 0 && `Entregas sin día: ${noDay}. Pregunte al proveedor y póngalo.`,
    due > 0 && `Entregas de hoy o de antes: ${due}. Digan si llegó.`,
    claims > 0 && `Reclamos que el proveedor no responde: ${claims}.`,
  ].filter((line) => line !== false);
  return lines.length === 0 ? [] : [row({ title: pool.title, href: `${path}/${pool.id}#entregas`, lines })];
}

const shownStates: readonly (readonly [PoolState, string])[] = [
  ["open", "Abiertas"],
  ["proposed", "Por aprobar"],
  ["asking_suppliers", "Con proveedores"],
  ["asking_members", "Con la gente"],
  ["ordered", "Por entregar o pagar"],
  ["completed", "Terminadas"],
  ["cancelled", "No se hicieron"],
];

function poolTable({ now }: SignedVisit, path: string, pools: readonly Listed[]): Content {
  return table(
    { caption: "Compras, la más nueva primero", path, query: {} },
    [
      { title: "Compra", cell: ({ id, title }: Listed) => html`<a href="${path}/${id}">${title}</a>` },
      { title: "Cómo está", cell: ({ state }) => stateMark(...stateWords[state]) },
      { title: "Van", cell: (pool) => packsOf(pool.packs, pool), number: true },
      { title: "Mínimo", cell: (pool) => packsOf(pool.minimumPacks, pool), number: true },
      {
        title: "Precio hoy, cada uno",
        cell: (pool) =>
          pool.price?.priceCentimos
            ? html`${soles(pool.price.priceCentimos)}${isEstimate(pool) ? html` <small>calculado</small>` : null}`
            : "—",
        number: true,
      },
      {
        title: "Cierra",
        cell: ({ state, deadline }) => (state === "open" ? untilWords(deadline, now) : "ya cerró"),
      },
    ],
    pools,
  );
}
