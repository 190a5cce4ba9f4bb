import { proposeSponsorship, sponsoredKinds } from "@minka/contracts/sponsorships";
import { crops, topics } from "@minka/domain/vocabulary";
import { word } from "@minka/language/texts";
import { z } from "zod";
import {
  dayField,
  form,
  moneyField,
  numberField,
  optionsField,
  submit,
  textField,
} from "../../design/fields.ts";
import { html } from "../../design/html.ts";
import { formState } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, operatorPage } from "../../visits/page.ts";
import { capitalized, kindWords } from "../../words/field-words.ts";
import { areas, areasField } from "../provider/coverage-field.ts";
import { sexWords } from "./desk-words.ts";
import { sponsorshipsPath } from "./sponsorships-page.ts";

const sexes = ["f", "m"] as const;
const tooShort = { message: "Escriba un poco más." };

const fields = z.object({
  programa: kinds
    .text(80, "Escriba cómo se llama el programa.")
    .required.refine((text) => text.length > 1, tooShort),
  titulo: kinds.text(80, "Escriba para quién es.").required.refine((text) => text.length > 2, tooShort),
  presupuesto: kinds.money({ least: 1 }).required,
  del: kinds.day().required,
  al: kinds.day().required,
  parte: kinds.wholeNumber({ least: 1, most: 100 }).required,
  tope: kinds.money({ least: 1 }).required,
  veces: kinds.wholeNumber({ least: 1, most: 100 }).required,
  servicios: kinds.choices(sponsoredKinds),
  temas: kinds.choices(topics),
  cultivos: kinds.choices(crops),
  sexo: kinds.choices(sexes),
  lugares: areas,
});

const fieldOf = (path: string) =>
  ({
    "body.title": "titulo",
    "body.budgetCentimos": "presupuesto",
    "body.from": "del",
    "body.until": "al",
    "body.sharePercent": "parte",
    "body.mostPerServiceCentimos": "tope",
    "body.mostPerPerson": "veces",
  })[path];

/** A programme pays services for a group: an operator writes it down, and another one approves. */
export const newSponsorshipPage = operatorPage(`${sponsorshipsPath}/nuevo`)({
  read: async () => null,
  show: (visit, _data, attempt) => {
    const state = formState(attempt, "proponer", { del: visit.today, parte: 100, veces: 1 });
    const option = (group: "topic" | "crop") => (value: string) => ({
      value,
      words: capitalized(word(group, value)),
    });
    return {
      title: "Un auspicio nuevo",
      desk: true,
      main: html`<h1>¿Quién paga, y para quién?</h1>
        <p class="lead">
          Para un programa que paga servicios. No se paga nada hasta que otra persona lo apruebe.
        </p>
        ${form(
          visit,
          state,
          html`${textField(state, { name: "programa", label: "Quién paga", hint: "Como lo lee quien pide. Por ejemplo: Programa Cacao Mujer.", maxlength: 80, autocomplete: "off" })}
            ${textField(state, { name: "titulo", label: "Para quién es", hint: "Por ejemplo: poda para mujeres de Tocache.", maxlength: 80, autocomplete: "off" })}
            ${moneyField(state, { name: "presupuesto", label: "Presupuesto en total" })}
            ${dayField(state, { name: "del", label: "Primer día" })}
            ${dayField(state, { name: "al", label: "Último día para pedir" })}
            ${numberField(state, { name: "parte", label: "Qué parte del precio paga", unit: "%" })}
            ${moneyField(state, { name: "tope", label: "Hasta cuánto cada vez" })}
            ${numberField(state, { name: "veces", label: "Cuántas veces por persona", unit: "veces" })}
            <details ${attempt ? html` open` : null}>
              <summary>Solo para algunos pedidos o personas</summary>
              ${optionsField(state, { name: "servicios", label: "Qué paga", many: true, optional: true, options: sponsoredKinds.map((value) => ({ value, words: kindWords[value] })) })}
              ${optionsField(state, { name: "sexo", label: "Mujeres u hombres", many: true, optional: true, options: sexes.map((value) => ({ value, words: sexWords[value] })) })}
              ${areasField(state, { name: "lugares", label: "¿Dónde?", hint: "Un lugar por línea. Vacío: en todas partes.", optional: true })}
              ${optionsField(state, { name: "temas", label: "Temas", many: true, optional: true, options: topics.map(option("topic")) })}
              ${optionsField(state, { name: "cultivos", label: "Cultivos", many: true, optional: true, options: crops.map(option("crop")) })}
            </details>
            ${submit("Proponer este auspicio")}`,
        )}
        <p><a class="more" href="${sponsorshipsPath}">Todos los auspicios</a></p>`,
    };
  },
  actions: {
    proponer: action(
      fields,
      async (visit, of) => {
        const { sponsorshipId } = await visit.call(proposeSponsorship, {
          body: {
            sponsor: { kind: "programme", name: of.programa },
            title: of.titulo,
            budgetCentimos: of.presupuesto,
            from: of.del,
            until: of.al,
            sharePercent: of.parte,
            mostPerServiceCentimos: of.tope,
            mostPerPerson: of.veces,
            kinds: of.servicios,
            topics: of.temas,
            crops: of.cultivos,
            sexes: of.sexo,
            districts: of.lugares.filter((area) => area !== "PE"),
          },
        });
        return goTo(`${sponsorshipsPath}/${sponsorshipId}`, "propuesto");
      },
      fieldOf,
    ),
  },
});
