import { z } from "zod";
import {
  dayField,
  districtField,
  moneyField,
  numberField,
  selectField,
  textField,
} from "../../design/fields.ts";
import { html } from "../../design/html.ts";
import * as kinds from "../../forms/field-kinds.ts";
import {
  audienceField,
  audiences,
  cropsField,
  districtText,
  note,
  noteField,
  solesText,
  someCrops,
  someTopics,
  title,
  topicsField,
  type KindForm,
} from "./kind-form.ts";

const ways = ["course", "field_day", "workshop", "school_of_excellence", "internship", "mega_event"] as const;
const wayWords: Record<(typeof ways)[number], string> = {
  course: "Curso",
  field_day: "Día de campo",
  workshop: "Taller",
  school_of_excellence: "Escuela de excelencia",
  internship: "Pasantía",
  mega_event: "Evento grande",
};

const fields = z
  .object({
    titulo: title,
    temas: someTopics,
    cultivos: someCrops,
    forma: kinds.choice(ways).required,
    empieza: kinds.day().required,
    termina: kinds.day().optional,
    cupos: kinds.wholeNumber({ least: 1, most: 10_000 }).required,
    distrito: kinds.district().required,
    lugar: kinds.text(80, "Escriba en qué lugar.").required,
    precio: kinds.money().required,
    publico: kinds.choice(audiences).required,
    nota: note,
  })
  .refine(({ empieza, termina }) => termina === undefined || termina >= empieza, {
    path: ["termina"],
    message: "No puede terminar antes de empezar.",
  });

export const trainingForm: KindForm<"training"> = {
  fields: fields.transform((typed) => ({
    kind: "training" as const,
    title: typed.titulo,
    topics: typed.temas,
    crops: typed.cultivos,
    modality: typed.forma,
    startsOn: typed.empieza,
    endsOn: typed.termina ?? typed.empieza,
    seats: typed.cupos,
    place: { districtCode: typed.distrito, name: typed.lugar },
    priceCentimos: typed.precio,
    audience: typed.publico,
    note: typed.nota,
  })),
  defaults: (terms) =>
    terms
      ? {
          titulo: terms.title,
          temas: terms.topics,
          cultivos: terms.crops,
          forma: terms.modality,
          empieza: terms.startsOn,
          termina: terms.endsOn,
          cupos: terms.seats,
          distrito: districtText(terms.place.districtCode),
          lugar: terms.place.name,
          precio: solesText(terms.priceCentimos),
          publico: terms.audience,
          nota: terms.note,
        }
      : { forma: "workshop", publico: "everyone" },
  show: (state) =>
    html`${textField(state, { name: "titulo", label: "¿Cómo se llama?", maxlength: 80 })}
    ${topicsField(state, "¿De qué trata?")} ${cropsField(state, { any: true })}
    ${selectField(state, { name: "forma", label: "¿Qué es?", options: ways.map((way) => ({ value: way, words: wayWords[way] })) })}
    ${dayField(state, { name: "empieza", label: "Empieza" })}
    ${dayField(state, { name: "termina", label: "Termina", hint: "Vacío, si es un solo día.", optional: true })}
    ${numberField(state, { name: "cupos", label: "¿Cuántos cupos?", inputmode: "numeric", unit: "personas" })}
    ${districtField(state, { name: "distrito", label: "¿En qué distrito?" })}
    ${textField(state, { name: "lugar", label: "¿En qué lugar?", hint: "Por ejemplo: local comunal de Santa Rosa.", maxlength: 80 })}
    ${moneyField(state, { name: "precio", label: "Precio por persona", hint: "0 si es gratis." })}
    ${audienceField(state)} ${noteField(state)}`,
  names: {
    title: "titulo",
    topics: "temas",
    startsOn: "empieza",
    endsOn: "termina",
    seats: "cupos",
    "place.districtCode": "distrito",
    "place.name": "lugar",
    priceCentimos: "precio",
  },
};
