import type { CallInput } from "@minka/contracts/endpoint";
import type { PoolQuote, quotePool } from "@minka/contracts/pool-quotes";
import type { Pool } from "@minka/contracts/pools";
import { addDays, limaDay, limaInstant } from "@minka/domain/lima-time";
import { z } from "zod";
import { dayField, form, hidden, moneyField, numberField, submit } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { row, rows } from "../../design/parts.ts";
import { formState, type Attempt, type FormState } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { lastValidDay, quoteLines } from "./desk-suppliers.ts";
import { packName, packsOf, pointWords } from "./purchase-words.ts";

/** As many as a quote may have. */
const tierNumbers = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const;
/** As many as a purchase has places at most. */
const pointIndexes = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28,
  29,
] as const;

const quantity = kinds.wholeNumber({ least: 1 }).optional;
const price = kinds.money({ most: 100_000 }).optional;
const tierFields = Object.fromEntries(
  tierNumbers.flatMap((number) => [
    [`desde${number}`, quantity],
    [`precio${number}`, price],
  ]),
) as Record<
  `desde${(typeof tierNumbers)[number]}` | `precio${(typeof tierNumbers)[number]}`,
  typeof quantity
>;
const deliveryFields = Object.fromEntries(
  pointIndexes.map((index) => [`entrega${index}`, kinds.money({ most: 1_000_000 }).optional]),
) as Record<`entrega${(typeof pointIndexes)[number]}`, typeof price>;

export const quoteFields = z
  .object({
    ...tierFields,
    ...deliveryFields,
    caja: kinds.wholeNumber({ least: 1 }).optional,
    tiene: kinds.wholeNumber({ least: 0 }).optional,
    vale: kinds.day().required,
    lugares: kinds.wholeNumber({ least: 1 }).optional,
  })
  .superRefine((values, context) => {
    const wrong = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    if (values.desde1 === undefined) wrong("desde1", "Escriba desde cuántos vende.");
    if (pointIndexes.every((index) => values[`entrega${index}`] === undefined))
      wrong(
        "entrega0",
        values.lugares === 1
          ? "Diga cuánto cobra por llevarlo; es el único lugar."
          : "Diga cuánto cobra por llevarlo, al menos a un lugar.",
      );
    for (const number of tierNumbers) {
      const [from, cost] = [values[`desde${number}`], values[`precio${number}`]];
      if ((from !== undefined || number === 1) && cost === undefined)
        wrong(`precio${number}`, "Escriba el precio de cada uno.");
      if (from === undefined && cost !== undefined && number > 1)
        wrong(`desde${number}`, "Escriba desde cuántos vale este precio.");
      const before = tierNumbers.findLast((one) => one < number && values[`desde${one}`] !== undefined);
      if (before === undefined || from === undefined) continue;
      if (from <= (values[`desde${before}`] ?? 0))
        wrong(`desde${number}`, "Debe ser más que la cantidad anterior.");
      if ((cost ?? 0) > (values[`precio${before}`] ?? 0))
        wrong(`precio${number}`, "Por más cantidad el precio no puede subir.");
    }
  });

type Values = z.output<typeof quoteFields>;

export function bodyOf(
  providerId: string,
  { points }: Pick<Pool, "points">,
  values: Values,
): CallInput<typeof quotePool>["body"] {
  const delivered = pointIndexes.flatMap((index) => {
    const [point, cost] = [points[index], values[`entrega${index}`]];
    return point === undefined || cost === undefined ? [] : [[point.id, cost] as const];
  });
  return {
    providerId,
    tiers: tierNumbers.flatMap((number) => {
      const [minimumPacks, priceCentimos] = [values[`desde${number}`], values[`precio${number}`]];
      return minimumPacks === undefined || priceCentimos === undefined
        ? []
        : [{ minimumPacks, priceCentimos }];
    }),
    deliveryCentimos: Object.fromEntries(delivered),
    casePacks: values.caja ?? 1,
    stockPacks: values.tiene ?? null,
    validUntil: limaInstant(addDays(values.vale, 1), 0).toISOString(),
  };
}

export function quoteFieldOf(path: string): string | undefined {
  const [, index, part] = /^body\.tiers\.(\d+)\.(\w+)$/.exec(path) ?? [];
  if (index !== undefined) return `${part === "priceCentimos" ? "precio" : "desde"}${Number(index) + 1}`;
  if (path.startsWith("body.deliveryCentimos")) return "entrega0";
  return {
    "body.validUntil": "vale",
    "body.casePacks": "caja",
    "body.stockPacks": "tiene",
    "body.tiers": "desde1",
  }[path];
}

/** A quote outlives the deadline: approval and answers take their time. */
const leastValidDays = 4;

/** What a supplier quotes, with what it quoted before. */
export function quotePart(
  visit: SignedVisit,
  { pool, quotes }: { pool: Pool; quotes: readonly PoolQuote[] },
  attempt: Attempt | null,
): Content {
  const standing = quotes.find(({ state }) => state === "standing");
  const open = pool.state === "open" && new Date(pool.deadline) > visit.now;
  if (!open && quotes.length === 0) return null;
  const shown = standing
    ? rows([row({ title: "Lo que usted ofrece", lines: quoteLines(pool, standing, visit.today) })])
    : null;
  if (!open)
    return html`<h2 id="precio">Su precio</h2>
      ${shown}`;
  const state = formState(attempt, "cotizar", defaults(pool, standing));
  return html`<h2 id="precio">${standing ? "Su precio" : "Dé su precio"}</h2>
    ${shown}
    ${
      standing
        ? html`<details ${attempt?.action === "cotizar" ? html` open` : null}>
            <summary>Cambiar mi precio</summary>
            ${quoteForm(visit, pool, state)}
          </details>`
        : quoteForm(visit, pool, state)
    }`;
}

function defaults(pool: Pool, quote: PoolQuote | undefined): Record<string, string | number | null> {
  const soles = (centimos: number) => (centimos / 100).toFixed(2).replace(/\.00$/, "");
  const valid = quote ? lastValidDay(quote) : addDays(limaDay(new Date(pool.deadline)), leastValidDays + 6);
  return {
    desde1: quote ? null : 1,
    vale: valid,
    caja: quote && quote.casePacks > 1 ? quote.casePacks : null,
    tiene: quote?.stockPacks ?? null,
    ...Object.fromEntries(
      (quote?.tiers ?? []).flatMap(({ minimumPacks, priceCentimos }, index) => [
        [`desde${index + 1}`, minimumPacks],
        [`precio${index + 1}`, soles(priceCentimos)],
      ]),
    ),
    ...Object.fromEntries(
      pool.points.map(({ id }, index) => {
        const cost = quote?.deliveryCentimos[id];
        return [`entrega${index}`, cost === undefined ? null : soles(cost)];
      }),
    ),
  };
}

function quoteForm(visit: SignedVisit, pool: Pool, state: FormState): Html {
  const one = packName(pool);
  const many = packsOf(2, pool).slice(2);
  const filled = (number: number) =>
    number === 1 ||
    [`desde${number}`, `precio${number}`].some((name) => state.value(name) || state.error(name));
  const tier = (number: (typeof tierNumbers)[number]) =>
    html`${numberField(state, { name: `desde${number}`, label: number === 1 ? `Vendo desde cuántos ${many}` : `Desde cuántos (precio ${number})`, inputmode: "numeric", unit: many, maxlength: 7, optional: number > 1 })}
    ${moneyField(state, { name: `precio${number}`, label: number === 1 ? `Precio de cada ${one}` : `Precio de cada ${one} (precio ${number})`, maxlength: 10, optional: number > 1 })}`;
  const last = tierNumbers.findLast(filled) ?? 1;
  const rest = tierNumbers.filter((number) => number > 3 && number <= Math.max(5, last + 2));
  return form(
    visit,
    state,
    html`<p>La cantidad es la de toda la gente junta. Por más cantidad, el precio baja o queda igual.</p>
      ${tierNumbers.filter((number) => number <= 3).map(tier)}
      <details class="f" ${rest.some(filled) ? html` open` : null}>
        <summary>Más precios por cantidad</summary>
        ${rest.map(tier)}
      </details>
      <h3>Llevarlo a cada lugar</h3>
      <p class="quiet">
        Lo que cuesta el viaje entero. Ponga 0 si no
        cobra${pool.points.length > 1 ? "; deje vacío si no llega" : null}.
      </p>
      ${hidden("lugares", pool.points.length)}
      ${pool.points.map((point, index) => moneyField(state, { name: `entrega${index}`, label: pointWords(point), maxlength: 10, optional: true }))}
      ${numberField(state, { name: "tiene", label: "¿Cuántos tiene?", hint: "Deje vacío si no hay límite.", inputmode: "numeric", unit: many, maxlength: 7, optional: true })}
      ${numberField(state, { name: "caja", label: "¿Vende por caja cerrada? ¿De cuántos?", inputmode: "numeric", unit: many, maxlength: 7, optional: true })}
      ${dayField(state, { name: "vale", label: "¿Hasta qué día vale su precio?", hint: "Al menos tres días después del cierre." })}
      ${submit("Dar este precio")}`,
  );
}
