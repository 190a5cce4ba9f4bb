import { listOfferRecords } from "@minka/contracts/offers";
import { addStockItem, listStock, readStockMargins, type StockItem } from "@minka/contracts/stock";
import type { Answer } from "@minka/contracts/endpoint";
import { z } from "zod";
import { form, selectField, submit, textField } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { empty, pager, row, rows } from "../../design/parts.ts";
import { table } from "../../design/table.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { capitalized, dayWords, monthWords, soles } from "../../words/field-words.ts";
import { packWords } from "./stock-words.ts";
import { fieldWorkRefusals } from "../../words/refusals/field-work.ts";

type Visit = SignedVisit<{ readonly providerId: string }>;
type Month = Answer<typeof readStockMargins>["months"][number];

const pathOf = ({ params }: Visit) => `/mi-servicio/${params.providerId}/almacen`;

/** What somebody who resells has on hand, and what it brought. */
export const stockPage = signedPage("/mi-servicio/:providerId/almacen")({
  async read(visit) {
    const { params } = visit;
    const [stock, margins, offers] = await Promise.all([
      visit.call(listStock, { params, query: { cursor: visit.query["desde"], limit: 50 } }),
      visit.call(readStockMargins, { params, query: { months: 12 } }),
      visit.callIfAny(listOfferRecords, { params, query: { limit: 100 } }),
    ]);
    const known = new Set(stock.items.map(({ offerId }) => offerId));
    const sold = (offers?.items ?? []).flatMap(({ id, state, terms }) =>
      (terms.kind === "input" || terms.kind === "equipment") && state !== "withdrawn" && !known.has(id)
        ? [{ value: id, words: terms.title }]
        : [],
    );
    return { stock, months: margins.months, sold };
  },
  show(visit, { stock, months, sold }, attempt) {
    const path = pathOf(visit);
    const isWhole = stock.next === null && !visit.query["desde"];
    const worth = stock.items.reduce((sum, { valueCentimos }) => sum + valueCentimos, 0);
    const frame = { path, query: visit.query };
    return {
      title: "Almacén",
      desk: true,
      main: html`<h1>
          ${stock.items.length === 0 ? "Su almacén todavía está vacío" : isWhole ? `Tiene mercadería por ${soles(worth)}` : "Lo que tiene en su almacén"}
        </h1>
        ${
          stock.items.length === 0
            ? empty(
                "Anote aquí lo que compra para vender. Así ve cuánto le queda y cuánto gana. Empiece con un producto.",
              )
            : html`<p class="lead">Toque un producto para anotar lo que compró, vendió o perdió.</p>
                <h2>Productos</h2>
                ${rows(stock.items.map((item) => itemRow(visit, item)))}
                ${pager(path, visit.query, stock.next)}`
        }
        ${beginning(visit, attempt, sold)}
        ${
          months.length === 0
            ? null
            : html`<h2>Lo que ganó vendiendo</h2>
                <p class="quiet">Lo vendido menos lo que le costó. Lo perdido va aparte.</p>
                ${table({ caption: "Ventas por mes, los últimos 12 meses", ...frame }, monthColumns(visit), [...months])}
                ${totals(months)}`
        }`,
    };
  },
  actions: {
    empezar: action(
      z
        .object({ oferta: kinds.optionalId(), nombre: kinds.text(80).optional })
        .refine(({ oferta, nombre }) => (oferta === undefined) !== (nombre === undefined), {
          path: ["nombre"],
          error: "Elija una de sus ofertas o escriba el nombre: una de las dos cosas.",
        }),
      async (visit: Visit, { oferta, nombre }) => {
        const body = oferta === undefined ? { name: nombre ?? "" } : { offerId: oferta };
        const { item } = await visit.call(addStockItem, { params: visit.params, body });
        return goTo(`${pathOf(visit)}/${item.id}`, "empezado");
      },
      (path) => (path.endsWith("name") ? "nombre" : path.endsWith("offerId") ? "oferta" : undefined),
    ),
  },
  refusals: fieldWorkRefusals,
});

const itemRow = (visit: Visit, { id, name, packs, valueCentimos, lastOn }: StockItem): Html =>
  row({
    title: name,
    href: `${pathOf(visit)}/${id}`,
    side: packs === 0 ? "No queda" : packWords(packs),
    lines: [
      `${packs === 0 ? "" : `Le costó ${soles(valueCentimos)}. `}${lastOn ? `Último movimiento: ${dayWords(lastOn, visit.today)}.` : "Todavía sin movimientos."}`,
    ],
  });

function beginning(
  visit: Visit,
  attempt: Attempt | null,
  sold: readonly { value: string; words: string }[],
): Html {
  const state = formState(attempt, "empezar");
  return html`<h2>Agregar un producto</h2>
    ${form(
      visit,
      state,
      html`${sold.length > 0 ? selectField(state, { name: "oferta", label: "Uno que ya ofrece en Minka", options: sold, none: "Ninguno", optional: true }) : null}
      ${textField(state, { name: "nombre", label: sold.length > 0 ? "O escriba otro" : "¿Qué producto?", hint: "Por ejemplo: compost, saco de 40 kg.", maxlength: 80, autocomplete: "off", optional: sold.length > 0 })}
      ${submit("Agregar este producto")}`,
    )}`;
}

const monthColumns = ({ today }: Visit) => [
  { title: "Mes", cell: ({ month }: Month) => capitalized(monthWords(month, today)) },
  { title: "Compró (S/)", number: true, cell: ({ boughtCentimos }: Month) => soles(boughtCentimos) },
  {
    title: "Vendió (S/)",
    number: true,
    cell: ({ soldCentimos, soldPacks }: Month) =>
      html`${soles(soldCentimos)}<br /><small>${packWords(soldPacks)}</small>`,
  },
  {
    title: "Eso le costó (S/)",
    number: true,
    cell: ({ costOfSoldCentimos }: Month) => soles(costOfSoldCentimos),
  },
  { title: "Ganó (S/)", number: true, cell: ({ marginCentimos }: Month) => gained(marginCentimos) },
  { title: "Perdió (S/)", number: true, cell: ({ lostCentimos }: Month) => soles(lostCentimos) },
];

const gained = (centimos: number): Content =>
  centimos < 0 ? html`<strong>${soles(centimos)}</strong>` : soles(centimos);

function totals(months: readonly Month[]): Html {
  const sum = (of: (month: Month) => number) => months.reduce((whole, month) => whole + of(month), 0);
  return html`<div class="figures">
    <p><b>${soles(sum(({ soldCentimos }) => soldCentimos))}</b> vendió en 12 meses</p>
    <p><b>${soles(sum(({ marginCentimos }) => marginCentimos))}</b> ganó con eso</p>
    <p><b>${soles(sum(({ lostCentimos }) => lostCentimos))}</b> costó lo perdido</p>
  </div>`;
}
