import type { listOffers } from "@minka/contracts/catalog";
import type { Answer } from "@minka/contracts/endpoint";
import { lotCrops, lotFairness } from "@minka/contracts/lots";
import { harvestStates } from "@minka/domain/harvest-weights";
import { certificates } from "@minka/domain/vocabulary";
import { word } from "@minka/language/texts";
import { z } from "zod";
import {
  dayField,
  districtField,
  moneyField,
  numberField,
  optionsField,
  selectField,
  submit,
  textField,
  tickField,
} from "../../design/fields.ts";
import { html, type Html } from "../../design/html.ts";
import type { FormState } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { capitalized } from "../../words/field-words.ts";
import { harvestWords, placeName, priceWords } from "./lot-words.ts";

type Offer = Answer<typeof listOffers>["items"][number];

/** What is gathered, in which state it is weighed. */
const harvests = lotCrops.flatMap((crop) =>
  harvestStates(crop).map((cropState) => ({ crop, cropState, value: `${crop}:${cropState}` })),
);

const percent = () => kinds.decimal({ least: 0, most: 100, unit: "%" }).optional;
const kilos = () => kinds.decimal({ least: 1, most: 10_000_000, unit: "kg" }).required;

const shape = z.object({
  nombre: kinds.text(80, "Escriba cómo se llama el lote.").required,
  cosecha: kinds.text(20, "Elija la cosecha.").required.transform((written, context) => {
    const found = harvests.find(({ value }) => value === written);
    if (found) return [found.crop, found.cropState] as const;
    context.addIssue({ code: "custom", message: "Elija la cosecha." });
    return z.NEVER;
  }),
  pedido: kinds.text(80).optional.transform((written) => {
    const [offerId = "", version = "", ...harvest] = (written ?? "").split(":");
    if (!z.uuid().safeParse(offerId).success || !/^\d{1,6}$/.test(version)) return undefined;
    const asked = harvests.find(({ value }) => value === harvest.join(":")) ?? null;
    return { offerId, offerVersion: Number(version), asked };
  }),
  minimo: kilos(),
  maximo: kilos(),
  hasta: kinds.day().required,
  desde: kinds.day().required,
  fin: kinds.day().required,
  punto1: kinds.text(60, "Escriba dónde se lleva.").required,
  distrito1: kinds.district().required,
  dia1: kinds.day().optional,
  punto2: kinds.text(60).optional,
  distrito2: kinds.district().optional,
  dia2: kinds.day().optional,
  punto3: kinds.text(60).optional,
  distrito3: kinds.district().optional,
  dia3: kinds.day().optional,
  regla: kinds.choice(lotFairness).required,
  partes: kinds.tick(),
  servicio: kinds.money().optional,
  porcentaje: kinds.decimal({ least: 0, most: 30, unit: "%" }).optional,
  espera: kinds.money({ least: 0.01 }).optional,
  humedad: percent(),
  defectos: percent(),
  fermentado: percent(),
  taza: percent(),
  cadmio: kinds.decimal({ least: 0, most: 10 }).optional,
  certificados: kinds.choices(certificates),
  mujeres: percent(),
  vecinos: kinds.tick(),
});

/** What the fields must be to each other, each rule beside the field to mend. */
export const lotShape = shape.superRefine((lot, context) => {
  const wrong = (path: keyof typeof lot, message: string) =>
    context.addIssue({ code: "custom", path: [path], message });
  const { cosecha, pedido, minimo, maximo, hasta, desde, fin } = lot;
  const asked = pedido?.asked;
  if (asked && (asked.crop !== cosecha[0] || asked.cropState !== cosecha[1]))
    wrong("cosecha", `El comprador que eligió abajo pide ${harvestWords(asked)}.`);
  if (maximo < minimo) wrong("maximo", "Lo más que entra no puede ser menos que lo mínimo.");
  if (fin < desde) return wrong("fin", "El acopio no puede terminar antes de empezar.");
  if (hasta > fin) wrong("hasta", "No se puede ofrecer hasta después de que termina el acopio.");
  for (const name of ["dia1", "dia2", "dia3"] as const) {
    const day = lot[name];
    if (day !== undefined && (day < desde || day > fin))
      wrong(name, "Tiene que ser entre los días en que el acopio empieza y termina.");
  }
});

const fieldByPath: Readonly<Record<string, string>> = {
  "body.cropState": "cosecha",
  "body.minimumKg": "minimo",
  "body.maximumKg": "maximo",
  "body.pledgeUntil": "hasta",
  "body.collectFrom": "desde",
  "body.collectUntil": "fin",
  "body.points.0.collectsOn": "dia1",
  "body.points.1.collectsOn": "dia2",
  "body.points.2.collectsOn": "dia3",
  "body.title": "nombre",
};
export const lotFieldOf = (path: string) => fieldByPath[path];

const fairnessWords = {
  "most-paid": "Lo que paga más a todas y todos juntos",
  "equal-shares": "Una parte igual para cada quien",
  "small-first": "Primero quien trae poco",
} as const;

export function lotForm(state: FormState, offers: readonly Offer[]): Html {
  const hasErrors = (...names: string[]) => names.some((name) => state.error(name) !== null);
  return html`${textField(state, { name: "nombre", label: "¿Cómo se llama?", hint: "Así lo leen en el SMS: por ejemplo Cacao de diciembre.", maxlength: 80 })}
    ${selectField(state, {
      name: "cosecha",
      label: "¿Qué cosecha, y cómo se pesa?",
      none: "Elija",
      options: harvests.map(({ crop, cropState, value }) => ({
        value,
        words: capitalized(harvestWords({ crop, cropState })),
      })),
    })}
    ${selectField(state, {
      name: "pedido",
      label: "¿Responde al pedido de un comprador?",
      hint: "Por cosecha, primero quien paga más. Si elige uno, valen sus límites de calidad y sus certificados, y le avisamos.",
      none: "Todavía a ninguno",
      options: offerOptions(offers),
    })}
    ${numberField(state, { name: "minimo", label: "Lo mínimo para venderlo", unit: "kg", maxlength: 12 })}
    ${numberField(state, { name: "maximo", label: "Lo más que entra", unit: "kg", maxlength: 12 })}
    <h2>Cuándo y dónde</h2>
    ${dayField(state, { name: "hasta", label: "Se puede ofrecer hasta", hint: "Ese día a las 8 p. m. se cierra." })}
    ${dayField(state, { name: "desde", label: "El acopio empieza" })}
    ${dayField(state, { name: "fin", label: "El acopio termina" })} ${point(state, 1)}
    <details ${hasErrors("punto2", "distrito2", "dia2", "punto3", "distrito3", "dia3") ? html` open` : null}>
      <summary>Otros lugares de acopio</summary>
      ${point(state, 2)} ${point(state, 3)}
    </details>
    <h2>Reglas</h2>
    ${optionsField(state, {
      name: "regla",
      label: "Si no entra todo, ¿qué entra primero?",
      options: lotFairness.map((one) => ({ value: one, words: fairnessWords[one] })),
    })}
    ${tickField(state, { name: "partes", label: "Se puede tomar solo una parte de lo que alguien trae" })}
    ${moneyField(state, { name: "servicio", label: "La organización cobra por kilo", optional: true, unit: "por kg", maxlength: 10 })}
    ${numberField(state, { name: "porcentaje", label: "O un porcentaje de lo que paga el comprador", optional: true, unit: "%", maxlength: 5 })}
    ${moneyField(state, { name: "espera", label: "¿Cuánto esperan que paguen?", hint: "Sirve para calcular mientras no hay contrato.", optional: true, unit: "por kg", maxlength: 10 })}
    <details
      ${hasErrors("humedad", "defectos", "fermentado", "taza", "cadmio", "mujeres") ? html` open` : null}
    >
      <summary>Calidad y certificados</summary>
      <p class="quiet">
        El promedio de todo el lote tiene que cumplirlo. Si hay comprador, vale lo más exigente.
      </p>
      ${numberField(state, { name: "humedad", label: "Humedad, como máximo", unit: "%", optional: true })}
      ${numberField(state, { name: "defectos", label: "Defectos, como máximo", unit: "%", optional: true })}
      ${numberField(state, { name: "fermentado", label: "Fermentado, al menos", unit: "%", optional: true })}
      ${numberField(state, { name: "taza", label: "Taza, al menos", unit: "puntos", optional: true })}
      ${numberField(state, { name: "cadmio", label: "Cadmio, como máximo", unit: "mg/kg", optional: true })}
      ${numberField(state, { name: "mujeres", label: "Cosecha de mujeres, al menos", unit: "%", optional: true })}
      ${optionsField(state, {
        name: "certificados",
        label: "Todo lo que entra tiene estos certificados",
        optional: true,
        many: true,
        options: certificates.map((one) => ({ value: one, words: capitalized(word("certificate", one)) })),
      })}
    </details>
    ${tickField(state, { name: "vecinos", label: "También puede ofrecer quien no es socia o socio y vive cerca" })}
    ${submit("Abrir el lote y avisar por SMS")}`;
}

const point = (state: FormState, number: 1 | 2 | 3): Html =>
  html`${textField(state, { name: `punto${number}`, label: number === 1 ? "¿Dónde se lleva?" : `Lugar ${number}`, hint: number === 1 ? "Por ejemplo: almacén de la cooperativa." : undefined, maxlength: 60, optional: number > 1 })}
  ${districtField(state, { name: `distrito${number}`, label: number === 1 ? "Distrito del acopio" : `Distrito del lugar ${number}`, optional: number > 1 })}
  ${dayField(state, { name: `dia${number}`, label: number === 1 ? "Día del acopio ahí" : `Día en el lugar ${number}`, hint: number === 1 ? "En blanco: cualquier día del acopio." : undefined, optional: true })}`;

/** Buyers' wishes for what a lot gathers, by crop and then by price. Their limits are read once one is chosen. */
function offerOptions(offers: readonly Offer[]) {
  const wishes = offers.flatMap(({ id, version, provider, terms }) => {
    if (terms.kind !== "purchase" || !lotCrops.some((crop) => crop === terms.crop)) return [];
    const { price, state: cropState, delivery } = terms;
    const crop = capitalized(harvestWords({ crop: terms.crop as (typeof lotCrops)[number], cropState }));
    const place = placeName(delivery.districtCode);
    return [
      {
        // With what is asked for: a lot of another harvest is told so beside the field.
        value: `${id}:${version}:${terms.crop}:${cropState}`,
        crop,
        // A price that follows a market is none yet: it comes after those that are said.
        centimos: price?.mode === "fixed" ? price.centimosPerKg : 0,
        words: `${crop}${price ? `, ${priceWords(price)}` : ""}: ${provider.name}, ${place}`,
      },
    ];
  });
  return wishes
    .toSorted((one, other) => one.crop.localeCompare(other.crop, "es") || other.centimos - one.centimos)
    .map(({ value, words }) => ({ value, words }));
}
