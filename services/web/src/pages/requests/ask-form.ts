import type { AskedKind } from "./ask-answers.ts";
import {
  crops,
  equipmentProducts,
  hiredServices,
  inputProducts,
  quantityUnits,
  topics,
} from "@minka/domain/vocabulary";
import { word } from "@minka/language/texts";
import {
  districtField,
  form,
  hidden,
  numberField,
  selectField,
  submit,
  textField,
  tickField,
  type Option,
} from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import type { FormState } from "../../forms/attempt.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { capitalized } from "../../words/field-words.ts";

type Group = Parameters<typeof word>[0];

const options = (group: Group, entries: readonly string[]): Option[] =>
  entries.map((value) => ({ value, words: capitalized(word(group, value)) }));

/** Of most farms first: a long list is read from its top. */
const cropOptions = options("crop", crops);
const topicOptions = options("topic", topics);
const unitOptions = quantityUnits.map((value) => ({ value, words: word("unit_many", value) }));
const stateOptions: Option[] = [
  { value: "wet", words: "Fresco: en baba o en cereza" },
  { value: "dry", words: "Seco" },
  { value: "parchment", words: "Pergamino (café)" },
  { value: "green", words: "Oro verde (café)" },
];

const cropField = (state: FormState, none: string, label = "¿Para qué cultivo?") =>
  selectField(state, { name: "cultivo", label, options: cropOptions, none });

const topicField = (state: FormState, none: string) =>
  selectField(state, { name: "tema", label: "¿Sobre qué?", options: topicOptions, none });

const howMuch = (state: FormState, label: string, none?: string): Html =>
  html`${numberField(state, { name: "cantidad", label, optional: true })}
  ${selectField(state, { name: "unidad", label: "¿En qué medida?", options: unitOptions, ...(none === undefined ? {} : { none }) })}`;

const womanField = (state: FormState) =>
  tickField(state, { name: "mujer", label: "Que me atienda una mujer" });

/** What each kind is asked about, and nothing more. */
const questions: Record<AskedKind, (state: FormState) => Content> = {
  assistance: (state) => [
    topicField(state, "No sé: que venga a ver"),
    cropField(state, "Otro, o varios"),
    tickField(state, {
      name: "urgente",
      label: "Es urgente",
      hint: "Preguntamos a tres a la vez y va quien primero diga sí.",
    }),
    womanField(state),
  ],
  training: (state) => [
    topicField(state, "De todo un poco"),
    cropField(state, "Cualquiera"),
    womanField(state),
  ],
  input: (state) => [
    selectField(state, {
      name: "producto",
      label: "¿Qué quiere comprar?",
      options: options("product", inputProducts),
      none: "Elija",
    }),
    // One measure for all would be wrong for many: what is left open is counted as that product usually is.
    howMuch(state, "¿Cuánto?", "La de costumbre (sacos, litros…)"),
  ],
  equipment: (state) => [
    selectField(state, {
      name: "producto",
      label: "¿Qué busca?",
      options: options("product", equipmentProducts),
      none: "Elija",
    }),
    numberField(state, { name: "cantidad", label: "¿Cuántos?", inputmode: "numeric", optional: true }),
  ],
  purchase: (state) => [
    cropField(state, "Elija", "¿Qué quiere vender?"),
    selectField(state, {
      name: "estado",
      label: "¿Cómo está?",
      options: stateOptions,
      none: "De cualquier forma",
    }),
    howMuch(state, "¿Cuánto tiene?"),
  ],
  service: (state) => [
    selectField(state, {
      name: "servicio",
      label: "¿Qué necesita?",
      options: options("service", hiredServices),
      none: "Elija",
    }),
    cropField(state, "Otro, o varios"),
  ],
};

/** The middle screen: only what this kind needs, and where. */
export function askForm(
  visit: SignedVisit,
  state: FormState,
  { kind, offerId, address }: { kind: AskedKind; offerId: string | null; address: string },
): Html {
  return form(
    visit,
    state,
    html`${hidden("tipo", kind)}${offerId ? hidden("oferta", offerId) : null}${questions[kind](state)}
    ${districtField(state, { name: "distrito", label: "¿En qué distrito?", hint: "Por ejemplo: Uchiza, Tocache" })}
    ${textField(state, { name: "caserio", label: "Caserío", maxlength: 80, optional: true })}
    ${submit("Seguir")}`,
    { to: address },
  );
}
