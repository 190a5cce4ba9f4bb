import { closeOrganization, updateOrganization, type Organization } from "@minka/contracts/organizations";
import { certificates } from "@minka/domain/vocabulary";
import { word } from "@minka/language/texts";
import { z } from "zod";
import {
  actionButton,
  dayField,
  form,
  selectField,
  submit,
  textField,
  tickField,
} from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { empty, facts, row, rows, stateMark } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import { capitalized, dayWords } from "../../words/field-words.ts";
import { entryFeeWords, organizationKindWords } from "../../words/organization-words.ts";
import { dataBody, dataControls, dataDefaults, dataFieldOf, dataFields } from "./data-fields.ts";
import { isManager, organizationNotice, readDesk, type DeskVisit } from "./own-organization.ts";

const certificateFields = z.object({
  certificado: kinds.choice(certificates, "Elija el certificado.").required,
  certificadora: kinds.text(80).optional,
  numero: kinds.text(40).optional,
  vence: kinds.day().required,
});

type Held = Organization["certificates"][number];
/** One certificate is the same as another of its name with the same last day. */
const keyOf = ({ certificate, expiresOn, number }: Pick<Held, "certificate" | "expiresOn" | "number">) =>
  [certificate, expiresOn, number ?? ""].join(" ");
const plain = ({ inForce: _inForce, ...held }: Held) => held;

async function setCertificates(visit: DeskVisit, change: (held: readonly Held[]) => object[]) {
  const { organization } = await readDesk(visit);
  await visit.call(updateOrganization, {
    params: visit.params,
    body: { certificates: change(organization.certificates) as Omit<Held, "inForce">[] },
  });
}

/** What an organization says of itself, its certificates, and its end. */
export const dataPage = signedPage("/mi-organizacion/:organizationId/datos")({
  read: readDesk,
  show: (visit: DeskVisit, desk, attempt) => {
    const { organization } = desk;
    const may = isManager(desk) && organization.state !== "closed";
    const state = formState(attempt, "guardar", dataDefaults(organization));
    return {
      title: `Datos de ${organization.name}`,
      desk: true,
      main: html`<h1>Lo que todos ven de ${organization.name}</h1>
        ${organizationNotice(organization)}
        ${facts([
          ["Qué es", capitalized(organizationKindWords[organization.kind])],
          ["Entrar", capitalized(entryFeeWords(organization.entryFeeCentimos).replace("entrar ", ""))],
          ["Revisada por Minka", organization.verified ? "Sí" : "Todavía no"],
          ["Datos confirmados", `El ${dayWords(organization.confirmedOn, visit.today)}`],
        ])}
        <p><a class="more" href="/organizaciones/${organization.id}">Ver como la ven los demás</a></p>
        ${may ? actionButton(visit, formState(attempt, "confirmar"), "Todo sigue igual", { quiet: true }) : null}
        ${certificateList(visit, organization, may, attempt)}
        ${
          may
            ? html`<h2>Cambiar los datos</h2>
                <p>
                  Si cambia el nombre, el RUC o el distrito, una persona de Minka vuelve a revisar la
                  organización.
                </p>
                ${form(visit, state, html`${dataControls(state, organization)}${submit("Guardar los datos")}`)}
                ${closing(visit, organization, attempt)}`
            : html`<p class="quiet">Los datos los cambia quien dirige la organización.</p>`
        }`,
    };
  },
  actions: {
    confirmar: action(z.object({}), async (visit: DeskVisit) => {
      await visit.call(updateOrganization, { params: visit.params, body: {} });
      return goTo(visit.path, "confirmado");
    }),
    guardar: action(
      dataFields,
      async (visit: DeskVisit, said) => {
        const { organization } = await visit.call(updateOrganization, {
          params: visit.params,
          body: dataBody(said),
        });
        return goTo(visit.path, organization.verified ? "guardado" : "por-revisar");
      },
      dataFieldOf,
    ),
    certificado: action(certificateFields, async (visit: DeskVisit, said) => {
      await setCertificates(visit, (held) => [
        ...held.map(plain),
        {
          certificate: said.certificado,
          issuer: said.certificadora ?? null,
          number: said.numero ?? null,
          expiresOn: said.vence,
        },
      ]);
      return goTo(visit.path, "certificado");
    }),
    quitar: action(z.object({ cual: kinds.text(120).required }), async (visit: DeskVisit, { cual }) => {
      await setCertificates(visit, (held) => held.filter((one) => keyOf(one) !== cual).map(plain));
      return goTo(visit.path, "quitado");
    }),
    cerrar: action(
      z.object({
        motivo: kinds.text(200, "Escriba por qué.").required.refine((text) => text.length >= 3, {
          message: "Escriba un poco más.",
        }),
        seguro: kinds.tickNeeded("Marque que está de acuerdo."),
      }),
      async (visit: DeskVisit, { motivo }) => {
        await visit.call(closeOrganization, { params: visit.params, body: { reason: motivo } });
        return goTo("/mi/organizacion");
      },
      (path) => (path === "body.reason" ? "motivo" : undefined),
    ),
  },
  notices: {
    confirmado: "Gracias. Todos ven que los datos son de hoy.",
    guardado: "Guardado. Todos lo ven así desde ahora.",
    "por-revisar": "Guardado. Una persona de Minka lo revisa.",
    certificado: "Anotado. Sirve para lotes y compradores que lo piden.",
    quitado: "Quitado de la lista.",
  },
});

function certificateList(
  visit: DeskVisit,
  { certificates: held }: Organization,
  may: boolean,
  attempt: Attempt | null,
): Html {
  const state = formState(attempt, "certificado");
  const failed = state.problem !== null || Object.keys(state.errors).length > 0;
  return html`<h2>Certificados</h2>
    ${
      held.length === 0
        ? empty("No hay certificados anotados. Con uno se vende a compradores que lo piden.")
        : rows(
            held.map((one) => {
              const name = capitalized(word("certificate", one.certificate));
              const values = { cual: keyOf(one) };
              return row({
                title: name,
                side: one.inForce ? stateMark("Vigente", "good") : stateMark("Vencido", "bad"),
                lines: [
                  [
                    one.issuer,
                    one.number ? `número ${one.number}` : null,
                    `hasta el ${dayWords(one.expiresOn, visit.today)}`,
                  ]
                    .filter(Boolean)
                    .join(", "),
                ],
                more: may
                  ? actionButton(visit, formState(attempt, "quitar", {}, values), `Quitar ${name}`, {
                      values,
                      quiet: true,
                    })
                  : null,
              });
            }),
          )
    }
    ${
      may
        ? html`<details ${failed ? html` open` : null}>
            <summary>Anotar un certificado</summary>
            ${form(
              visit,
              state,
              html`${selectField(state, {
                name: "certificado",
                label: "Certificado",
                none: "Elija",
                options: certificates.map((value) => ({
                  value,
                  words: capitalized(word("certificate", value)),
                })),
              })}
              ${textField(state, { name: "certificadora", label: "Certificadora", maxlength: 80, optional: true })}
              ${textField(state, { name: "numero", label: "Número", maxlength: 40, optional: true })}
              ${dayField(state, { name: "vence", label: "¿Hasta qué día vale?" })}
              ${submit("Anotar el certificado", { quiet: true })}`,
            )}
          </details>`
        : null
    }`;
}

function closing(visit: DeskVisit, { name }: Organization, attempt: Attempt | null): Content {
  const state = formState(attempt, "cerrar");
  const failed = state.problem !== null || Object.keys(state.errors).length > 0;
  return html`<details ${failed ? html` open` : null}>
    <summary>Cerrar la organización para siempre</summary>
    <p>Nadie será parte de ${name}. Sus compras y lotes no se pueden abrir más. No se puede deshacer.</p>
    ${form(
      visit,
      state,
      html`${textField(state, { name: "motivo", label: "¿Por qué se cierra?", maxlength: 200, autocomplete: "off" })}
      ${tickField(state, { name: "seguro", label: "Lo acordamos en asamblea" })}
      ${submit(`Cerrar ${name}`, { danger: true })}`,
    )}
  </details>`;
}
