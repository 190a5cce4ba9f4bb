import { addMember, membershipRoles } from "@minka/contracts/memberships";
import { z } from "zod";
import { form, optionsField, phoneField, submit, textField } from "../../design/fields.ts";
import { html } from "../../design/html.ts";
import { formState } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import { roleHints, roleWords } from "./desk-words.ts";
import { deskPath, organizationNotice, readDesk, type DeskVisit } from "./own-organization.ts";

/** Somebody is named by phone, and asked there whether it is so. */
export const addMemberPage = signedPage("/mi-organizacion/:organizationId/miembros/agregar")({
  read: readDesk,
  show: (visit: DeskVisit, { organization }, attempt) => {
    const state = formState(attempt, "invitar", { rol: "member" });
    return {
      title: "Invitar a una persona",
      desk: true,
      main: html`<h1>¿A quién invita a ${organization.name}?</h1>
        ${organizationNotice(organization)}
        <p class="lead">Le preguntamos por SMS si es parte. Lo es cuando responde SI.</p>
        ${form(
          visit,
          state,
          html`${textField(state, { name: "nombre", label: "Nombre completo", maxlength: 80, autocomplete: "off" })}
          ${phoneField(state, { name: "celular", label: "Su celular", maxlength: 20, autocomplete: "off", hint: "El suyo, no el de quien le ayuda." })}
          ${optionsField(state, {
            name: "rol",
            label: "¿Qué hará?",
            options: membershipRoles.map((value) => ({
              value,
              words: roleWords[value],
              hint: roleHints[value],
            })),
          })}
          ${submit("Preguntarle por SMS")}`,
        )}
        <p class="quiet">
          ¿No tiene celular?
          <a href="${deskPath(visit, "/permisos/registrar")}">Regístrela o regístrelo con un testigo</a>. ¿Son
          muchas personas? <a href="${deskPath(visit, "/miembros/importar")}">Suba su lista</a>.
        </p>`,
    };
  },
  actions: {
    invitar: action(
      z.object({
        nombre: kinds.text(80, "Escriba su nombre.").required.refine((name) => name.length >= 2, {
          message: "Escriba el nombre completo.",
        }),
        celular: kinds.phone().required,
        rol: kinds.choice(membershipRoles).required,
      }),
      async (visit: DeskVisit, { nombre, celular, rol }) => {
        const { membership } = await visit.call(addMember, {
          params: visit.params,
          body: { name: nombre, phone: celular, role: rol },
        });
        return membership.state === "active"
          ? goTo(deskPath(visit, "/miembros"), "entro")
          : goTo(deskPath(visit, "/miembros/respuestas"), "invitado");
      },
      (path) => ({ "body.phone": "celular", "body.name": "nombre" })[path],
    ),
  },
});
