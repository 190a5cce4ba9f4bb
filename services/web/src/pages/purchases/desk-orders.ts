import type { listPoolOrders } from "@minka/contracts/pool-orders";
import type { Answer } from "@minka/contracts/endpoint";
import type { Pool } from "@minka/contracts/pools";
import { form, hidden, numberField, selectField, submit } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { empty, pager, stateMark, withQuery } from "../../design/parts.ts";
import { table, type Column } from "../../design/table.ts";
import { formState, type Attempt, type FormState } from "../../forms/attempt.ts";
import { soles } from "../../words/field-words.ts";
import { findMember, type Members } from "../organization-desk/choose-member.ts";
import { isEstimate, ownReasons, sentences } from "./purchase-parts.ts";
import { flagWords, orderWords, packsOf, pointWords } from "./purchase-words.ts";
import type { Desk, DeskVisit } from "./read-desk.ts";
import { surePart } from "./sure-part.ts";

type Order = Answer<typeof listPoolOrders>["items"][number];

const nameOf = ({ name }: Order) => name ?? "Alguien sin nombre";

/** Who wants how much, and putting somebody down or changing what they want in their name. */
export function ordersPart(visit: DeskVisit, desk: Desk, attempt: Attempt | null): Html {
  const { pool, orders } = desk;
  const chosen = orders.items.find(({ id }) => id === (visit.query["pedido"] ?? attempt?.typed["pedido"]));
  return html`<h2 id="pedidos">Pedidos</h2>
    ${
      orders.items.length > 0
        ? html`${orderTable(visit, desk)}${pager(visit.path, visit.query, orders.next)}`
        : empty(
            "Todavía nadie se apuntó. La gente entra por SMS con COMPRA, o ustedes anotan aquí su pedido.",
          )
    }
    ${pool.state === "open" && chosen && chosen.state === "joined" ? changing(visit, pool, chosen, attempt) : null}
    ${desk.members ? adding(visit, pool, desk.members, attempt) : null}`;
}

const changeLink = ({ path, query }: DeskVisit, order: Order): Html =>
  html`<a href="${withQuery(path, { ...query, hecho: undefined, pedido: order.id })}#cambiar"
    >${nameOf(order)}</a
  >`;

function orderTable(visit: DeskVisit, { pool, orders }: Desk): Html {
  const points = new Map(pool.points.map(({ id, name }) => [id, name]));
  const now = pool.price?.priceCentimos ?? null;
  const mayChange = pool.state === "open";
  const columns: Column<Order>[] = [
    {
      title: "Persona",
      cell: (order) =>
        html`${mayChange && order.state === "joined" ? changeLink(visit, order) : nameOf(order)}${order.placedBy ? html` <small>pedido hecho por otra persona</small>` : null}${sentences(order.flags.map(flagWords))}`,
    },
    {
      title: `Pidió (${packsOf(2, pool).slice(2)})`,
      cell: ({ packs }) => packs,
      number: true,
    },
    {
      title: "Acepta",
      cell: ({ packs, minimumPacks, maximumPacks }) =>
        minimumPacks === packs && maximumPacks === packs ? "" : `${minimumPacks} a ${maximumPacks}`,
      number: true,
    },
    ...(pool.points.length > 1
      ? [{ title: "Recoge en", cell: ({ pointId }: Order) => points.get(pointId) ?? "" }]
      : []),
    mayChange
      ? {
          title: isEstimate(pool) ? "Calculado, sin la entrega" : "A precio de hoy",
          cell: ({ packs, state }) => (now === null || state === "left" ? "—" : soles(packs * now)),
          number: true,
        }
      : {
          title: "Recibe y paga",
          cell: ({ award }) => (award ? `${packsOf(award.packs, pool)}, ${soles(award.totalCentimos)}` : "—"),
          number: true,
        },
    {
      title: "Cómo está",
      cell: ({ state, reasons }) => html`${stateMark(...orderWords[state])} ${ownReasons(reasons)}`,
    },
  ];
  return table(
    {
      caption: `En el orden en que se apuntaron.${mayChange ? " Toque un nombre para cambiar su pedido." : ""}`,
      path: visit.path,
      query: {},
    },
    columns,
    orders.items,
  );
}

function wishFields(
  state: FormState,
  pool: Pool,
  { of, already }: { of: string; already?: number },
): Content {
  const unit = packsOf(2, pool).slice(2);
  return html`${numberField(state, { name: "sacos", of, label: "¿Cuántos?", unit, inputmode: "numeric", maxlength: 7 })}
  ${surePart(state, pool, { of, already })}
  ${numberField(state, { name: "minimo", of, label: "Lo menos que le sirve", unit, inputmode: "numeric", maxlength: 7, optional: true })}
  ${numberField(state, { name: "maximo", of, label: "Lo más que compraría", unit, inputmode: "numeric", maxlength: 7, optional: true })}
  ${
    pool.points.length > 1
      ? selectField(state, {
          name: "punto",
          of,
          label: "¿Dónde recoge?",
          options: pool.points.map((point) => ({ value: point.id, words: pointWords(point) })),
        })
      : null
  }`;
}

function adding(visit: DeskVisit, pool: Pool, members: Members, attempt: Attempt | null): Html {
  const state = formState(attempt, "anotar");
  // Who went on in the list, or looked for somebody, is choosing.
  const open = attempt?.action === "anotar" || members.looked || visit.query["socios"];
  return html`<details ${open ? html` open` : null}>
    <summary>Anotar a una socia o socio</summary>
    ${findMember(visit, members)}
    ${
      members.people.length === 0
        ? members.looked
          ? null
          : html`<p>Todas las socias y socios de la lista ya están dentro.</p>`
        : form(
            visit,
            state,
            html`${selectField(state, { name: "persona", label: "¿A quién?", none: "Elija", options: members.people.map(({ personId, words }) => ({ value: personId, words })) })}
              ${wishFields(state, pool, { of: "nuevo" })}
              <p class="quiet">Le avisamos por SMS. No compra sin su sí al precio final.</p>
              ${submit("Anotar y avisarle")}`,
          )
    }
  </details>`;
}

function changing(visit: DeskVisit, pool: Pool, order: Order, attempt: Attempt | null): Html {
  const state = formState(attempt, "cambiarPedido", {
    sacos: order.packs,
    minimo: order.minimumPacks === order.packs ? null : order.minimumPacks,
    maximo: order.maximumPacks === order.packs ? null : order.maximumPacks,
    punto: order.pointId,
  });
  return html`<section id="cambiar">
    <h3>Pedido de ${nameOf(order)}</h3>
    ${form(visit, state, html`${hidden("pedido", order.id)}${wishFields(state, pool, { of: "cambio", already: order.packs })}${submit(`Guardar el pedido de ${nameOf(order)}`)}`, { to: visit.path })}
    ${form(visit, formState(attempt, "sacar"), html`${hidden("pedido", order.id)}${submit(`Sacar a ${nameOf(order)} de la compra`, { danger: true })}`, { to: visit.path, className: "one" })}
  </section>`;
}
