import type { TermsOf } from "@minka/contracts/offer-terms";
import { equipmentProducts, inputProducts, packUnits, type PackUnit } from "@minka/domain/vocabulary";
import { z } from "zod";
import { numberField, optionsField, selectField, textField, tickField } from "../../design/fields.ts";
import { html, type Html } from "../../design/html.ts";
import type { FormState } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { areaLines, areasField, districts } from "../provider/coverage-field.ts";
import {
  both,
  cropsField,
  note,
  noteField,
  someCrops,
  title,
  words,
  type Defaults,
  type KindForm,
} from "./kind-form.ts";
import { readTiers, tierDefaults, tierNames, tiersField } from "./price-tiers.ts";

const goods = {
  titulo: title,
  cultivos: someCrops,
  hay: kinds.wholeNumber().optional,
  entrega: districts,
  dias: kinds.wholeNumber({ most: 120 }).required,
  nota: note,
};

const goodsDefaults = (terms: TermsOf<"input"> | TermsOf<"equipment"> | null): Defaults =>
  terms
    ? {
        titulo: terms.title,
        producto: terms.product,
        cultivos: terms.crops,
        hay: terms.stockPacks,
        entrega: areaLines(terms.delivery.districtCodes),
        dias: terms.delivery.days,
        nota: terms.note,
        ...tierDefaults(terms.tiers),
      }
    : { dias: 0, ...tierDefaults([]) };

const goodsNames = {
  title: "titulo",
  product: "producto",
  stockPacks: "hay",
  "delivery.days": "dias",
  "delivery.districtCodes": "entrega",
  ...tierNames,
};

const deliveryFields = (state: FormState): Html =>
  html`${numberField(state, { name: "hay", label: "¿Cuántos tiene ahora?", hint: "A quien pide más no se lo ofrecemos. Vacío: no lleva la cuenta.", inputmode: "numeric", optional: true })}
  ${areasField(state, { name: "entrega", label: "¿En qué distritos entrega?", hint: "Un distrito por línea. Vacío: se recoge en la tienda.", optional: true })}
  ${numberField(state, { name: "dias", label: "¿En cuántos días está listo?", hint: "0 si es el mismo día.", inputmode: "numeric", unit: "días" })}`;

const unitWords: Record<PackUnit, string> = { kg: "kilos", liter: "litros", unit: "unidades" };

const inputFields = both(
  z
    .object({
      ...goods,
      producto: kinds.choice(inputProducts).required,
      cantidad: kinds.decimal({ least: 0.01, most: 100_000 }).required,
      unidad: kinds.choice(packUnits).required,
      organico: kinds.tick(),
      registro: kinds.text(40).optional,
    })
    .refine(({ unidad, cantidad }) => unidad !== "unit" || Number.isInteger(cantidad), {
      path: ["cantidad"],
      message: "Escriba un número entero de unidades.",
    }),
  readTiers,
);

export const inputForm: KindForm<"input"> = {
  fields: inputFields.transform(([typed, tiers]) => ({
    kind: "input" as const,
    title: typed.titulo,
    product: typed.producto,
    crops: typed.cultivos,
    pack: { amount: typed.cantidad, unit: typed.unidad },
    tiers,
    stockPacks: typed.hay,
    delivery: { districtCodes: typed.entrega, days: typed.dias },
    organicApproved: typed.organico,
    registerNumber: typed.registro,
    note: typed.nota,
  })),
  defaults: (terms) => ({
    ...goodsDefaults(terms),
    ...(terms
      ? {
          cantidad: terms.pack.amount,
          unidad: terms.pack.unit,
          organico: terms.organicApproved,
          registro: terms.registerNumber,
        }
      : { cantidad: 50, unidad: "kg" }),
  }),
  show: (state) =>
    html`${textField(state, { name: "titulo", label: "¿Cómo se llama?", hint: "Por ejemplo: Guano de isla, saco de 50 kg.", maxlength: 80 })}
    ${selectField(state, { name: "producto", label: "¿Qué es?", none: "Elija", options: words("product", inputProducts) })}
    ${numberField(state, { name: "cantidad", label: "¿Cuánto trae cada envase?" })}
    ${optionsField(state, { name: "unidad", label: "¿En qué se mide?", options: packUnits.map((unit) => ({ value: unit, words: unitWords[unit] })) })}
    ${tiersField(state, { what: "envase" })} ${cropsField(state, { any: true })}
    ${tickField(state, { name: "organico", label: "Sirve para chacra orgánica" })}
    ${textField(state, { name: "registro", label: "Registro del SENASA", hint: "Los plaguicidas lo necesitan.", optional: true, maxlength: 40 })}
    ${deliveryFields(state)} ${noteField(state)}`,
  names: {
    ...goodsNames,
    "pack.amount": "cantidad",
    "pack.unit": "unidad",
    organicApproved: "organico",
    registerNumber: "registro",
  },
};

const modes = ["sale", "rent", "repair"] as const;
const modeWords = { sale: "Vendo", rent: "Alquilo", repair: "Arreglo" } as const;
const rents = ["hour", "day", "week", "season"] as const;
const rentWords = { hour: "Hora", day: "Día", week: "Semana", season: "Campaña" } as const;

const equipmentFields = both(
  z
    .object({
      ...goods,
      producto: kinds.choice(equipmentProducts).required,
      modo: kinds.choice(modes).required,
      por: kinds.choice(rents).optional,
      garantia: kinds.wholeNumber({ most: 120 }).optional,
    })
    .refine(({ modo, por }) => modo !== "rent" || por !== undefined, {
      path: ["por"],
      message: "Elija por cuánto tiempo es el alquiler.",
    }),
  readTiers,
);

export const equipmentForm: KindForm<"equipment"> = {
  fields: equipmentFields.transform(([typed, tiers]) => ({
    kind: "equipment" as const,
    title: typed.titulo,
    product: typed.producto,
    crops: typed.cultivos,
    mode: typed.modo,
    // What the other choices left behind in the form is not meant.
    ...(typed.modo === "rent" ? { rentPer: typed.por } : {}),
    ...(typed.modo === "sale" ? { warrantyMonths: typed.garantia } : {}),
    tiers,
    stockPacks: typed.hay,
    delivery: { districtCodes: typed.entrega, days: typed.dias },
    note: typed.nota,
  })),
  defaults: (terms) => ({
    ...goodsDefaults(terms),
    modo: terms?.mode ?? "sale",
    por: terms?.rentPer,
    garantia: terms?.warrantyMonths,
  }),
  show: (state) =>
    html`${textField(state, { name: "titulo", label: "¿Cómo se llama?", maxlength: 80 })}
    ${selectField(state, { name: "producto", label: "¿Qué es?", none: "Elija", options: words("product", equipmentProducts) })}
    ${optionsField(state, { name: "modo", label: "¿Qué hace?", options: modes.map((mode) => ({ value: mode, words: modeWords[mode] })) })}
    ${selectField(state, { name: "por", label: "Si alquila, ¿el precio es por…?", none: "No alquilo", optional: true, options: rents.map((rent) => ({ value: rent, words: rentWords[rent] })) })}
    ${tiersField(state, { what: "uno" })}
    ${numberField(state, { name: "garantia", label: "Si vende, ¿cuánta garantía da?", inputmode: "numeric", unit: "meses", optional: true })}
    ${cropsField(state, { any: true })} ${deliveryFields(state)} ${noteField(state)}`,
  names: { ...goodsNames, mode: "modo", rentPer: "por", warrantyMonths: "garantia" },
};
