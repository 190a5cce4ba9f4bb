import { html } from "../../design/html.ts";
import { actionLink, facts, stateMark } from "../../design/parts.ts";
import { signedPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { counted, soles } from "../../words/field-words.ts";
import { remindedNotice, silentPart } from "../invitations/silent-part.ts";
import { awardPart } from "./desk-award.ts";
import { deskActions } from "./desk-actions.ts";
import { cancelPart, nextStep } from "./desk-next.ts";
import { ordersPart } from "./desk-orders.ts";
import { suppliersPart } from "./desk-suppliers.ts";
import { deliveriesPart } from "./delivery-rows.ts";
import { poolProgress, poolSteps, priceFact } from "./purchase-parts.ts";
import { packsOf, placeName, pointWords, goodsWords, stateWords, untilWords } from "./purchase-words.ts";
import { readDesk, type Desk } from "./read-desk.ts";

/** The whole life of one joint purchase for who arranges it: first what is to be done now. */
export const deskPage = signedPage("/mi-organizacion/:organizationId/compras/:poolId")({
  read: readDesk,
  show: (visit, desk, attempt) => {
    const { pool, deliveries, claims } = desk;
    const counted = pool.state === "ordered" || pool.state === "completed";
    return {
      title: pool.title,
      desk: true,
      main: html`<h1>${pool.title}</h1>
        <p>${stateMark(...stateWords[pool.state])}</p>
        ${nextStep(visit, desk, attempt)} ${poolProgress(pool)}
        ${
          counted
            ? html`<p>${actionLink(`${visit.path}/cuentas`, "Cuentas y pagos", { quiet: true })}</p>
                <p>
                  ${actionLink(`${visit.path}/reparto`, "Lista de reparto para imprimir", { quiet: true })}
                </p>`
            : null
        }
        ${
          deliveries.length > 0
            ? deliveriesPart(visit, { deliveries, claims, pool, by: "organizer" }, attempt)
            : null
        }
        ${ordersPart(visit, desk, attempt)} ${silentPart(visit, desk.silent, attempt)}
        ${awardPart(visit, desk)}
        <div class="columns">
          <section aria-labelledby="proveedores">${suppliersPart(visit, desk, attempt)}</section>
          <section aria-labelledby="terminos">
            <h2 id="terminos">De qué se trata</h2>
            ${terms(visit, desk)} ${poolSteps(pool)} ${cancelPart(visit, desk, attempt)}
          </section>
        </div>`,
    };
  },
  notices: {
    abierta: "Abierta. Minka invita a los proveedores y avisa por SMS a la gente.",
    anotado: "Anotado. Le avisamos por SMS: no compra sin su sí al precio final.",
    cambiado: "Anotado: cambió el pedido. Le avisamos por SMS.",
    ...remindedNotice,
    salio: "Listo: salió de la compra. Le avisamos por SMS.",
    invitado: "Invitado. Le avisamos por SMS que dé su precio.",
    aprobada: "Aprobada. Ahora confirman los proveedores.",
    devuelta: "Devuelta. Minka hace lo que pidió y avisa cuando esté.",
    sigue: "Se sigue con los que quedan.",
    cancelada: "Cancelada. Avisamos a todos los que estaban dentro.",
    dia: "Anotado el día. Avisamos por SMS a quienes reciben.",
    llego: "Anotado que llegó. Preguntamos a cada persona si recibió todo.",
    nollego: "Anotado que no llegó. Se reclama al proveedor.",
  },
  actions: deskActions,
});

function terms({ now }: SignedVisit, { pool }: Desk) {
  return facts([
    ["Producto", goodsWords(pool)],
    [
      "Van",
      `${packsOf(pool.packs, pool)}${pool.people === null ? "" : ` de ${counted(pool.people, "persona", "personas")}`}`,
    ],
    ["Mínimo", packsOf(pool.minimumPacks, pool)],
    ["Cierra", pool.state === "open" ? untilWords(pool.deadline, now) : "ya cerró"],
    priceFact(pool),
    ["Se entrega en", pool.points.map(pointWords).join("; ")],
    ["Para", pool.districts.map(placeName).join(", ")],
    ["Pueden entrar", pool.joiners === "members" ? "socias y socios" : "socios y vecinos"],
    ["Si falta para el mínimo", minimumWords[pool.whenMissed]],
    ["Precios", pool.sealed ? "en sobre cerrado" : "a la vista"],
    ["Transporte", pool.deliveryShared === "by_point" ? "cada lugar paga el suyo" : "todos por igual"],
    pool.feeCentimosPerPack > 0 && ["Aporte por cada uno", soles(pool.feeCentimosPerPack)],
  ]);
}

const minimumWords = {
  smaller: "se compra menos",
  extend: "se dan más días",
  cancel: "no se compra",
} as const;
