import type { Answer } from "@minka/contracts/endpoint";
import type { readPaymentAccount } from "@minka/contracts/payments";
import type { Pool, PoolOrder } from "@minka/contracts/pools";
import { form, hidden, numberField, optionsField, submit } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { actionLink, facts, stateMark, waits } from "../../design/parts.ts";
import { formState, type Attempt, type FormState } from "../../forms/attempt.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { priceBefore, soles } from "../../words/field-words.ts";
import { isEstimate, poolProgress, priceNowWords, sentences } from "./purchase-parts.ts";
import {
  orderReasonWords,
  orderWords,
  packsOf,
  pointWords,
  untilWords,
  wishWords,
} from "./purchase-words.ts";
import { surePart } from "./sure-part.ts";

type Account = Answer<typeof readPaymentAccount>["account"];

/** What somebody has in a joint purchase, and what they can do about it now. */
export function ownOrderPart(
  visit: SignedVisit,
  { pool, account }: { pool: Pool; account: Account | null },
  attempt: Attempt | null,
): Content {
  const { order } = pool;
  if (pool.state === "open" && (!order || order.state === "left")) return joining(visit, pool, attempt);
  if (!order) return null;
  switch (order.state) {
    case "joined":
      return pool.state === "open" ? joined(visit, { pool, order }, attempt) : waiting(pool, order);
    case "asked":
      return asking(visit, { pool, order }, attempt);
    case "confirmed":
      return waiting(pool, order);
    case "final":
      return bought(pool, order, account);
    case "left":
    case "out":
      return html`<p>${stateMark(...orderWords[order.state])} No paga nada.</p>
        ${reasonsOf(order)}`;
  }
}

const reasonsOf = ({ reasons }: PoolOrder) => sentences(reasons.map(orderReasonWords));

function joining(visit: SignedVisit, pool: Pool, attempt: Attempt | null): Html {
  const state = formState(attempt, "entrar", { punto: pool.points[0]?.id });
  return html`<p>${priceNowWords(pool)}</p>
    ${poolProgress(pool)}
    ${form(visit, state, html`${wishFields(state, pool)}${submit("Apuntarme a esta compra")}`)}
    <p class="quiet">
      Puede cambiar o salir ${untilWords(pool.deadline, visit.now)}. Después le decimos el precio final: si es
      más alto que el de hoy, sin su sí no compra.
    </p>`;
}

function wishFields(state: FormState, pool: Pool, already?: number): Html {
  const unit = packsOf(2, pool).slice(2);
  const wide = ["minimo", "maximo"].some((name) => state.value(name) !== "" || state.error(name));
  return html`${numberField(state, { name: "sacos", label: `¿Cuántos ${unit} quiere?`, inputmode: "numeric", maxlength: 7, unit })}
    ${surePart(state, pool, { already })}
    ${
      pool.points.length > 1
        ? optionsField(state, {
            name: "punto",
            label: "¿Dónde recoge?",
            options: pool.points.map((point) => ({ value: point.id, words: pointWords(point) })),
          })
        : null
    }
    <details class="f" ${wide ? html` open` : null}>
      <summary>Si unos más o unos menos también le sirven</summary>
      <p class="quiet">Así se llenan cajas y se llega a un precio mejor. Como mucho la mitad más o menos.</p>
      ${numberField(state, { name: "minimo", label: "Lo menos que le sirve", inputmode: "numeric", maxlength: 7, unit, optional: true })}
      ${numberField(state, { name: "maximo", label: "Lo más que compraría", inputmode: "numeric", maxlength: 7, unit, optional: true })}
    </details>`;
}

function joined(
  visit: SignedVisit,
  { pool, order }: { pool: Pool; order: PoolOrder },
  attempt: Attempt | null,
): Html {
  const point = pool.points.find(({ id }) => id === order.pointId);
  const change = formState(attempt, "cambiar", {
    sacos: order.packs,
    minimo: order.minimumPacks === order.packs ? null : order.minimumPacks,
    maximo: order.maximumPacks === order.packs ? null : order.maximumPacks,
    punto: order.pointId,
  });
  const tried = attempt?.action === "cambiar";
  return html`<h2>Usted pidió ${wishWords(order, pool)}</h2>
    ${totalNow(pool, order)} ${point ? html`<p>Recoge en ${pointWords(point)}.</p>` : null}
    ${order.placedBy ? html`<p class="notice">Otra persona hizo este pedido por usted. No compra sin su sí al precio final.</p>` : null}
    ${waits(`Se junta gente ${untilWords(pool.deadline, visit.now)}. Después le mandamos el precio final.`)}
    <details ${tried ? html` open` : null}>
      <summary>Cambiar mi pedido</summary>
      ${form(visit, change, html`${hidden("pedido", order.id)}${wishFields(change, pool, order.packs)}${submit("Guardar el cambio")}`)}
    </details>
    <details>
      <summary>Salir de la compra</summary>
      ${form(
        visit,
        formState(attempt, "salir"),
        html`${hidden("pedido", order.id)}
          <p>Si sale, no paga nada. Los demás pueden perder el mejor precio.</p>
          ${submit("Salir de esta compra", { danger: true })}`,
      )}
    </details>`;
}

/** What they would pay if nobody else came: the final price is asked before anybody pays. */
function totalNow(pool: Pool, { packs }: PoolOrder): Content {
  const { price } = pool;
  if (price?.priceCentimos == null) return null;
  const total = html`<strong>${soles(packs * price.priceCentimos)}</strong>`;
  return isEstimate(pool)
    ? html`<p>
        ${packsOf(packs, pool)}, más o menos ${total}, sin la entrega. Es un cálculo con lo que publican las
        tiendas: los precios para esta compra se abren al cierre.
      </p>`
    : html`<p>${packsOf(packs, pool)}, hoy ${total}.</p>`;
}

function waiting(pool: Pool, order: PoolOrder): Html {
  const price = order.award ? ` por ${soles(order.award.totalCentimos)}` : "";
  return html`<h2>Usted tiene ${packsOf(order.award?.packs ?? order.packs, pool)}${price}</h2>
    ${waits(
      order.state === "confirmed"
        ? "Ya dijo sí. Esperamos la respuesta de los demás y le avisamos por SMS."
        : `${pool.organizer.name} busca el mejor precio. Le avisamos por SMS.`,
    )}`;
}

function asking(
  visit: SignedVisit,
  { pool, order }: { pool: Pool; order: PoolOrder },
  attempt: Attempt | null,
): Content {
  const { award, confirmBy, agreedPriceCentimos } = order;
  if (!award) return waiting(pool, order);
  const dearer = agreedPriceCentimos === null || award.priceCentimos > agreedPriceCentimos;
  const answerForm = (answer: "si" | "no", words: string) =>
    form(
      visit,
      formState(attempt, "responder", {}, { respuesta: answer }),
      html`${hidden("pedido", order.id)}${hidden("respuesta", answer)}${hidden("total", award.totalCentimos)}${submit(words, { danger: answer === "no" })}`,
      { className: "one" },
    );
  return html`<h2>¿Está de acuerdo con el precio final?</h2>
    ${awardFacts(pool, order)} ${reasonsOf(order)}
    ${
      confirmBy
        ? waits(
            `Responda ${untilWords(confirmBy, visit.now)}. Si no responde, ${dearer ? "queda fuera y no paga nada" : "sigue dentro"}.`,
          )
        : null
    }
    ${answerForm("si", `Sí, compro ${packsOf(award.packs, pool)} por ${soles(award.totalCentimos)}`)}
    ${answerForm("no", "No, salgo de la compra")}`;
}

function awardFacts(pool: Pool, { award, pointId, agreedPriceCentimos }: PoolOrder): Content {
  if (!award) return null;
  const point = pool.points.find(({ id }) => id === pointId);
  return facts([
    ["Para usted", packsOf(award.packs, pool)],
    ["Producto", soles(award.goodsCentimos)],
    award.deliveryCentimos > 0 && ["Su parte del transporte", soles(award.deliveryCentimos)],
    award.feeCentimos > 0 && [`Para ${pool.organizer.name}`, soles(award.feeCentimos)],
    ["Total", soles(award.totalCentimos)],
    [
      "Sale cada uno a",
      [soles(award.priceCentimos), priceBefore(agreedPriceCentimos, award.priceCentimos)]
        .filter((part) => part !== null)
        .join("; "),
    ],
    point ? ["Recoge en", pointWords(point)] : null,
  ]);
}

function bought(pool: Pool, order: PoolOrder, account: Account | null): Html {
  const pay = `/mi/pagos/compra/${order.id}`;
  const total = order.award ? ` por ${soles(order.award.totalCentimos)}` : "";
  return html`<h2>Usted recibe ${packsOf(order.award?.packs ?? order.packs, pool)}${total}</h2>
    ${awardFacts(pool, order)} ${reasonsOf(order)}
    ${account ? debt(account, pay) : html`<p><a class="more" href="${pay}">Ver lo que falta pagar</a></p>`}`;
}

/** What is still to pay, or comes back; the ball is with who has to confirm. */
function debt(account: Account, pay: string): Content {
  const { owedCentimos, waitingCentimos, backCentimos } = account;
  const open = owedCentimos - waitingCentimos;
  return html`${
    waitingCentimos > 0
      ? waits(`Usted anotó que pagó ${soles(waitingCentimos)}. Falta que lo confirmen.`)
      : null
  }
  ${
    open > 0
      ? html`<p>Le falta pagar <strong>${soles(open)}</strong>.</p>
          <p>${actionLink(pay, `Ya pagué: anotar mi pago`)}</p>`
      : null
  }
  ${backCentimos > 0 ? html`<p>Le tienen que devolver <strong>${soles(backCentimos)}</strong>.</p>` : null}
  ${
    owedCentimos === 0 && backCentimos === 0
      ? html`<p>${stateMark("Pagado", "good")} <a href="${pay}">Ver mis pagos de esta compra</a></p>`
      : null
  }`;
}
