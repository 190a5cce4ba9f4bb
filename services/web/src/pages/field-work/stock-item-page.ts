import { listStock, listStockMovements, writeStockMovement, type StockItem } from "@minka/contracts/stock";
import type { Answer } from "@minka/contracts/endpoint";
import { DomainError } from "@minka/domain/errors";
import { z } from "zod";
import { dayField, form, moneyField, numberField, submit, textField } from "../../design/fields.ts";
import { html, type Html } from "../../design/html.ts";
import { empty, pager } from "../../design/parts.ts";
import { table } from "../../design/table.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { capitalized, dayWords, soles } from "../../words/field-words.ts";
import { movementWords, packWords } from "./stock-words.ts";
import { fieldWorkRefusals } from "../../words/refusals/field-work.ts";

type Visit = SignedVisit<{ readonly providerId: string; readonly itemId: string }>;
type Movement = Answer<typeof listStockMovements>["items"][number];

const pathOf = ({ params }: Visit) => `/mi-servicio/${params.providerId}/almacen/${params.itemId}`;

const traded = z.object({
  cantidad: kinds.wholeNumber({ least: 1, most: 100_000 }).required,
  precio: kinds.money({ most: 1_000_000 }).required,
  dia: kinds.day().required,
});
const counted = z.object({
  hay: kinds.wholeNumber({ most: 100_000 }).required,
  dia: kinds.day().required,
  razon: kinds.text(200, "Escriba por qué no cuadra.").required,
});
const fieldOf = (path: string) =>
  ({ packs: "cantidad", priceCentimos: "precio", day: "dia", reason: "razon" })[path.split(".").at(-1) ?? ""];

/** One product: what came, what went, and what is left. */
export const stockItemPage = signedPage("/mi-servicio/:providerId/almacen/:itemId")({
  async read(visit) {
    const item = await findItem(visit);
    const movements = await visit.call(listStockMovements, {
      params: { itemId: item.id },
      query: { cursor: visit.query["desde"], limit: 20 },
    });
    return { item, movements };
  },
  show(visit, { item, movements }, attempt) {
    const path = pathOf(visit);
    return {
      title: item.name,
      desk: true,
      main: html`<h1>
          ${item.name}:
          ${item.packs === 0 ? "no queda" : `${item.packs === 1 ? "queda" : "quedan"} ${packWords(item.packs)}`}
        </h1>
        ${item.packs > 0 ? html`<p class="lead">Lo que queda le costó ${soles(item.valueCentimos)}.</p>` : null}
        <div class="columns">
          <section>
            <h2>Lo que entró y salió</h2>
            ${
              movements.items.length === 0
                ? empty("Todavía no hay nada anotado. Anote primero lo que compró.")
                : html`${table({ caption: `Movimientos de ${item.name}, lo último primero`, path, query: visit.query }, columns(visit), movements.items)}
                  ${pager(path, visit.query, movements.next)}`
            }
          </section>
          <section>
            <h2>Anotar</h2>
            ${trade(visit, attempt, "vendi", item.packs > 0)}
            ${trade(visit, attempt, "compre", item.packs === 0)} ${count(visit, attempt)}
          </section>
        </div>
        <p><a class="more" href="/mi-servicio/${visit.params.providerId}/almacen">Todo el almacén</a></p>`,
    };
  },
  actions: {
    compre: action(traded, async (visit: Visit, values) => write(visit, "bought", values), fieldOf),
    vendi: action(traded, async (visit: Visit, values) => write(visit, "sold", values), fieldOf),
    conte: action(
      counted,
      async (visit: Visit, { hay, dia, razon }) => {
        const { id, packs } = await findItem(visit);
        if (hay === packs) return goTo(pathOf(visit), "igual");
        await visit.call(writeStockMovement, {
          params: { itemId: id },
          body: {
            kind: hay > packs ? "found" : "lost",
            packs: Math.abs(hay - packs),
            day: dia,
            reason: razon,
          },
        });
        return goTo(pathOf(visit), "corregido");
      },
      fieldOf,
    ),
  },
  refusals: fieldWorkRefusals,
  notices: {
    empezado: "Producto agregado. Ahora anote lo que compró.",
    bought: "Compra anotada.",
    sold: "Venta anotada.",
    corregido: "Corregido: ya cuadra con lo que contó.",
    igual: "Ya cuadraba: no se cambió nada.",
  },
});

/** In the provider's own book, so that no product is reached by another's address. */
async function findItem(visit: Visit): Promise<StockItem> {
  const { providerId, itemId } = visit.params;
  let cursor: string | undefined;
  do {
    const stock: Answer<typeof listStock> = await visit.call(listStock, {
      params: { providerId },
      query: { cursor, limit: 100 },
    });
    const item = stock.items.find(({ id }) => id === itemId);
    if (item) return item;
    cursor = stock.next ?? undefined;
  } while (cursor !== undefined);
  throw new DomainError("not-found", "no-such-page", "Nothing is here.");
}

async function write(
  visit: Visit,
  kind: "bought" | "sold",
  { cantidad, precio, dia }: z.output<typeof traded>,
) {
  await visit.call(writeStockMovement, {
    params: { itemId: visit.params.itemId },
    body: { kind, packs: cantidad, priceCentimos: precio, day: dia },
  });
  return goTo(pathOf(visit), kind);
}

function trade(visit: Visit, attempt: Attempt | null, name: "compre" | "vendi", main: boolean): Html {
  const state = formState(attempt, name, { dia: visit.today });
  const sold = name === "vendi";
  const fields = form(
    visit,
    state,
    html`${numberField(state, { name: "cantidad", of: name, label: "¿Cuántas unidades?", inputmode: "numeric", maxlength: 7 })}
    ${moneyField(state, { name: "precio", of: name, label: "Precio de cada una" })}
    ${dayField(state, { name: "dia", of: name, label: "¿Qué día?" })}
    ${submit(sold ? "Anotar la venta" : "Anotar la compra", { quiet: !main })}`,
  );
  const open = main || Object.keys(state.errors).length > 0 || state.problem !== null;
  return html`<details ${open ? html` open` : null}>
    <summary>${sold ? "Vendí" : "Compré"}</summary>
    ${fields}
  </details>`;
}

function count(visit: Visit, attempt: Attempt | null): Html {
  const state = formState(attempt, "conte", { dia: visit.today });
  const open = Object.keys(state.errors).length > 0 || state.problem !== null;
  return html`<details ${open ? html` open` : null}>
    <summary>Conté y no cuadra</summary>
    ${form(
      visit,
      state,
      html`${numberField(state, { name: "hay", label: "¿Cuántas unidades hay de verdad?", inputmode: "numeric", maxlength: 7 })}
      ${dayField(state, { name: "dia", of: "conte", label: "¿Qué día contó?" })}
      ${textField(state, { name: "razon", label: "¿Por qué no cuadra?", hint: "Por ejemplo: se mojó un saco.", maxlength: 200, autocomplete: "off" })}
      ${submit("Corregir", { quiet: true })}`,
    )}
  </details>`;
}

const columns = ({ today }: Visit) => [
  { title: "Día", cell: ({ day }: Movement) => capitalized(dayWords(day, today)) },
  {
    title: "Qué",
    cell: ({ kind, reason }: Movement) =>
      html`${movementWords[kind]}${reason ? html`<br /><small>${reason}</small>` : null}`,
  },
  {
    title: "Unidades",
    number: true,
    cell: ({ kind, packs }: Movement) => `${kind === "bought" || kind === "found" ? "+" : "−"}${packs}`,
  },
  {
    title: "Precio (S/)",
    number: true,
    cell: ({ priceCentimos }: Movement) => (priceCentimos === null ? "" : soles(priceCentimos)),
  },
  { title: "Quedan", number: true, cell: ({ packsAfter }: Movement) => packsAfter },
];
