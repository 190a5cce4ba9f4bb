import { certificates, cropStates, crops } from "@minka/domain/vocabulary";
import { z } from "zod";
import {
  dayField,
  districtField,
  moneyField,
  numberField,
  optionsField,
  selectField,
  textField,
} from "../../design/fields.ts";
import { html } from "../../design/html.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { districtText, note, noteField, solesText, title, words, type KindForm } from "./kind-form.ts";

const percent = kinds.decimal({ most: 100, unit: "%" }).optional;
const part = kinds.decimal({ least: 0.01, most: 1 }).optional;

const fields = z
  .object({
    titulo: title,
    cultivo: kinds.choice(crops).required,
    estado: kinds.choice(cropStates).required,
    minimokg: kinds.decimal({ most: 10_000_000, unit: "kg" }).required,
    maximokg: kinds.decimal({ least: 0.001, most: 10_000_000, unit: "kg" }).optional,
    trato: kinds.choice(["fixed", "differential", "agree"]).required,
    precio: kinds.money({ least: -100_000, most: 100_000 }).optional,
    referencia: kinds.text(60).optional,
    humedad: percent,
    defectos: percent,
    fermentado: percent,
    taza: kinds.decimal({ most: 100, unit: "puntos" }).optional,
    cadmio: kinds.decimal({ most: 10, unit: "mg/kg" }).optional,
    certificados: kinds.choices(certificates),
    distrito: kinds.district().required,
    desde: kinds.day().optional,
    hasta: kinds.day().optional,
    babaseco: part,
    babaoro: part,
    secooro: part,
    pergaminooro: part,
    nota: note,
  })
  .refine(({ trato, precio }) => trato === "agree" || precio !== undefined, {
    path: ["precio"],
    message: "Escriba cuánto por kilo.",
  })
  .refine(({ trato, precio }) => trato !== "fixed" || (precio ?? 0) >= 0, {
    path: ["precio"],
    message: "El precio no puede ser menos de cero.",
  })
  .refine(({ trato, referencia }) => trato !== "differential" || referencia !== undefined, {
    path: ["referencia"],
    message: "Escriba qué precio miran los dos, por ejemplo: Bolsa de Nueva York.",
  })
  .refine(({ minimokg, maximokg }) => maximokg === undefined || maximokg >= minimokg, {
    path: ["maximokg"],
    message: "Debe ser igual o más que lo mínimo.",
  })
  .refine(({ desde, hasta }) => desde === undefined || hasta === undefined || hasta >= desde, {
    path: ["hasta"],
    message: "No puede terminar antes de empezar.",
  });

const priceOf = ({
  trato,
  precio,
  referencia,
}: Pick<z.output<typeof fields>, "trato" | "precio" | "referencia">) => {
  if (trato === "agree" || precio === undefined) return null;
  return trato === "fixed"
    ? { mode: "fixed" as const, centimosPerKg: precio }
    : { mode: "differential" as const, reference: referencia ?? "", centimosPerKg: precio };
};

export const purchaseForm: KindForm<"purchase"> = {
  fields: fields.transform((typed) => {
    const conversions = {
      "cacao-wet-to-dry": typed.babaseco,
      "coffee-wet-to-green": typed.babaoro,
      "coffee-dry-to-green": typed.secooro,
      "coffee-parchment-to-green": typed.pergaminooro,
    };
    return {
      kind: "purchase" as const,
      title: typed.titulo,
      crop: typed.cultivo,
      state: typed.estado,
      minimumKg: typed.minimokg,
      maximumKg: typed.maximokg,
      price: priceOf(typed),
      quality: {
        maximumMoisturePercent: typed.humedad,
        maximumDefectsPercent: typed.defectos,
        minimumFermentationPercent: typed.fermentado,
        minimumCupPoints: typed.taza,
        maximumCadmiumMgPerKg: typed.cadmio,
      },
      certificates: typed.certificados,
      delivery: { districtCode: typed.distrito, from: typed.desde, until: typed.hasta },
      ...(Object.values(conversions).some((factor) => factor !== undefined) ? { conversions } : {}),
      note: typed.nota,
    };
  }),
  defaults: (terms) =>
    terms
      ? {
          titulo: terms.title,
          cultivo: terms.crop,
          estado: terms.state,
          minimokg: terms.minimumKg,
          maximokg: terms.maximumKg,
          trato: terms.price?.mode ?? "agree",
          precio: solesText(terms.price?.centimosPerKg),
          referencia: terms.price?.mode === "differential" ? terms.price.reference : undefined,
          humedad: terms.quality.maximumMoisturePercent,
          defectos: terms.quality.maximumDefectsPercent,
          fermentado: terms.quality.minimumFermentationPercent,
          taza: terms.quality.minimumCupPoints,
          cadmio: terms.quality.maximumCadmiumMgPerKg,
          certificados: terms.certificates,
          distrito: districtText(terms.delivery.districtCode),
          desde: terms.delivery.from,
          hasta: terms.delivery.until,
          babaseco: terms.conversions?.["cacao-wet-to-dry"],
          babaoro: terms.conversions?.["coffee-wet-to-green"],
          secooro: terms.conversions?.["coffee-dry-to-green"],
          pergaminooro: terms.conversions?.["coffee-parchment-to-green"],
          nota: terms.note,
        }
      : { cultivo: "cacao", estado: "dry", minimokg: 50, trato: "fixed" },
  show: (state) =>
    html`${textField(state, { name: "titulo", label: "¿Cómo se llama?", hint: "Por ejemplo: Compra de cacao seco.", maxlength: 80 })}
      ${selectField(state, { name: "cultivo", label: "¿Qué compra?", options: words("crop", crops) })}
      ${selectField(state, { name: "estado", label: "¿Cómo lo compra?", options: words("crop_state", cropStates) })}
      ${numberField(state, { name: "minimokg", label: "Desde cuánto", unit: "kg" })}
      ${numberField(state, { name: "maximokg", label: "Hasta cuánto", unit: "kg", optional: true })}
      ${optionsField(state, {
        name: "trato",
        label: "¿Cómo paga?",
        options: [
          { value: "fixed", words: "Precio fijo por kilo" },
          { value: "differential", words: "Un precio de referencia, más o menos algo" },
          { value: "agree", words: "Se acuerda con cada persona" },
        ],
      })}
      ${moneyField(state, { name: "precio", label: "Por kilo", hint: "Con referencia: lo que suma, o con menos lo que resta.", optional: true })}
      ${textField(state, { name: "referencia", label: "Precio de referencia", optional: true, maxlength: 60 })}
      ${districtField(state, { name: "distrito", label: "¿En qué distrito recibe?" })}
      ${dayField(state, { name: "desde", label: "Recibe desde", optional: true })}
      ${dayField(state, { name: "hasta", label: "Recibe hasta", optional: true })}
      <h3>Calidad que pide</h3>
      ${numberField(state, { name: "humedad", label: "Humedad, lo más", unit: "%", optional: true })}
      ${numberField(state, { name: "defectos", label: "Defectos, lo más", unit: "%", optional: true })}
      ${numberField(state, { name: "fermentado", label: "Fermentado, lo menos (cacao)", unit: "%", optional: true })}
      ${numberField(state, { name: "taza", label: "Taza, lo menos", unit: "puntos", optional: true })}
      ${numberField(state, { name: "cadmio", label: "Cadmio, lo más (cacao)", unit: "mg/kg", optional: true })}
      ${optionsField(state, { name: "certificados", label: "¿Qué certificados pide?", many: true, optional: true, options: words("certificate", certificates) })}
      <details>
        <summary>Cuánto queda de un kilo en otro estado</summary>
        <p class="quiet">De 1 kg quedan… Por ejemplo 0.38. Vacío: usamos lo acostumbrado.</p>
        ${numberField(state, { name: "babaseco", label: "Cacao, de baba a seco", unit: "kg", optional: true })}
        ${numberField(state, { name: "babaoro", label: "Café, de cereza a oro", unit: "kg", optional: true })}
        ${numberField(state, { name: "secooro", label: "Café, de bola seca a oro", unit: "kg", optional: true })}
        ${numberField(state, { name: "pergaminooro", label: "Café, de pergamino a oro", unit: "kg", optional: true })}
      </details>
      ${noteField(state)}`,
  names: {
    title: "titulo",
    crop: "cultivo",
    state: "estado",
    minimumKg: "minimokg",
    maximumKg: "maximokg",
    "price.centimosPerKg": "precio",
    "price.reference": "referencia",
    "quality.maximumMoisturePercent": "humedad",
    "quality.maximumDefectsPercent": "defectos",
    "quality.minimumFermentationPercent": "fermentado",
    "quality.minimumCupPoints": "taza",
    "quality.maximumCadmiumMgPerKg": "cadmio",
    "delivery.districtCode": "distrito",
    "delivery.from": "desde",
    "delivery.until": "hasta",
  },
};
