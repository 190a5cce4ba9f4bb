import { setPrivateWord } from "@minka/contracts/shared-phones";
import { readablePhone } from "@minka/domain/phone";
import { z } from "zod";
import { form, hidden, optionsField, submit, textField } from "../../design/fields.ts";
import { html, type Content } from "../../design/html.ts";
import { empty, notice } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { renewSoon } from "../../sessions/sessions.ts";
import { goTo, safePath } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { backToData, ownParams, readOwnProfile, type Profile } from "./own-profile.ts";

const fields = z
  .object({
    celular: kinds.phone().required,
    palabra: kinds.text(30, "Escriba su palabra.").required,
    otra: kinds.text(30, "Escríbala otra vez.").required,
  })
  .refine(({ palabra, otra }) => palabra === otra, {
    path: ["otra"],
    message: "No es la misma palabra. Escríbala otra vez.",
  });

/** The word by which somebody tells themself from the others of their phone. */
export const wordPage = signedPage("/mi/datos/palabra")({
  fleeting: true,
  read: readOwnProfile,
  show: (visit, profile, attempt) => ({
    title: "Palabra secreta",
    main: html`<h1>${profile.withheld ? "Ponga su palabra secreta" : "Su palabra secreta"}</h1>
      <p class="lead">
        Si varias personas usan su celular, con ella nadie más ve sus pedidos, sus mensajes ni su crédito. Al
        ponerla, salimos de su cuenta en los demás aparatos.
      </p>
      ${profile.withheld ? null : html`<p>Si ya tiene una, la nueva la reemplaza.</p>`}
      ${visit.person.actedBy ? notice("La palabra la pone solo la misma persona, no quien le ayuda.") : wordForm(visit, profile, attempt)}
      ${backToData}`,
  }),
  actions: {
    poner: action(
      fields,
      async (visit, { celular, palabra }) => {
        await visit.call(setPrivateWord, {
          params: ownParams(visit),
          body: {
            phone: celular,
            word: palabra,
            ...(visit.session ? { refreshToken: visit.session.contents.refreshToken } : {}),
          },
        });
        if (visit.session) await renewSoon(visit.means, visit.session);
        const onward = onwardOf(visit);
        return onward === null ? goTo("/mi/datos", "palabra") : goTo(onward);
      },
      (path) => ({ "body.word": "palabra", "body.phone": "celular" })[path],
    ),
  },
});

/** Where they were going when they were asked for a word. */
const onwardOf = ({ query }: SignedVisit): string | null => {
  const path = safePath(query["seguir"], "");
  return path === "" ? null : path;
};

function wordForm(visit: SignedVisit, { phones }: Profile, attempt: Attempt | null): Content {
  const [only] = phones;
  if (only === undefined)
    return empty("Usted no tiene un celular propio en Minka: no hace falta una palabra.");
  // What was typed is not shown again: somebody may look on.
  const tried = formState(attempt, "poner", { celular: only });
  const state = {
    ...tried,
    value: (name: string) => (name === "celular" ? tried.value(name) : ""),
  };
  const asked = { type: "password", autocomplete: "off", maxlength: 30 } as const;
  return form(
    visit,
    state,
    html`${
      phones.length === 1
        ? hidden("celular", only)
        : optionsField(state, {
            name: "celular",
            label: "En qué celular",
            hint: "El que usan varias personas.",
            options: phones.map((phone) => ({ value: phone, words: readablePhone(phone) })),
          })
    }
    ${textField(state, { name: "palabra", label: "Su palabra", hint: "De 4 a 20 letras, que no sea de todos los días ni su nombre. Por ejemplo, un árbol o un ave.", ...asked })}
    ${textField(state, { name: "otra", label: "La misma palabra, otra vez", ...asked })}
    ${submit("Guardar mi palabra")}`,
  );
}
