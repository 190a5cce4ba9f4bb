import { measures } from "@minka/contracts/lot-pledges";
import type { ContractTerms } from "@minka/contracts/lot-contracts";
import type { Lot } from "@minka/contracts/lots";
import { addDays, limaInstant } from "@minka/domain/lima-time";
import { z } from "zod";
import {
  dayField,
  districtField,
  moneyField,
  numberField,
  selectField,
  textField,
} from "../../design/fields.ts";
import { html, type Html } from "../../design/html.ts";
import type { FormState } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { placeLabel } from "./place-label.ts";
import { measureTitles } from "./lot-words.ts";

const kilos = () => kinds.decimal({ least: 1, most: 10_000_000, unit: "kg" }).required;
const rowsOfAdjustment = [1, 2, 3] as const;

const measured = () => kinds.choice(measures).optional;
const side = () => kinds.choice(["above", "below"]).optional;
const from = () => kinds.decimal({ least: 0, most: 100 }).optional;
const per = () => kinds.decimal({ least: 0.001, most: 100 }).optional;
const change = () => kinds.decimal({ least: -1000, most: 1000 }).optional;

/** The terms of a contract for a lot, of either side. */
export const termsShape = z
  .object({
    minimo: kilos(),
    maximo: kilos(),
    precio: kinds.money({ least: 0.01, most: 10_000 }).required,
    premio: kinds.money({ most: 10_000 }).optional,
    lugar: kinds.text(80, "Escriba dónde se entrega.").required,
    distrito: kinds.district().required,
    entrega: kinds.day().required,
    hastaEntrega: kinds.day().required,
    pago: kinds.wholeNumber({ least: 0, most: 365 }).required,
    adelanto: kinds.money().optional,
    vale: kinds.day().required,
    comprador: kinds.optionalId(),
    mide1: measured(),
    lado1: side(),
    desde1: from(),
    cada1: per(),
    cambia1: change(),
    mide2: measured(),
    lado2: side(),
    desde2: from(),
    cada2: per(),
    cambia2: change(),
    mide3: measured(),
    lado3: side(),
    desde3: from(),
    cada3: per(),
    cambia3: change(),
  })
  .transform((values) => ({
    ...values,
    adjustments: [
      [values.mide1, values.lado1, values.desde1, values.cada1, values.cambia1] as const,
      [values.mide2, values.lado2, values.desde2, values.cada2, values.cambia2] as const,
      [values.mide3, values.lado3, values.desde3, values.cada3, values.cambia3] as const,
    ],
  }))
  .superRefine(({ adjustments }, context) => {
    for (const [index, [measure, , ...numbers]] of adjustments.entries())
      if (measure !== undefined && numbers.includes(undefined))
        context.addIssue({
          code: "custom",
          path: [`mide${index + 1}`],
          message: "Complete este ajuste, o déjelo todo en blanco.",
        });
  });
type TermsValues = z.output<typeof termsShape>;

const lastHour = 20;

/** What is proposed, and until when it holds. */
export function proposalOf(values: TermsValues) {
  const terms = {
    minimumKg: values.minimo,
    maximumKg: values.maximo,
    centimosPerKg: values.precio,
    adjustments: values.adjustments.flatMap(([measure, beyond = "above", at, each, changes]) =>
      measure === undefined || at === undefined || each === undefined || changes === undefined
        ? []
        : [{ measure, beyond, from: at, per: each, centimosPerKg: Math.round(changes * 100) }],
    ),
    womenPremiumCentimosPerKg: values.premio ?? 0,
    delivery: {
      districtCode: values.distrito,
      place: values.lugar,
      from: values.entrega,
      until: values.hastaEntrega,
    },
    paymentDays: values.pago,
    advanceCentimos: values.adelanto ?? 0,
  };
  return { terms, validUntil: limaInstant(values.vale, lastHour).toISOString() };
}

const fieldByPath: Readonly<Record<string, string>> = {
  "body.buyerId": "comprador",
  "body.terms.minimumKg": "minimo",
  "body.terms.maximumKg": "maximo",
  "body.terms.centimosPerKg": "precio",
  "body.terms.delivery.from": "entrega",
  "body.terms.delivery.until": "hastaEntrega",
  "body.validUntil": "vale",
};
export const termsFieldOf = (path: string) => fieldByPath[path];

/** Of the last proposal, or what is known of the lot and its buyer's wish. */
export function termsDefaults(lot: Lot, last: ContractTerms | null, today: string) {
  const { demand } = lot;
  const rows = Object.fromEntries(
    (last?.adjustments ?? []).slice(0, rowsOfAdjustment.length).flatMap((one, index) => [
      [`mide${index + 1}`, one.measure],
      [`lado${index + 1}`, one.beyond],
      [`desde${index + 1}`, one.from],
      [`cada${index + 1}`, one.per],
      [`cambia${index + 1}`, one.centimosPerKg / 100],
    ]),
  );
  return {
    minimo: last?.minimumKg ?? lot.minimumGrams / 1000,
    maximo: last?.maximumKg ?? lot.maximumGrams / 1000,
    precio:
      last !== null
        ? last.centimosPerKg / 100
        : demand?.price?.mode === "fixed"
          ? demand.price.centimosPerKg / 100
          : undefined,
    premio: last && last.womenPremiumCentimosPerKg > 0 ? last.womenPremiumCentimosPerKg / 100 : undefined,
    lugar: last?.delivery.place,
    distrito: placeLabel(last?.delivery.districtCode ?? demand?.delivery.districtCode),
    entrega: last?.delivery.from ?? demand?.delivery.from ?? today,
    hastaEntrega: last?.delivery.until ?? demand?.delivery.until ?? addDays(today, 30),
    pago: last?.paymentDays ?? 15,
    adelanto: last && last.advanceCentimos > 0 ? last.advanceCentimos / 100 : undefined,
    vale: addDays(today, 3),
    ...rows,
  };
}

export function termsFields(state: FormState): Html {
  const isWrong = rowsOfAdjustment.some((row) => state.error(`mide${row}`) !== null);
  const isSet = rowsOfAdjustment.some((row) => state.value(`mide${row}`) !== "");
  return html`${moneyField(state, { name: "precio", label: "Precio por kilo", unit: "por kg", maxlength: 10 })}
    ${numberField(state, { name: "minimo", label: "Desde", unit: "kg", maxlength: 12 })}
    ${numberField(state, { name: "maximo", label: "Hasta", unit: "kg", maxlength: 12 })}
    ${moneyField(state, { name: "premio", label: "Premio por cosecha de mujeres", unit: "por kg", optional: true, maxlength: 10 })}
    ${textField(state, { name: "lugar", label: "¿Dónde se entrega?", maxlength: 80 })}
    ${districtField(state, { name: "distrito", label: "Distrito de la entrega" })}
    ${dayField(state, { name: "entrega", label: "Se entrega desde" })}
    ${dayField(state, { name: "hastaEntrega", label: "Se entrega hasta" })}
    ${numberField(state, { name: "pago", label: "Se paga después de la entrega, a los", unit: "días", inputmode: "numeric", maxlength: 3 })}
    ${moneyField(state, { name: "adelanto", label: "Adelanto del comprador", optional: true, maxlength: 12 })}
    ${dayField(state, { name: "vale", label: "Esta propuesta vale hasta", hint: "Ese día a las 8 p. m." })}
    <details ${isWrong || isSet ? html` open` : null}>
      <summary>El precio cambia con la calidad</summary>
      <p class="quiet">
        Por ejemplo: humedad, por encima de 7, por cada 0.5, cambia −0.10: diez céntimos menos por kilo.
      </p>
      ${rowsOfAdjustment.map((row) => adjustmentRow(state, row))}
    </details>`;
}

const adjustmentRow = (state: FormState, row: number): Html =>
  html`<fieldset class="f">
    <legend>Ajuste ${row}</legend>
    ${selectField(state, {
      name: `mide${row}`,
      label: "Qué se mide",
      none: "Ninguno",
      options: measures.map((one) => ({ value: one, words: measureTitles[one] })),
    })}
    ${selectField(state, {
      name: `lado${row}`,
      label: "Cuándo cambia",
      options: [
        { value: "above", words: "Por encima de" },
        { value: "below", words: "Por debajo de" },
      ],
    })}
    ${numberField(state, { name: `desde${row}`, label: "Este valor", maxlength: 8 })}
    ${numberField(state, { name: `cada${row}`, label: "Por cada", maxlength: 8 })}
    ${numberField(state, { name: `cambia${row}`, label: "Cambia, en soles por kilo", hint: "Con menos si baja: -0.10", inputmode: "text", maxlength: 8 })}
  </fieldset>`;
