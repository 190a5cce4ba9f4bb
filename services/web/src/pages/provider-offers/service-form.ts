import { hiredServices } from "@minka/domain/vocabulary";
import { z } from "zod";
import { districtField, moneyField, numberField, selectField, textField } from "../../design/fields.ts";
import { html } from "../../design/html.ts";
import * as kinds from "../../forms/field-kinds.ts";
import {
  cropsField,
  districtText,
  note,
  noteField,
  solesText,
  someCrops,
  title,
  words,
  type KindForm,
} from "./kind-form.ts";

const units = ["sample", "kg", "quintal", "tonne", "hour", "day", "month", "visit", "plot"] as const;
const unitWords: Record<(typeof units)[number], string> = {
  sample: "Muestra",
  kg: "Kilo",
  quintal: "Quintal",
  tonne: "Tonelada",
  hour: "Hora",
  day: "Día",
  month: "Mes",
  visit: "Visita",
  plot: "Parcela",
};

const fields = z
  .object({
    titulo: title,
    servicio: kinds.choice(hiredServices).required,
    cultivos: someCrops,
    unidad: kinds.choice(units).required,
    precio: kinds.money().optional,
    distrito: kinds.district().optional,
    lugar: kinds.text(80).optional,
    cupo: kinds.wholeNumber({ least: 1 }).optional,
    nota: note,
  })
  .refine(({ distrito, lugar }) => (distrito === undefined) === (lugar === undefined), {
    path: ["lugar"],
    message: "Escriba el distrito y el lugar, o ninguno.",
  });

export const serviceForm: KindForm<"service"> = {
  fields: fields.transform((typed) => ({
    kind: "service" as const,
    title: typed.titulo,
    service: typed.servicio,
    crops: typed.cultivos,
    unit: typed.unidad,
    priceCentimos: typed.precio ?? null,
    ...(typed.distrito && typed.lugar ? { place: { districtCode: typed.distrito, name: typed.lugar } } : {}),
    monthlyCapacity: typed.cupo,
    note: typed.nota,
  })),
  defaults: (terms) =>
    terms
      ? {
          titulo: terms.title,
          servicio: terms.service,
          cultivos: terms.crops,
          unidad: terms.unit,
          precio: solesText(terms.priceCentimos),
          distrito: districtText(terms.place?.districtCode),
          lugar: terms.place?.name,
          cupo: terms.monthlyCapacity,
          nota: terms.note,
        }
      : { unidad: "visit" },
  show: (state) =>
    html`${textField(state, { name: "titulo", label: "¿Cómo se llama?", maxlength: 80 })}
    ${selectField(state, { name: "servicio", label: "¿Qué hace?", none: "Elija", options: words("service", hiredServices) })}
    ${selectField(state, { name: "unidad", label: "El precio es por…", options: units.map((unit) => ({ value: unit, words: unitWords[unit] })) })}
    ${moneyField(state, { name: "precio", label: "Precio", hint: "Vacío: se acuerda con cada persona.", optional: true })}
    ${cropsField(state, { any: true })}
    ${districtField(state, { name: "distrito", label: "Si atiende en un local, ¿en qué distrito?", optional: true })}
    ${textField(state, { name: "lugar", label: "¿En qué lugar?", optional: true, maxlength: 80 })}
    ${numberField(state, { name: "cupo", label: "¿Cuántos puede atender al mes?", inputmode: "numeric", optional: true })}
    ${noteField(state)}`,
  names: {
    title: "titulo",
    service: "servicio",
    unit: "unidad",
    priceCentimos: "precio",
    "place.districtCode": "distrito",
    "place.name": "lugar",
    monthlyCapacity: "cupo",
  },
};
