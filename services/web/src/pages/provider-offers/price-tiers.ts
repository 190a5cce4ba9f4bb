import type { TermsOf } from "@minka/contracts/offer-terms";
import { z } from "zod";
import { html, type Html } from "../../design/html.ts";
import type { FormState } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { solesText, typedAt, type Defaults } from "./kind-form.ts";

/** Prices by quantity, a row each: from so many packs on, at this price. Rows that are empty do not count. */

type Tiers = TermsOf<"input">["tiers"];
const mostTiers = 12;
const fewestRows = 4;
const numbers = Array.from({ length: mostTiers }, (_, index) => index + 1);

const packs = kinds.wholeNumber({ least: 1 }).optional;
const price = kinds.money().optional;

export const readTiers = z.unknown().transform((typed, context): Tiers => {
  const tell = (name: string, message: string) => context.addIssue({ code: "custom", path: [name], message });
  const tiers = numbers.flatMap((number): (Tiers[number] & { number: number })[] => {
    const names = [`desde_${number}`, `precio_${number}`] as const;
    const [from, cost] = [
      packs.safeParse(typedAt(typed, names[0])),
      price.safeParse(typedAt(typed, names[1])),
    ];
    if (!from.success) tell(names[0], from.error.issues[0]?.message ?? "");
    if (!cost.success) tell(names[1], cost.error.issues[0]?.message ?? "");
    if (!from.success || !cost.success || (from.data === undefined && cost.data === undefined)) return [];
    if (cost.data === undefined) return (tell(names[1], "Escriba el precio."), []);
    const minimumPacks = from.data ?? (number === 1 ? 1 : undefined);
    if (minimumPacks === undefined) return (tell(names[0], "Escriba desde cuántos."), []);
    return [{ number, minimumPacks, priceCentimos: cost.data }];
  });
  for (const [index, { number, minimumPacks, priceCentimos }] of tiers.entries()) {
    const before = tiers[index - 1];
    if (!before) continue;
    if (minimumPacks <= before.minimumPacks)
      tell(`desde_${number}`, `Debe ser más de ${before.minimumPacks}.`);
    if (priceCentimos > before.priceCentimos)
      tell(`precio_${number}`, "Quien lleva más no paga más por cada uno.");
  }
  if (tiers.length === 0) tell("precio_1", "Escriba el precio.");
  return tiers.map(({ minimumPacks, priceCentimos }) => ({ minimumPacks, priceCentimos }));
});

export const tierDefaults = (tiers: Tiers): Defaults => ({
  desde_1: 1,
  ...Object.fromEntries(
    tiers.flatMap(({ minimumPacks, priceCentimos }, index) => [
      [`desde_${index + 1}`, minimumPacks],
      [`precio_${index + 1}`, solesText(priceCentimos)],
    ]),
  ),
});

export const tierNames = Object.fromEntries(
  numbers.flatMap((number) => [
    [`tiers.${number - 1}.minimumPacks`, `desde_${number}`],
    [`tiers.${number - 1}.priceCentimos`, `precio_${number}`],
  ]),
);

export function tiersField(state: FormState, { what }: { what: string }): Html {
  const used =
    numbers.findLast((number) =>
      [`desde_${number}`, `precio_${number}`].some((name) => state.value(name) !== ""),
    ) ?? 0;
  const shown = numbers.slice(0, Math.max(fewestRows, Math.min(mostTiers, used + 2)));
  return html`<fieldset class="f">
    <legend>Precio de cada ${what}</legend>
    <p class="quiet">Si baja cuando llevan más, use otra fila. Las filas vacías no cuentan.</p>
    <div class="tiers">${shown.map((number) => tierRow(state, number))}</div>
  </fieldset>`;
}

function tierRow(state: FormState, number: number): Html {
  const [from, cost] = [`desde_${number}`, `precio_${number}`];
  const wrong = [from, cost].filter((name) => state.error(name) !== null);
  const [least, soles] = [state.value(from), state.value(cost)];
  state.tell(cost, soles ? [`Desde ${least || 1}`, `S/ ${soles}`] : null);
  const input = (name: string, mode: string) =>
    html`<input
      id="${name}"
      name="${name}"
      value="${state.value(name)}"
      inputmode="${mode}"
      autocomplete="off"
      ${state.error(name) ? html` aria-invalid="true" aria-describedby="${name}-mal"` : null}
    />`;
  return html`${wrong.map((name) => html`<p class="wrong" id="${name}-mal">${state.error(name)}</p>`)}
    <p class="unit">
      <label for="${from}">Desde</label>${input(from, "numeric")}<label for="${cost}">S/</label
      >${input(cost, "decimal")}
    </p>`;
}
