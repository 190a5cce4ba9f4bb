import { readPaymentAccount } from "@minka/contracts/payments";
import { listPoolReceipts } from "@minka/contracts/pool-deliveries";
import { answerPoolOrder, changeOrder, joinPool, leavePool } from "@minka/contracts/pool-orders";
import { readPool, type Pool } from "@minka/contracts/pools";
import { DomainError } from "@minka/domain/errors";
import { z } from "zod";
import { html, type Content } from "../../design/html.ts";
import { facts, stateMark } from "../../design/parts.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { soles } from "../../words/field-words.ts";
import { ownOrderPart } from "./own-order.ts";
import { answerReceipt, ownReceipts, receiptFields } from "./own-receipts.ts";
import { poolProgress, poolSteps, priceFact } from "./purchase-parts.ts";
import { cancelledWords, packName, pointWords, stateWords, untilWords } from "./purchase-words.ts";
import { wish, wishField, wishOf } from "./wish.ts";

const path = "/mi/compras/:poolId";
const back = ({ params }: SignedVisit<{ poolId: string }>) => `/mi/compras/${params.poolId}`;

const ownId = z.object({ pedido: kinds.id() });

/** Null of one that is for others: a link to it may be shared with anybody. */
async function readJoinable(visit: SignedVisit<{ readonly poolId: string }>): Promise<Pool | null> {
  try {
    return (await visit.call(readPool, { params: visit.params, query: {} })).pool;
  } catch (error) {
    if (error instanceof DomainError && error.code === "pool-not-for-you") return null;
    throw error;
  }
}

/** All of one joint purchase for who may join it: the price now, their order, what they agree to, owe and get. */
export const ownPurchasePage = signedPage(path)({
  async read(visit) {
    const pool = await readJoinable(visit);
    if (pool === null) return goTo("/mi/compras", "deotros");
    const { order } = pool;
    if (order?.state !== "final") return { pool, receipts: [], account: null };
    const [given, paid] = await Promise.all([
      visit.call(listPoolReceipts, { params: { orderId: order.id }, query: {} }),
      visit.callIfAny(readPaymentAccount, { params: { kind: "pool-order", id: order.id }, query: {} }),
    ]);
    return { pool, receipts: given.receipts, account: paid?.account ?? null };
  },
  show: (visit, { pool, receipts, account }, attempt) => ({
    title: pool.title,
    main: html`<h1>${pool.title}</h1>
      <p class="lead">Compra en grupo que junta ${pool.organizer.name}.</p>
      ${ownOrderPart(visit, { pool, account }, attempt)} ${ownReceipts(visit, { pool, receipts }, attempt)}
      ${about(visit, pool)}
      <p><a class="more" href="/mi/compras">Todas las compras en grupo</a></p>`,
  }),
  notices: {
    dentro: "Anotado. Le avisamos por SMS si baja el precio y cuando se sepa el precio final.",
    cambiado: "Anotado: cambiamos su pedido.",
    salio: "Listo, ya no está en esta compra.",
    acepto: "Listo: usted está de acuerdo con el precio.",
    rechazo: "Está bien, sale de esta compra. No paga nada.",
    recibido: "Gracias por responder. Si algo faltó, avisamos al proveedor.",
  },
  actions: {
    entrar: action(
      wish({}),
      async (visit, values) => {
        const body = { personId: visit.person.personId, ...wishOf(values) };
        await visit.call(joinPool, { params: visit.params, body });
        return goTo(back(visit), "dentro");
      },
      wishField,
    ),
    cambiar: action(
      wish(ownId.shape),
      async (visit, { pedido, ...values }) => {
        await visit.call(changeOrder, { params: { orderId: pedido }, body: wishOf(values) });
        return goTo(back(visit), "cambiado");
      },
      wishField,
    ),
    salir: action(ownId, async (visit, { pedido }) => {
      await visit.call(leavePool, { params: { orderId: pedido } });
      return goTo(back(visit), "salio");
    }),
    responder: action(
      ownId.extend({
        respuesta: kinds.choice(["si", "no"]).required,
        total: kinds.wholeNumber({ most: 2_000_000_000 }).required,
      }),
      async (visit, { pedido, respuesta, total }) => {
        const accepted = respuesta === "si";
        await visit.call(answerPoolOrder, {
          params: { orderId: pedido },
          body: { accepted, totalCentimos: total },
        });
        return goTo(back(visit), accepted ? "acepto" : "rechazo");
      },
    ),
    recibir: action(receiptFields, async (visit, values) => {
      await answerReceipt(visit, values);
      return goTo(`${back(visit)}#llego`, "recibido");
    }),
  },
});

function about({ now }: SignedVisit, pool: Pool): Content {
  const [words, tone] = stateWords[pool.state];
  return html`<h2>Cómo va la compra</h2>
    <p>${stateMark(words, tone)}</p>
    ${pool.cancelled ? html`<p>${cancelledWords(pool.cancelled)}</p>` : null}
    ${pool.order ? poolProgress(pool) : null}
    ${poolSteps(pool, { joining: pool.state === "open" ? `Cierra: ${untilWords(pool.deadline, now)}` : null })}
    ${facts([
      pool.order !== null && priceFact(pool),
      ["Se entrega en", pool.points.map(pointWords).join("; ")],
      pool.feeCentimosPerPack > 0 && [
        `Para ${pool.organizer.name}`,
        `${soles(pool.feeCentimosPerPack)} cada ${packName(pool)}, ya incluido en el precio`,
      ],
      pool.organizerQuotes && ["Debe saber", `${pool.organizer.name} también vende en esta compra`],
    ])}`;
}
