import {
  addCertificate,
  changeCertificate,
  listCertificates,
  removeCertificate,
} from "@minka/contracts/people";
import { DomainError } from "@minka/domain/errors";
import { certificates, crops } from "@minka/domain/vocabulary";
import { z } from "zod";
import { actionButton, dayField, form, selectField, submit, textField } from "../../design/fields.ts";
import { html, type Html } from "../../design/html.ts";
import { formState, type FormState } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import { certificateOptions, cropOptions, farmPath } from "./farm-words.ts";

const fields = z.object({
  certificado: kinds.choice(certificates, "Elija cuál es.").required,
  cultivo: kinds.choice(crops).optional,
  emisor: kinds.text(80, "Escriba quién lo da.").required,
  numero: kinds.text(40, "Escriba el número.").required,
  vence: kinds.day().required,
});

const bodyOf = (said: z.output<typeof fields>) => ({
  certificate: said.certificado,
  crop: said.cultivo ?? null,
  issuer: said.emisor,
  number: said.numero,
  expiresOn: said.vence,
});

const fieldOf = (path: string) =>
  ({ "body.issuer": "emisor", "body.number": "numero", "body.expiresOn": "vence" })[path];

function certificateFields(state: FormState): Html {
  return html`${selectField(state, { name: "certificado", label: "¿Qué certificado?", options: certificateOptions, none: "Elija" })}
  ${selectField(state, { name: "cultivo", label: "¿De qué cultivo?", options: cropOptions, none: "De toda la chacra" })}
  ${textField(state, { name: "emisor", label: "¿Quién lo da?", hint: "La certificadora", maxlength: 80 })}
  ${textField(state, { name: "numero", label: "Número", maxlength: 40, autocomplete: "off" })}
  ${dayField(state, { name: "vence", label: "¿Hasta qué día vale?" })} ${submit("Guardar este certificado")}`;
}

export const newCertificatePage = signedPage(`${farmPath}/certificados/nuevo`)({
  read: async () => null,
  show: (visit, _data, attempt) => {
    const state = formState(attempt, "guardar");
    return {
      title: "Añadir un certificado",
      main: html`<h1>¿Qué certificado tiene?</h1>
        ${form(visit, state, certificateFields(state))}`,
    };
  },
  actions: {
    guardar: action(
      fields,
      async (visit, said) => {
        await visit.call(addCertificate, { params: { personId: visit.person.personId }, body: bodyOf(said) });
        return goTo(farmPath, "certificado");
      },
      fieldOf,
    ),
  },
});

export const certificatePage = signedPage(`${farmPath}/certificados/:certificateId`)({
  read: async ({ call, params, person }) => {
    const { items } = await call(listCertificates, {
      params: { personId: person.personId },
      query: { limit: 100 },
    });
    const found = items.find(({ id }) => id === params.certificateId);
    if (!found)
      throw new DomainError("not-found", "certificate-unknown", "This person has no such certificate.");
    return found;
  },
  show: (visit, known, attempt) => {
    const state = formState(attempt, "guardar", {
      certificado: known.certificate,
      cultivo: known.crop,
      emisor: known.issuer,
      numero: known.number,
      vence: known.expiresOn,
    });
    return {
      title: "Su certificado",
      main: html`<h1>Su certificado</h1>
        ${form(visit, state, certificateFields(state))}
        <details>
          <summary>Ya no lo tengo</summary>
          ${actionButton(visit, formState(attempt, "borrar"), "Borrar este certificado", { danger: true })}
        </details>`,
    };
  },
  actions: {
    guardar: action(
      fields,
      async (visit, said) => {
        const params = { personId: visit.person.personId, certificateId: visit.params.certificateId };
        await visit.call(changeCertificate, { params, body: bodyOf(said) });
        return goTo(farmPath, "certificado");
      },
      fieldOf,
    ),
    borrar: action(z.object({}), async (visit) => {
      const params = { personId: visit.person.personId, certificateId: visit.params.certificateId };
      await visit.call(removeCertificate, { params });
      return goTo(farmPath, "borrado");
    }),
  },
});
