import type { Reason } from "@minka/contracts/common";
import type { PoolState } from "@minka/contracts/pools";
import { html, type Content, type Html } from "../../design/html.ts";
import { notice, progress, steps } from "../../design/parts.ts";
import { counted, soles } from "../../words/field-words.ts";
import { orderReasonWords, packsOf, perPack, type Listed } from "./purchase-words.ts";

/** While quotes are sealed nobody reads one: the price is reckoned from what shops publish for everybody. */
export const isEstimate = ({ price }: Pick<Listed, "price">): boolean => price?.from === "offers";

/** "S/ 118", or "más o menos S/ 118". */
const aboutSoles = (centimos: number, pool: Listed): string =>
  `${isEstimate(pool) ? "más o menos " : ""}${soles(centimos)}`;

/** What a pack costs now as a fact with its name, which says of an estimate that it is one. */
export const priceFact = (pool: Listed): readonly [label: string, words: string] | null => {
  const now = pool.price?.priceCentimos;
  if (now == null) return null;
  return isEstimate(pool)
    ? [
        "Precio calculado",
        `${perPack(now, pool)}, por lo que publican las tiendas, sin la entrega. Los precios que dan para esta compra se abren al cierre`,
      ]
    : ["Precio hoy", perPack(now, pool)];
};

/** What a pack costs now, and what it would cost with more people: the reason to join and to tell a neighbour. */
export function priceNowWords(pool: Listed): Content {
  const { price, packs } = pool;
  const estimate = isEstimate(pool);
  const about = estimate ? ": es un cálculo con lo que publican las tiendas, sin la entrega" : "";
  const said = (centimos: number) => html`<strong>${perPack(centimos, pool)}</strong>${about}.`;
  if (price?.priceCentimos != null)
    return html`${estimate ? "Más o menos" : "Hoy"} a ${said(price.priceCentimos)}`;
  // Nobody sells so few as there are yet; who comes first wants to know the price all the same.
  if (price?.next)
    return html`Desde ${packsOf(packs + price.next.missingPacks, pool)} entre todos,
    a${estimate ? " más o menos" : null} ${said(price.next.priceCentimos)}`;
  return "Todavía no hay precio.";
}

/** "Si se juntan 12 sacos más, baja a S/ 140 para todos." */
function nextPriceWords(pool: Listed): string | null {
  const next = pool.price?.next;
  if (!next) return null;
  const more = packsOf(next.missingPacks, pool);
  const joined = next.missingPacks === 1 ? "junta" : "juntan";
  return `Si se ${joined} ${more} más, baja a ${aboutSoles(next.priceCentimos, pool)} para todos.`;
}

/** How far it is to the next price, or to the least that it needs. */
export function poolProgress(pool: Listed): Content {
  if (pool.state !== "open") return null;
  const { packs, minimumPacks } = pool;
  const next = pool.price?.next;
  const people = pool.people === null ? "" : ` de ${counted(pool.people, "persona", "personas")}`;
  const now = `Van ${packsOf(packs, pool)}${people}.`;
  if (packs < minimumPacks) {
    const missing = packsOf(minimumPacks - packs, pool);
    const least = `Para comprar ${minimumPacks - packs === 1 ? "falta" : "faltan"} ${missing}.`;
    return progress({ part: packs, whole: minimumPacks, words: [now, least].join(" ") });
  }
  const whole = next ? packs + next.missingPacks : packs;
  return progress({ part: packs, whole, words: [now, nextPriceWords(pool)].filter(Boolean).join(" ") });
}

const way = ["joining", "price", "coming", "over"] as const;
const wayOf: Record<Exclude<PoolState, "cancelled">, (typeof way)[number]> = {
  open: "joining",
  closed: "price",
  proposed: "price",
  asking_suppliers: "price",
  asking_members: "price",
  undecided: "price",
  ordered: "coming",
  completed: "over",
};

/** The way of a purchase, as all go it. */
export function poolSteps(pool: Listed, words: Partial<Record<(typeof way)[number], Content>> = {}): Content {
  if (pool.state === "cancelled") return null;
  const now = way.indexOf(wayOf[pool.state]);
  const plain = {
    joining: "La gente se apunta y los proveedores dan su precio",
    price: "Se elige proveedor y se confirma el precio final",
    coming: "Se entrega y se paga",
  } as const;
  return steps(
    (["joining", "price", "coming"] as const).map((step, index) => ({
      words: plain[step],
      when: words[step],
      state: index < now ? ("past" as const) : index === now ? ("now" as const) : ("next" as const),
    })),
  );
}

/** Why they get what they get; nothing where nothing is to be said. */
export const sentences = (list: readonly (string | null)[]): Html[] =>
  list.filter((words) => words !== null).map((words) => html`<p class="quiet">${words}</p>`);

/** What hurries: few days left, and too few packs for any order. */
export const shortOfMinimum = (pool: Listed): Content =>
  pool.state === "open" && pool.packs < pool.minimumPacks
    ? notice(
        `Faltan ${packsOf(pool.minimumPacks - pool.packs, pool)} para el mínimo. Avise a más gente: escriben COMPRA por SMS.`,
      )
    : null;

/** Of many people's reasons those that are their own: that a price was reached is the same for all. */
export const ownReasons = (reasons: readonly Reason[]): string =>
  reasons
    .filter(({ code }) => code !== "tier-reached")
    .map(orderReasonWords)
    .filter((words) => words !== null)
    .join(" ");
