import { loanPurposes } from "@minka/domain/vocabulary";
import { word } from "@minka/language/texts";
import { z } from "zod";
import { moneyField, numberField, optionsField, textField } from "../../design/fields.ts";
import { html } from "../../design/html.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { capitalized } from "../../words/field-words.ts";
import {
  audienceField,
  audiences,
  both,
  cropsField,
  note,
  noteField,
  solesText,
  someCrops,
  title,
  words,
  type KindForm,
} from "./kind-form.ts";
import {
  readRequirements,
  requirementDefaults,
  requirementNames,
  requirementsField,
} from "./loan-requirements.ts";

const months = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"] as const;
const term = kinds.wholeNumber({ least: 1, most: 120 }).required;

const fields = both(
  z
    .object({
      titulo: title,
      cultivos: someCrops,
      destinos: kinds.choices(loanPurposes, { least: 1, missing: "Elija al menos uno." }),
      minimo: kinds.money({ least: 1 }).required,
      maximo: kinds.money({ least: 1 }).required,
      tea: kinds.decimal({ most: 300, unit: "%" }).required,
      mesesmin: term,
      mesesmax: term,
      gracia: kinds.wholeNumber({ most: 36 }).optional,
      interes: kinds.choice(["paid", "added"]).required,
      cuotas: kinds.choice(["monthly", "harvest"]).required,
      cosecha: kinds.choices(months),
      apertura: kinds.money().optional,
      seguro: kinds.decimal({ most: 5, unit: "%" }).optional,
      porcuota: kinds.money().optional,
      publico: kinds.choice(audiences).required,
      nota: note,
    })
    .refine(({ minimo, maximo }) => maximo >= minimo, {
      path: ["maximo"],
      message: "Debe ser igual o más que el mínimo.",
    })
    .refine(({ mesesmin, mesesmax }) => mesesmax >= mesesmin, {
      path: ["mesesmax"],
      message: "Debe ser igual o más que el mínimo.",
    })
    .refine(({ gracia, mesesmin }) => (gracia ?? 0) < mesesmin, {
      path: ["gracia"],
      message: "Debe ser menos que el plazo mínimo.",
    })
    .refine(({ cuotas, cosecha }) => cuotas !== "harvest" || cosecha.length > 0, {
      path: ["cosecha"],
      message: "Elija en qué meses se paga.",
    })
    .refine(({ apertura, minimo }) => (apertura ?? 0) * 2 <= minimo, {
      path: ["apertura"],
      message: "Es más de la mitad del crédito más pequeño.",
    }),
  readRequirements,
);

export const creditForm: KindForm<"credit"> = {
  fields: fields.transform(([typed, requirements]) => ({
    kind: "credit" as const,
    title: typed.titulo,
    crops: typed.cultivos,
    purposes: typed.destinos,
    minimumCentimos: typed.minimo,
    maximumCentimos: typed.maximo,
    annualRatePercent: typed.tea,
    minimumMonths: typed.mesesmin,
    maximumMonths: typed.mesesmax,
    graceMonths: typed.gracia ?? 0,
    graceInterest: typed.interes,
    schedule: typed.cuotas,
    ...(typed.cuotas === "harvest" ? { harvestMonths: typed.cosecha.map(Number) } : {}),
    openingFeeCentimos: typed.apertura ?? 0,
    insuranceMonthlyPercent: typed.seguro ?? 0,
    instalmentFeeCentimos: typed.porcuota ?? 0,
    requirements,
    audience: typed.publico,
    note: typed.nota,
  })),
  defaults: (terms) =>
    terms
      ? {
          titulo: terms.title,
          cultivos: terms.crops,
          destinos: terms.purposes,
          minimo: solesText(terms.minimumCentimos),
          maximo: solesText(terms.maximumCentimos),
          tea: terms.annualRatePercent,
          mesesmin: terms.minimumMonths,
          mesesmax: terms.maximumMonths,
          gracia: terms.graceMonths,
          interes: terms.graceInterest,
          cuotas: terms.schedule,
          cosecha: terms.harvestMonths?.map(String),
          apertura: solesText(terms.openingFeeCentimos),
          seguro: terms.insuranceMonthlyPercent,
          porcuota: solesText(terms.instalmentFeeCentimos),
          publico: terms.audience,
          nota: terms.note,
          ...requirementDefaults(terms.requirements),
        }
      : {
          interes: "paid",
          cuotas: "monthly",
          publico: "everyone",
          ...requirementDefaults([{ requirement: "identity_document", substitutes: [] }]),
        },
  show: (state) =>
    html`${textField(state, { name: "titulo", label: "¿Cómo se llama?", maxlength: 80 })}
    ${optionsField(state, { name: "destinos", label: "¿Para qué presta?", many: true, options: words("purpose", loanPurposes) })}
    ${moneyField(state, { name: "minimo", label: "Desde" })}
    ${moneyField(state, { name: "maximo", label: "Hasta" })}
    ${numberField(state, { name: "tea", label: "Tasa al año (TEA)", unit: "%" })}
    ${numberField(state, { name: "mesesmin", label: "Plazo más corto", inputmode: "numeric", unit: "meses" })}
    ${numberField(state, { name: "mesesmax", label: "Plazo más largo", inputmode: "numeric", unit: "meses" })}
    ${optionsField(state, {
      name: "cuotas",
      label: "¿Cómo se paga?",
      options: [
        { value: "monthly", words: "Cada mes" },
        { value: "harvest", words: "En la cosecha" },
      ],
    })}
    ${optionsField(state, {
      name: "cosecha",
      label: "Si es en la cosecha, ¿en qué meses?",
      many: true,
      optional: true,
      options: months.map((month) => ({ value: month, words: capitalized(word("month", month)) })),
    })}
    ${numberField(state, { name: "gracia", label: "Meses de gracia", inputmode: "numeric", unit: "meses", optional: true })}
    ${optionsField(state, {
      name: "interes",
      label: "El interés de esos meses…",
      options: [
        { value: "paid", words: "Se paga cada mes" },
        { value: "added", words: "Se suma a la deuda" },
      ],
    })}
    ${moneyField(state, { name: "apertura", label: "Comisión al desembolsar", optional: true })}
    ${numberField(state, { name: "seguro", label: "Seguro de desgravamen al mes", unit: "%", optional: true })}
    ${moneyField(state, { name: "porcuota", label: "Cobro en cada cuota", optional: true })}
    ${requirementsField(state)} ${audienceField(state)} ${cropsField(state, { any: true })}
    ${noteField(state)}`,
  names: {
    title: "titulo",
    purposes: "destinos",
    minimumCentimos: "minimo",
    maximumCentimos: "maximo",
    annualRatePercent: "tea",
    minimumMonths: "mesesmin",
    maximumMonths: "mesesmax",
    graceMonths: "gracia",
    harvestMonths: "cosecha",
    openingFeeCentimos: "apertura",
    insuranceMonthlyPercent: "seguro",
    instalmentFeeCentimos: "porcuota",
    ...requirementNames,
  },
};
