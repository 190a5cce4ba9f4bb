import { answerSupply } from "@minka/contracts/pool-awards";
import { answerDeliveryClaims, listPoolDeliveries } from "@minka/contracts/pool-deliveries";
import { listPoolQuotes, listProviderPools, quotePool } from "@minka/contracts/pool-quotes";
import { readPool } from "@minka/contracts/pools";
import { DomainError } from "@minka/domain/errors";
import { limaDay } from "@minka/domain/lima-time";
import { z } from "zod";
import { html, type Content } from "../../design/html.ts";
import { facts, stateMark } from "../../design/parts.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { dayWords } from "../../words/field-words.ts";
import { deliveryActions } from "./delivery-actions.ts";
import { deliveriesPart } from "./delivery-rows.ts";
import { poolProgress } from "./purchase-parts.ts";
import { packsOf, placeName, pointWords, goodsWords, stateWords, untilWords } from "./purchase-words.ts";
import { bodyOf, quoteFieldOf, quoteFields, quotePart } from "./quote-form.ts";
import { readClaims } from "./read-desk.ts";
import { supplyPart } from "./supply-part.ts";

type Params = { readonly providerId: string; readonly poolId: string };

/** One joint purchase for who sells in it: its price, what it is to bring, and what it is owed. */
export const supplierPage = signedPage("/mi-servicio/:providerId/compras/:poolId")({
  read: readSupplier,
  show: (visit, { pool, quotes, supply, deliveries, claims }, attempt) => ({
    title: pool.title,
    desk: true,
    main: html`<h1>${pool.title}</h1>
      <p class="lead">Compra en grupo que junta ${pool.organizer.name}.</p>
      <p>${stateMark(...stateWords[pool.state])}</p>
      ${supplyPart(visit, { pool, supply }, attempt)}
      ${deliveries.length > 0 ? deliveriesPart(visit, { deliveries, claims, pool, by: "supplier" }, attempt) : null}
      ${quotePart(visit, { pool, quotes }, attempt)}
      <h2>De qué se trata</h2>
      ${poolProgress(pool)} ${about(visit, pool)}`,
  }),
  notices: {
    precio: "Anotado su precio. Puede cambiarlo hasta que cierre la compra.",
    lleva: "Gracias. Le avisamos cuando la compra quede firme.",
    nolleva: "Está bien, no le contamos en esta compra.",
    dia: "Anotado el día. Avisamos por SMS a quienes reciben.",
    llego: "Anotado que llegó. Preguntamos a cada persona si recibió todo.",
    reclamo: "Respondido. Avisamos por SMS a quienes les faltó.",
  },
  actions: {
    ...deliveryActions<Params>(),
    cotizar: action(
      quoteFields,
      async (visit, values) => {
        const { pool } = await visit.call(readPool, { params: { poolId: visit.params.poolId }, query: {} });
        await visit.call(quotePool, {
          params: { poolId: visit.params.poolId },
          body: bodyOf(visit.params.providerId, pool, values),
        });
        return goTo(`${visit.path}#precio`, "precio");
      },
      quoteFieldOf,
    ),
    responder: action(
      z.object({
        reparto: kinds.id(),
        cotizacion: kinds.id(),
        respuesta: kinds.choice(["si", "no"]).required,
        motivo: kinds.text(200).optional,
      }),
      async (visit, { reparto, cotizacion, respuesta, motivo }) => {
        const confirmed = respuesta === "si";
        await visit.call(answerSupply, {
          params: { awardId: reparto, quoteId: cotizacion },
          body: { confirmed, ...(motivo === undefined || motivo.length < 3 ? {} : { reason: motivo }) },
        });
        return goTo(visit.path, confirmed ? "lleva" : "nolleva");
      },
    ),
    reclamo: action(
      z
        .object({
          entrega: kinds.id(),
          respuesta: kinds.choice(["bring", "credit"]).required,
          dia: kinds.day().optional,
        })
        .refine(({ respuesta, dia }) => respuesta === "credit" || dia !== undefined, {
          path: ["dia"],
          message: "Escriba qué día lo trae.",
        }),
      async (visit, { entrega, respuesta, dia }) => {
        await visit.call(answerDeliveryClaims, {
          params: { deliveryId: entrega },
          body: {
            answer:
              respuesta === "credit" || dia === undefined ? { do: "credit" } : { do: "bring", day: dia },
          },
        });
        return goTo(`${visit.path}#entregas`, "reclamo");
      },
      (at) => (at.endsWith(".day") ? "dia" : undefined),
    ),
  },
});

async function readSupplier(visit: SignedVisit<Params>) {
  const { providerId, poolId } = visit.params;
  const [{ pool }, { quotes }] = await Promise.all([
    visit.call(readPool, { params: { poolId }, query: {} }),
    visit.call(listPoolQuotes, { params: { poolId }, query: { providerId } }),
  ]);
  const [supply, brought] = await Promise.all([
    ownSupply(visit),
    pool.orderedAt
      ? visit.callIfAny(listPoolDeliveries, { params: { poolId }, query: { providerId } })
      : null,
  ]);
  const deliveries = brought?.deliveries ?? [];
  return { pool, quotes, supply, deliveries, claims: await readClaims(visit, deliveries) };
}

/** A supplier's purchases come in pages, and one of long ago is some pages down. */
const mostPages = 5;

async function ownSupply(visit: SignedVisit<Params>) {
  const { providerId, poolId } = visit.params;
  let cursor: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const query: { limit: number; cursor?: string } = { limit: 100, ...(cursor ? { cursor } : {}) };
    const { items, next } = await visit.call(listProviderPools, { params: { providerId }, query });
    const found = items.find(({ pool }) => pool.id === poolId);
    if (found) return found.supply;
    if (next === null) break;
    cursor = next;
  }
  throw new DomainError("not-found", "no-such-page", "This supplier was not invited there.");
}

function about({ now, today }: SignedVisit<Params>, pool: Parameters<typeof poolProgress>[0]): Content {
  return facts([
    ["Producto", goodsWords(pool)],
    ["Piden por ahora", packsOf(pool.packs, pool)],
    ["Mínimo para comprar", packsOf(pool.minimumPacks, pool)],
    [
      "Cierra",
      pool.state === "open"
        ? untilWords(pool.deadline, now)
        : dayWords(limaDay(new Date(pool.deadline)), today),
    ],
    ["Se entrega en", pool.points.map(pointWords).join("; ")],
    ["Para", pool.districts.map(placeName).join(", ")],
    [
      "Precios",
      pool.sealed ? "en sobre cerrado: nadie ve el suyo hasta que cierre" : "a la vista, sin nombres",
    ],
    ["Varios proveedores", pool.split ? "puede ser, si así sale más barato" : "no, uno solo"],
  ]);
}
