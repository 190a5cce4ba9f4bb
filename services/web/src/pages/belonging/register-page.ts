import { organizationKinds, registerOrganization } from "@minka/contracts/organizations";
import { readProfile } from "@minka/contracts/people";
import { crops } from "@minka/domain/vocabulary";
import { districtLabel, findDistrict } from "@minka/geography/districts";
import { word } from "@minka/language/texts";
import { z } from "zod";
import {
  areaField,
  districtField,
  form,
  moneyField,
  optionsField,
  phoneField,
  submit,
  textField,
} from "../../design/fields.ts";
import { html, type Html } from "../../design/html.ts";
import { formState, type FormState } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import { capitalized } from "../../words/field-words.ts";
import { organizationKindWords } from "../../words/organization-words.ts";
import { lines, ruc } from "../organization-desk/data-fields.ts";
import { belongingPath } from "./belonging-page.ts";

/** Neighbours without papers form a group instead. */
const registered = organizationKinds.filter((kind) => kind !== "informal_group") as [
  Exclude<(typeof organizationKinds)[number], "informal_group">,
];

const fields = z
  .object({
    tipo: kinds.choice(registered, "Elija qué es.").required,
    nombre: kinds.text(80, "Escriba el nombre.").required,
    distrito: kinds.district().required,
    cultivos: kinds.choices(crops),
    ruc,
    celular: kinds.phone().optional,
    cuota: kinds.money().optional,
    piden: lines,
    dan: lines,
    jefe: kinds.text(80).optional,
  })
  .refine(({ tipo, jefe }) => tipo !== "native_community" || jefe !== undefined, {
    path: ["jefe"],
    message: "Escriba el nombre de su jefa o jefe.",
  });

export const registerPage = signedPage(`${belongingPath}/nueva`)({
  read: ({ call, person: { personId } }) => call(readProfile, { params: { personId } }),
  show: (visit, { profile }, attempt) => {
    const home = findDistrict(profile.districtCode ?? "");
    const state = formState(attempt, "registrar", {
      distrito: home ? districtLabel(home) : undefined,
      cultivos: profile.crops.map(({ crop }) => crop),
    });
    return {
      title: "Registrar una organización",
      main: html`<h1>¿Qué organización dirige?</h1>
        <p class="lead">
          Se ve en la lista desde hoy; una persona de Minka la revisa después. ¿Son vecinos sin papeles?
          <a href="${belongingPath}/grupo">Formen un grupo</a>.
        </p>
        ${form(visit, state, registerFields(state))}`,
    };
  },
  actions: {
    registrar: action(
      fields,
      async (visit, said) => {
        await visit.call(registerOrganization, {
          body: {
            personId: visit.person.personId,
            kind: said.tipo,
            name: said.nombre,
            districtCode: said.distrito,
            crops: said.cultivos,
            requirements: said.piden,
            services: said.dan,
            ...(said.ruc ? { ruc: said.ruc } : {}),
            ...(said.celular ? { phone: said.celular } : {}),
            ...(said.cuota === undefined ? {} : { entryFeeCentimos: said.cuota }),
            board: said.jefe ? [{ position: "chief" as const, name: said.jefe, since: visit.today }] : [],
          },
        });
        return goTo(belongingPath, "registrada");
      },
      (path) =>
        ({
          "body.name": "nombre",
          "body.ruc": "ruc",
          "body.phone": "celular",
          "body.board": "jefe",
          "body.districtCode": "distrito",
        })[path],
    ),
  },
});

function registerFields(state: FormState): Html {
  return html`${optionsField(state, {
    name: "tipo",
    label: "¿Qué es?",
    options: registered.map((value) => ({ value, words: capitalized(organizationKindWords[value]) })),
  })}
  ${textField(state, { name: "nombre", label: "¿Cómo se llama?", maxlength: 80, autocomplete: "organization" })}
  ${districtField(state, { name: "distrito", label: "¿En qué distrito está?" })}
  ${optionsField(state, {
    name: "cultivos",
    label: "¿Qué cultivan?",
    many: true,
    optional: true,
    options: crops.map((value) => ({ value, words: capitalized(word("crop", value)) })),
  })}
  ${textField(state, { name: "jefe", label: "Nombre de su jefa o jefe", hint: "Solo si es una comunidad nativa", maxlength: 80, optional: true })}
  ${textField(state, { name: "ruc", label: "RUC", inputmode: "numeric", maxlength: 11, optional: true })}
  ${phoneField(state, { name: "celular", label: "Celular de la organización", hint: "Lo ven todos", maxlength: 20, optional: true })}
  ${moneyField(state, { name: "cuota", label: "¿Cuánto cuesta entrar?", hint: "0 si es gratis", optional: true })}
  ${areaField(state, { name: "piden", label: "¿Qué piden para entrar?", hint: "Una cosa por línea", optional: true })}
  ${areaField(state, { name: "dan", label: "¿Qué dan a sus socios?", hint: "Una cosa por línea", optional: true })}
  ${submit("Registrar mi organización")}`;
}
