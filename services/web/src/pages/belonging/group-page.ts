import { smallestGroup, startGroup } from "@minka/contracts/organizations";
import { readProfile } from "@minka/contracts/people";
import { districtLabel, findDistrict } from "@minka/geography/districts";
import { z } from "zod";
import { districtField, form, phoneField, submit, textField } from "../../design/fields.ts";
import { html, type Html } from "../../design/html.ts";
import { formState, type FormState } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import { belongingPath } from "./belonging-page.ts";

const places = [1, 2, 3, 4, 5] as const;
const needed = smallestGroup - 1;
const ordinals = { 1: "primera", 2: "segunda", 3: "tercera", 4: "cuarta", 5: "quinta" } as const;

const person = kinds.text(80, "Escriba su nombre.");
const phone = kinds.phone();
const fields = z
  .object({
    nombre: kinds.text(80).optional,
    distrito: kinds.district().required,
    vecino1: person.required,
    celular1: phone.required,
    vecino2: person.required,
    celular2: phone.required,
    vecino3: person.optional,
    celular3: phone.optional,
    vecino4: person.optional,
    celular4: phone.optional,
    vecino5: person.optional,
    celular5: phone.optional,
  })
  .superRefine((said, context) => {
    for (const place of places) {
      const [name, number] = [said[`vecino${place}`], said[`celular${place}`]];
      if (name && !number)
        context.addIssue({ code: "custom", path: [`celular${place}`], message: "Escriba su celular." });
      if (number && !name)
        context.addIssue({ code: "custom", path: [`vecino${place}`], message: "Escriba su nombre." });
    }
  });

const neighboursOf = (said: z.output<typeof fields>): { name: string; phone: string }[] =>
  places.flatMap((place) => {
    const [name, number] = [said[`vecino${place}`], said[`celular${place}`]];
    return name && number ? [{ name, phone: number }] : [];
  });

/** Three people are a group: each of the others is asked by SMS. */
export const groupPage = signedPage(`${belongingPath}/grupo`)({
  read: ({ call, person: { personId } }) => call(readProfile, { params: { personId } }),
  show: (visit, { profile }, attempt) => {
    const home = findDistrict(profile.districtCode ?? "");
    const state = formState(attempt, "formar", { distrito: home ? districtLabel(home) : undefined });
    return {
      title: "Formar un grupo",
      main: html`<h1>¿Con quiénes forma el grupo?</h1>
        <p class="lead">
          Le preguntamos a cada uno por SMS. Cuando sean tres personas, el grupo queda formado.
        </p>
        ${form(
          visit,
          state,
          html`${places.slice(0, needed).map((place) => neighbourFields(state, place))}
            <details ${attempt?.action === "formar" ? html` open` : null}>
              <summary>Añadir a más personas</summary>
              ${places.slice(needed).map((place) => neighbourFields(state, place))}
            </details>
            ${textField(state, { name: "nombre", label: "¿Cómo se llamará?", hint: "Si no pone nombre, lleva el de su distrito.", maxlength: 80, optional: true })}
            ${districtField(state, { name: "distrito", label: "¿En qué distrito?" })}
            ${submit("Preguntar a mis vecinos")}`,
        )}`,
    };
  },
  actions: {
    formar: action(
      fields,
      async (visit, said) => {
        await visit.call(startGroup, {
          body: {
            personId: visit.person.personId,
            districtCode: said.distrito,
            ...(said.nombre ? { name: said.nombre } : {}),
            neighbours: neighboursOf(said),
          },
        });
        return goTo(belongingPath, "grupo");
      },
      (path) => {
        const [, index] = /^body\.neighbours\.(\d)\./.exec(path) ?? [];
        if (index) return `celular${Number(index) + 1}`;
        return { "body.name": "nombre", "body.districtCode": "distrito" }[path];
      },
    ),
  },
});

function neighbourFields(state: FormState, place: (typeof places)[number]): Html {
  const optional = place > needed;
  return html`${textField(state, { name: `vecino${place}`, label: `Nombre de la ${ordinals[place]} persona`, maxlength: 80, autocomplete: "off", optional })}
  ${phoneField(state, { name: `celular${place}`, label: `Su celular (${ordinals[place]} persona)`, maxlength: 20, autocomplete: "off", optional })}`;
}
