import { addCertificate, providerCertificates, removeCertificate } from "@minka/contracts/provider-details";
import { readProviderRecord } from "@minka/contracts/providers";
import { word } from "@minka/language/texts";
import { z } from "zod";
import { actionButton, dayField, form, selectField, submit, textField } from "../../design/fields.ts";
import { html, type Html } from "../../design/html.ts";
import { empty, row, rows, stateMark } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import { capitalized, dayWords } from "../../words/field-words.ts";
import type { Record } from "./entry-page.ts";
import type { ProviderVisit } from "./own-provider.ts";

type Certificate = Record["certificates"][number];

const fields = z
  .object({
    tipo: kinds.choice(providerCertificates).required,
    titulo: kinds.text(120).optional,
    emisor: kinds.text(80, "Escriba quién lo dio.").required,
    numero: kinds.text(60).optional,
    desde: kinds.day().required,
    hasta: kinds.day().optional,
  })
  .refine(({ tipo, titulo }) => tipo !== "other" || titulo !== undefined, {
    path: ["titulo"],
    message: "Escriba de qué es.",
  })
  .refine(({ desde, hasta }) => hasta === undefined || hasta > desde, {
    path: ["hasta"],
    message: "Vence después del día en que se dio.",
  });

const fieldOf = (path: string) =>
  ({
    "body.kind": "tipo",
    "body.title": "titulo",
    "body.issuer": "emisor",
    "body.number": "numero",
    "body.issuedOn": "desde",
    "body.expiresOn": "hasta",
  })[path];

/** What speaks for a provider's work. */
export const certificatesPage = signedPage("/mi-servicio/:providerId/certificados")({
  read: async (visit: ProviderVisit) =>
    (await visit.call(readProviderRecord, { params: { providerId: visit.params.providerId } })).provider,
  show: (visit: ProviderVisit, provider, attempt) => ({
    title: `Certificados de ${provider.name}`,
    desk: true,
    main: html`<h1>Certificados que hablan por ${provider.name}</h1>
      <p class="lead">Quienes piden ven los vigentes. Minka mira el papel y lo marca como visto.</p>
      ${
        provider.certificates.length > 0
          ? rows(provider.certificates.map((one) => certificateRow(visit, one, attempt)))
          : empty(
              "Todavía no hay ninguno. Uno de la Escuela de Excelencia o de competencias ayuda a que le elijan.",
            )
      }
      <h2>Agregar un certificado</h2>
      ${addForm(visit, attempt)}`,
  }),
  actions: {
    agregar: action(
      fields,
      async (visit: ProviderVisit, { tipo, titulo, emisor, numero, desde, hasta }) => {
        await visit.call(addCertificate, {
          params: { providerId: visit.params.providerId },
          body: {
            kind: tipo,
            title: titulo ?? null,
            issuer: emisor,
            number: numero ?? null,
            issuedOn: desde,
            expiresOn: hasta ?? null,
          },
        });
        return goTo(visit.path, "agregado");
      },
      fieldOf,
    ),
    quitar: action(z.object({ certificado: kinds.id() }), async (visit: ProviderVisit, { certificado }) => {
      const params = { providerId: visit.params.providerId, certificateId: certificado };
      await visit.call(removeCertificate, { params });
      return goTo(visit.path, "quitado");
    }),
  },
  notices: {
    agregado: "Guardado. Una persona de Minka lo mira y lo marca como visto.",
    quitado: "El certificado ya no se muestra.",
  },
});

const certificateName = ({ kind, title }: Pick<Certificate, "kind" | "title">) =>
  title ?? capitalized(word("provider_certificate", kind));

function certificateRow(visit: ProviderVisit, one: Certificate, attempt: Attempt | null): Html {
  const { id, issuer, number, issuedOn, expiresOn, checked, expired } = one;
  const of = { certificado: id };
  return row({
    title: certificateName(one),
    side: expired
      ? stateMark("Vencido", "bad")
      : checked
        ? stateMark("Visto por Minka", "good")
        : stateMark("Por ver", "waiting"),
    lines: [
      `${issuer}${number ? `, número ${number}` : ""}`,
      `Del ${dayWords(issuedOn, visit.today)}${expiresOn ? `; vence el ${dayWords(expiresOn, visit.today)}` : "; no vence"}`,
    ],
    more: actionButton(visit, formState(attempt, "quitar", {}, of), "Quitar", { values: of, quiet: true }),
  });
}

function addForm(visit: ProviderVisit, attempt: Attempt | null): Html {
  const state = formState(attempt, "agregar", {});
  return form(
    visit,
    state,
    html`${selectField(state, {
      name: "tipo",
      label: "¿De qué es?",
      none: "Elija",
      options: providerCertificates.map((kind) => ({
        value: kind,
        words: capitalized(word("provider_certificate", kind)),
      })),
    })}
    ${textField(state, { name: "titulo", label: "Qué dice el papel", hint: "Si eligió otro, es necesario.", optional: true, maxlength: 120 })}
    ${textField(state, { name: "emisor", label: "Quién lo dio", maxlength: 80 })}
    ${textField(state, { name: "numero", label: "Número", optional: true, maxlength: 60 })}
    ${dayField(state, { name: "desde", label: "Desde cuándo" })}
    ${dayField(state, { name: "hasta", label: "Hasta cuándo", hint: "Vacío, si no vence.", optional: true })}
    ${submit("Agregar el certificado")}`,
  );
}
