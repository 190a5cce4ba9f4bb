import { registerAssisted } from "@minka/contracts/acting";
import { z } from "zod";
import { districtField, form, phoneField, submit, textField, tickField } from "../../design/fields.ts";
import { html } from "../../design/html.ts";
import { formState } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import { deskPath, organizationNotice, readDesk, type DeskVisit } from "./own-organization.ts";
import { witnessField } from "./permissions-page.ts";

/** What is read to them, and that wording as the ledger of consents names it. */
const spokenWords =
  "Minka guarda su nombre y su distrito para buscarle servicios. Puede decir que no, y pedir que se borre.";
const consentVersion = "web-assisted-2026-11";

/** Somebody who is not here yet agrees aloud, and the organization asks for them. */
export const assistedPage = signedPage("/mi-organizacion/:organizationId/permisos/registrar")({
  read: readDesk,
  show: (visit: DeskVisit, { organization }, attempt) => {
    const state = formState(attempt, "registrar");
    return {
      title: "Registrar con un testigo",
      desk: true,
      main: html`<h1>¿A quién registra?</h1>
        ${organizationNotice(organization)}
        <p class="lead">
          Para quien no usa celular y le pide a ${organization.name} que haga sus pedidos. Léale esto:
          “${spokenWords}”
        </p>
        ${form(
          visit,
          state,
          html`${textField(state, { name: "nombre", label: "Nombre completo de la persona", maxlength: 80, autocomplete: "off" })}
          ${districtField(state, { name: "distrito", label: "¿En qué distrito está su chacra?" })}
          ${phoneField(state, { name: "celular", label: "Su propio celular", hint: "Si tiene, le preguntamos ahí y no vale hasta que responda SI.", maxlength: 20, autocomplete: "off", optional: true })}
          ${textField(state, { name: "testigo", label: "¿Quién la oyó decir que sí?", hint: "Nombre completo de otra persona, no usted.", maxlength: 80, autocomplete: "off" })}
          ${tickField(state, { name: "dijo", label: "Dijo que sí, delante de esa persona" })}
          ${submit("Registrar y pedir por ella o él")}`,
        )}`,
    };
  },
  actions: {
    registrar: action(
      z.object({
        nombre: kinds.text(80, "Escriba su nombre.").required,
        distrito: kinds.district().required,
        celular: kinds.phone().optional,
        testigo: witnessField,
        dijo: kinds.tickNeeded("Sin su sí no se puede registrar."),
      }),
      async (visit: DeskVisit, { nombre, distrito, celular, testigo }) => {
        const { organizationId } = visit.params;
        const { delegation } = await visit.call(registerAssisted, {
          body: {
            name: nombre,
            districtCode: distrito,
            consent: { version: consentVersion, witness: testigo },
            organizationId,
            ...(celular ? { phone: celular } : {}),
          },
        });
        return goTo(deskPath(visit, "/permisos"), delegation === "active" ? "registrada" : "preguntada");
      },
      (path) =>
        ({
          "body.name": "nombre",
          "body.phone": "celular",
          "body.consent.witness": "testigo",
          "body.witness": "testigo",
        })[path],
    ),
  },
});
