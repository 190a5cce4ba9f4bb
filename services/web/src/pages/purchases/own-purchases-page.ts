import { listJoinablePools, listOwnPoolOrders } from "@minka/contracts/pool-orders";
import type { Answer } from "@minka/contracts/endpoint";
import { html, type Content, type Html } from "../../design/html.ts";
import { empty, pager, row, rows, stateMark } from "../../design/parts.ts";
import { signedPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { soles } from "../../words/field-words.ts";
import { isEstimate, poolProgress, priceNowWords } from "./purchase-parts.ts";
import { orderWords, packsOf, stateWords, untilWords } from "./purchase-words.ts";

type Joinable = Answer<typeof listJoinablePools>["pools"][number];
type Own = Answer<typeof listOwnPoolOrders>["items"][number];

const path = "/mi/compras";

/** Joint purchases that somebody may join, with the price now, and those they are in. */
export const ownPurchasesPage = signedPage(path)({
  async read(visit) {
    const params = { personId: visit.person.personId };
    const cursor = visit.query["desde"];
    const [{ pools }, own] = await Promise.all([
      visit.call(listJoinablePools, { params, query: {} }),
      visit.call(listOwnPoolOrders, { params, query: { limit: 20, ...(cursor ? { cursor } : {}) } }),
    ]);
    return { asked: pools.filter(isAsked), open: pools.filter(mayJoin), own };
  },
  show: (visit, { asked, open, own }) => ({
    title: "Compras en grupo",
    main: html`<h1>${heading(open)}</h1>
      <p class="lead">Entre varios se compra más barato: si se junta más gente, baja el precio para todos.</p>
      ${
        asked.length > 0
          ? html`<h2>Falta su respuesta</h2>
              ${rows(asked.map((pool) => askedRow(visit, pool)))}`
          : null
      }
      ${
        open.length > 0
          ? html`<h2>Puede entrar</h2>
              ${rows(open.map((pool) => openRow(visit, pool)))}`
          : null
      }
      ${open.length === 0 && asked.length === 0 && own.items.length === 0 ? nothing : null}
      ${
        own.items.length > 0
          ? html`<h2>Las suyas</h2>
              ${rows(own.items.map((one) => ownRow(visit, one)))}${pager(path, visit.query, own.next)}`
          : null
      }
      <p><a class="more" href="/mi/pagos">Lo que debe y lo que pagó</a></p>`,
  }),
  notices: {
    deotros:
      "Esa compra es para quienes viven en otros distritos, o para socias y socios. Aquí están las que son para usted.",
  },
});

const isAsked = ({ order }: Joinable) => order?.state === "asked";
const mayJoin = ({ order, state }: Joinable) => order === null && state === "open";

function heading(open: readonly Joinable[]): string {
  if (open.length === 0) return "Compre con otros y pague menos";
  return open.length === 1
    ? "Hay 1 compra en grupo para usted"
    : `Hay ${open.length} compras en grupo para usted`;
}

const nothing: Html = empty(
  "Ahora no hay compras en grupo en su distrito. Cuando su organización o un vecino abra una, le avisamos por SMS. Mientras, puede pedir lo que necesita.",
  { href: "/pedir", words: "Pedir insumos o herramientas" },
);

function askedRow({ now }: SignedVisit, pool: Joinable): Html {
  const { order } = pool;
  return row({
    title: pool.title,
    href: `${path}/${pool.id}`,
    side: order?.award ? soles(order.award.totalCentimos) : null,
    lines: [
      order?.award ? `${packsOf(order.award.packs, pool)} para usted. ¿Está de acuerdo con el precio?` : null,
      order?.confirmBy ? `Responda ${untilWords(order.confirmBy, now)}.` : null,
    ],
    more: html`<p><a class="action" href="${path}/${pool.id}">Responder por ${pool.title}</a></p>`,
  });
}

function openRow({ now }: SignedVisit, pool: Joinable): Html {
  return row({
    title: pool.title,
    href: `${path}/${pool.id}`,
    side: pool.price?.priceCentimos ? sidePrice(pool) : null,
    lines: [
      pool.price?.priceCentimos ? null : priceNowWords(pool),
      `La junta ${pool.organizer.name}. Se puede entrar ${untilWords(pool.deadline, now)}.`,
    ],
    more: poolProgress(pool),
  });
}

const sidePrice = (pool: Joinable): Content =>
  html`${soles(pool.price?.priceCentimos ?? 0)}
    <small class="quiet"
      >${isEstimate(pool) ? "más o menos, " : null}cada ${packsOf(1, pool).slice(2)}</small
    >`;

function ownRow({ now }: SignedVisit, { order, pool }: Own): Html {
  const [words, tone] = orderWords[order.state];
  const packs = order.award?.packs ?? order.packs;
  const today = pool.price?.priceCentimos;
  const paid = order.award
    ? soles(order.award.totalCentimos)
    : pool.state === "open" && today != null
      ? `${isEstimate(pool) ? "más o menos" : "hoy"} ${soles(packs * today)}`
      : null;
  const gone = order.state === "out" || order.state === "left";
  return row({
    title: pool.title,
    href: `${path}/${pool.id}`,
    side: gone ? null : html`${packsOf(packs, pool)}${paid ? html` <small>${paid}</small>` : null}`,
    lines: [
      html`${stateMark(words, tone)}${gone ? null : html` · ${stateWords[pool.state][0]}`}`,
      pool.state === "open" && !gone ? `Cierra: ${untilWords(pool.deadline, now)}.` : null,
    ],
  });
}
