import { crops, modalities, topics } from "@minka/domain/vocabulary";
import { z } from "zod";
import { moneyField, numberField, optionsField, textField } from "../../design/fields.ts";
import { html } from "../../design/html.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { capitalized, modalityWords } from "../../words/field-words.ts";
import { point, pointText } from "../provider/point-field.ts";
import {
  cropsField,
  note,
  noteField,
  solesText,
  someTopics,
  topicsField,
  words,
  type KindForm,
} from "./kind-form.ts";

const fields = z
  .object({
    temas: someTopics,
    especial: kinds.choices(topics),
    cultivos: kinds.choices(crops, { least: 1, missing: "Elija al menos un cultivo." }),
    formas: kinds.choices(modalities, { least: 1, missing: "Elija al menos una forma." }),
    precio: kinds.money().required,
    cupo: kinds.wholeNumber({ least: 1, most: 1_000 }).required,
    base: point,
    alcance: kinds.decimal({ least: 1, most: 500, unit: "km" }).required,
    nota: note,
  })
  .refine(({ base }) => base !== undefined, { path: ["base"], message: "Escriba de dónde sale." });

export const assistanceForm: KindForm<"assistance"> = {
  fields: fields.transform(({ temas, especial, cultivos, formas, precio, cupo, base, alcance, nota }) => ({
    kind: "assistance" as const,
    topics: temas,
    specialistTopics: especial,
    crops: cultivos,
    modalities: formas,
    pricePerVisitCentimos: precio,
    monthlyCapacity: cupo,
    base: base ?? { latitude: 0, longitude: 0 },
    reachKm: alcance,
    note: nota,
  })),
  defaults: (terms) =>
    terms
      ? {
          temas: terms.topics,
          especial: terms.specialistTopics,
          cultivos: terms.crops,
          formas: terms.modalities,
          precio: solesText(terms.pricePerVisitCentimos),
          cupo: terms.monthlyCapacity,
          base: pointText(terms.base),
          alcance: terms.reachKm,
          nota: terms.note,
        }
      : { cultivos: ["cacao"], formas: ["field_visit"], cupo: 30, alcance: 30 },
  show: (state) =>
    html`${topicsField(state, "¿Qué enseña?")}
    ${optionsField(state, { name: "especial", label: "¿En cuáles es especialista?", many: true, optional: true, options: words("topic", topics) })}
    ${cropsField(state, { any: false })}
    ${optionsField(state, {
      name: "formas",
      label: "¿Cómo atiende?",
      many: true,
      options: modalities.map((way) => ({ value: way, words: capitalized(modalityWords[way]) })),
    })}
    ${moneyField(state, { name: "precio", label: "Precio de una visita", hint: "0 si la paga otro." })}
    ${numberField(state, { name: "cupo", label: "¿A cuántas personas al mes?", inputmode: "numeric", unit: "personas" })}
    ${textField(state, { name: "base", label: "¿De dónde sale?", hint: "Latitud y longitud, como las da el mapa del celular. Nadie más lo ve.", maxlength: 60 })}
    ${numberField(state, { name: "alcance", label: "¿Hasta cuántos kilómetros va?", unit: "km" })}
    ${noteField(state)}`,
  names: {
    topics: "temas",
    specialistTopics: "especial",
    crops: "cultivos",
    pricePerVisitCentimos: "precio",
    monthlyCapacity: "cupo",
    base: "base",
    reachKm: "alcance",
  },
};
