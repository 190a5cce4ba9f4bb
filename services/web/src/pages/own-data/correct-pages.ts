import { updatePerson } from "@minka/contracts/profiles";
import { isDni } from "@minka/domain/identity-documents";
import { isPersonName } from "@minka/domain/person-name";
import { wallets } from "@minka/domain/vocabulary";
import { districtLabel, findDistrict } from "@minka/geography/districts";
import { z } from "zod";
import {
  districtField,
  form,
  numberField,
  optionsField,
  selectField,
  submit,
  textField,
  tickField,
} from "../../design/fields.ts";
import { html } from "../../design/html.ts";
import { formState } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import { clockWords } from "../../words/field-words.ts";
import { sexWords, walletWords } from "./own-data-words.ts";
import { backToData, ownParams, readAllOfOwnProfile } from "./own-profile.ts";

const saved = () => goTo("/mi/datos", "guardado");

const dni = kinds.text(12).optional.transform((written, context) => {
  const digits = written?.replace(/\D/g, "");
  if (digits === undefined || isDni(digits)) return digits ?? null;
  context.addIssue({ code: "custom", message: "El DNI tiene ocho números. Revíselo." });
  return z.NEVER;
});

const personFields = z.object({
  nombre: kinds.text(80, "Escriba su nombre.").required.refine(isPersonName, "Escriba su nombre con letras."),
  dni,
  sexo: kinds.choice(["f", "m"]).optional,
  nacio: kinds.wholeNumber({ least: 1900, most: 2100 }).optional,
});

export const correctPersonPage = signedPage("/mi/datos/persona")({
  read: readAllOfOwnProfile,
  show(visit, profile, attempt) {
    const state = formState(attempt, "guardar", {
      nombre: profile.name,
      dni: profile.dni,
      sexo: profile.sex ?? "",
      nacio: profile.birthYear,
    });
    return {
      title: "Quién es usted",
      main: html`<h1>¿Cómo se llama?</h1>
        ${form(
          visit,
          state,
          html`${textField(state, { name: "nombre", label: "Nombre y apellidos", autocomplete: "name", maxlength: 80 })}
          ${textField(state, { name: "dni", label: "DNI", hint: "Lo pide quien da crédito. Nadie más lo ve.", optional: true, inputmode: "numeric", maxlength: 12 })}
          ${optionsField(state, { name: "sexo", label: "Mujer u hombre", hint: "Hay créditos y cursos para mujeres.", optional: true, options: [...(["f", "m"] as const).map((value) => ({ value, words: sexWords[value] })), { value: "", words: "No decirlo" }] })}
          ${numberField(state, { name: "nacio", label: "Año en que nació", optional: true, inputmode: "numeric", maxlength: 4 })}
          ${submit("Guardar")}`,
        )}
        ${backToData}`,
    };
  },
  actions: {
    guardar: action(
      personFields,
      async (visit, values) => {
        await visit.call(updatePerson, {
          params: ownParams(visit),
          body: {
            name: values.nombre,
            dni: values.dni,
            sex: values.sexo ?? null,
            birthYear: values.nacio ?? null,
          },
        });
        return saved();
      },
      (path) => ({ "body.name": "nombre", "body.dni": "dni", "body.birthYear": "nacio" })[path],
    ),
  },
});

const placeFields = z.object({
  distrito: kinds.district().required,
  caserio: kinds.text(60).optional,
});

export const correctPlacePage = signedPage("/mi/datos/lugar")({
  read: readAllOfOwnProfile,
  show(visit, profile, attempt) {
    const district = findDistrict(profile.districtCode ?? "");
    const state = formState(attempt, "guardar", {
      distrito: district && districtLabel(district),
      caserio: profile.locality,
    });
    return {
      title: "Dónde vive",
      main: html`<h1>¿Dónde está su chacra?</h1>
        <p class="lead">Con esto buscamos a quien le queda cerca.</p>
        ${form(
          visit,
          state,
          html`${districtField(state, { name: "distrito", label: "Distrito", hint: "Por ejemplo: Uchiza, Tocache" })}
          ${textField(state, { name: "caserio", label: "Caserío o comunidad", optional: true, maxlength: 60 })}
          ${submit("Guardar")}`,
        )}
        ${backToData}`,
    };
  },
  actions: {
    guardar: action(
      placeFields,
      async (visit, { distrito, caserio }) => {
        await visit.call(updatePerson, {
          params: ownParams(visit),
          body: { districtCode: distrito, locality: caserio ?? null },
        });
        return saved();
      },
      (path) => ({ "body.districtCode": "distrito", "body.locality": "caserio" })[path],
    ),
  },
});

const hourValues = Array.from({ length: 19 }, (_, index) => String(index + 4));
const hour = z.preprocess(
  (value) => (value === "" || value === undefined ? undefined : Number(value)),
  z.int().min(0).max(23).optional(),
);
const attentionFields = z
  .object({ de: hour, a: hour, pagos: kinds.choices(wallets), mujer: kinds.tick() })
  .superRefine(({ de, a }, context) => {
    if ((de === undefined) !== (a === undefined))
      context.addIssue({
        code: "custom",
        path: [de === undefined ? "de" : "a"],
        message: "Elija las dos horas, o ninguna.",
      });
    if (de !== undefined && a !== undefined && de >= a)
      context.addIssue({ code: "custom", path: ["a"], message: "Elija una hora después de la primera." });
  });

export const correctAttentionPage = signedPage("/mi/datos/atencion")({
  read: readAllOfOwnProfile,
  show(visit, profile, attempt) {
    const state = formState(attempt, "guardar", {
      de: profile.contactHours?.from,
      a: profile.contactHours?.to,
      pagos: profile.wallets,
      mujer: profile.prefersWoman,
    });
    const hours = hourValues.map((value) => ({ value, words: clockWords(Number(value)) }));
    return {
      title: "Cómo prefiere que le atiendan",
      main: html`<h1>¿Cómo prefiere que le atiendan?</h1>
        ${form(
          visit,
          state,
          html`${selectField(state, { name: "de", label: "Llámenme desde las", options: hours, none: "Cualquier hora" })}
          ${selectField(state, { name: "a", label: "Hasta las", options: hours, none: "Cualquier hora" })}
          ${optionsField(state, { name: "pagos", label: "Me pueden pagar por", many: true, optional: true, options: wallets.map((value) => ({ value, words: walletWords[value] })) })}
          ${tickField(state, { name: "mujer", label: "Quiero que me atienda una mujer", hint: "En visitas y capacitaciones buscamos solo entre mujeres." })}
          ${submit("Guardar")}`,
        )}
        <p class="quiet">
          Para que le escriban en su lengua vea <a href="/mi/datos/permisos">los permisos que dio</a>.
        </p>
        ${backToData}`,
    };
  },
  actions: {
    guardar: action(attentionFields, async (visit, { de, a, pagos, mujer }) => {
      await visit.call(updatePerson, {
        params: ownParams(visit),
        body: {
          contactHours: de === undefined || a === undefined ? null : { from: de, to: a },
          wallets: pagos,
          prefersWoman: mujer,
        },
      });
      return saved();
    }),
  },
});
