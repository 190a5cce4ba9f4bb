import type { Certificate } from "@minka/contracts/provider-details";
import { limaDay } from "@minka/domain/lima-time";
import { readablePhone } from "@minka/domain/phone";
import { districtLabel, findDistrict } from "@minka/geography/districts";
import { word } from "@minka/language/texts";
import { actionButton } from "../../design/fields.ts";
import { html, type Content } from "../../design/html.ts";
import { empty, facts, row, rows, stateMark } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import {
  areaWords,
  capitalized,
  dayWords,
  joinWords,
  kindWords,
  languageWords,
} from "../../words/field-words.ts";
import { stepWords } from "../provider/entry-words.ts";
import { personIds, providerKindWords } from "./desk-words.ts";
import { stageMarks } from "./freshness-page.ts";
import { momentWords } from "./list-query.ts";
import type { ProviderData, ProviderVisit } from "./provider-page.ts";

const formWords = { person: "Persona", organization: "Organización", company: "Empresa" } as const;
const registerWords = { sbs: "SBS", sbs_coopac: "SBS, cooperativas", other: "Otro registro" } as const;

/** What somebody has to compare with papers and registers. */
export function handedIn({ today }: ProviderVisit, { provider, names }: ProviderData): Content {
  const { document, lenderRegister, districtCode, coverage, website, description, agent, conduct } = provider;
  const district = findDistrict(districtCode);
  return facts([
    ["Qué es", formWords[provider.form]],
    ["Qué hace", capitalized(joinWords(provider.kinds.map((kind) => providerKindWords[kind])))],
    provider.legalName ? ["Nombre legal", provider.legalName] : null,
    document
      ? [document.type.toUpperCase(), document.number]
      : ["Documento", stateMark("No lo entregó", "bad")],
    lenderRegister
      ? [`Registro ${lenderRegister.name ?? registerWords[lenderRegister.register]}`, lenderRegister.number]
      : null,
    ["Persona de contacto", names.get(provider.personId) ?? "Sin nombre"],
    provider.phone
      ? [
          "Celular para el público",
          html`<a href="tel:${provider.phone}">${readablePhone(provider.phone)}</a
            >${provider.showsPhone ? null : " (no se muestra)"}`,
        ]
      : null,
    website ? ["Página", html`<a href="${website}" rel="nofollow noopener">${website}</a>`] : null,
    ["Vive o está en", district ? districtLabel(district) : ""],
    ["Atiende", joinWords(coverage.map(areaWords))],
    description ? ["Qué cuenta", description] : null,
    agent ? ["Temas", joinWords(agent.topics.map(({ topic }) => word("topic", topic)))] : null,
    agent ? ["Cultivos", joinWords(agent.crops.map((crop) => word("crop", crop)))] : null,
    agent ? ["Habla", joinWords(agent.languages.map((language) => languageWords[language]))] : null,
    agent ? ["Productores al mes", String(agent.monthlyCapacity)] : null,
    [
      "Compromiso de buen trato",
      conduct
        ? `Aceptado el ${dayWords(limaDay(new Date(conduct.acceptedAt)), today)}`
        : stateMark("No lo aceptó", "bad"),
    ],
  ]);
}

const certificateTitle = ({ kind, title }: Certificate) =>
  title ?? capitalized(word("provider_certificate", kind));

export function certificatesPart(
  visit: ProviderVisit,
  { provider }: ProviderData,
  attempt: Attempt | null,
): Content {
  const { certificates } = provider;
  if (certificates.length === 0) return empty("No entregó ninguno.");
  return rows(
    certificates.map((certificate) => {
      const { id, issuer, number, issuedOn, expiresOn, checked, expired } = certificate;
      const of = { certificado: id };
      return row({
        title: certificateTitle(certificate),
        side: expired
          ? stateMark("Vencido", "bad")
          : stateMark(checked ? "Visto" : "Por ver", checked ? "good" : "waiting"),
        lines: [
          `Lo dio ${issuer}${number ? `, número ${number}` : ""}.`,
          `Del ${dayWords(issuedOn, visit.today)}${expiresOn ? `, hasta el ${dayWords(expiresOn, visit.today)}` : ", sin vencimiento"}.`,
        ],
        more: checked
          ? null
          : actionButton(visit, formState(attempt, "certificado", {}, of), "Lo vi y es verdadero", {
              values: of,
              quiet: true,
            }),
      });
    }),
  );
}

export function offersPart({ today }: ProviderVisit, { provider, offers }: ProviderData): Content {
  if (offers.length === 0)
    return empty(
      provider.state === "verified"
        ? "No tiene ofertas publicadas. Llame y ayúdele a poner la primera."
        : "Sus ofertas se ven aquí cuando esté activo.",
    );
  return rows(
    offers.map(({ offerId, title, kind, stage, confirmedOn, asked }) =>
      row({
        title: title ?? kindWords[kind],
        href: `/ofertas/${offerId}`,
        side: stateMark(...stageMarks[stage]),
        lines: [
          `Confirmada el ${dayWords(confirmedOn, today)}${asked > 0 ? `; se preguntó ${asked} ${asked === 1 ? "vez" : "veces"} desde entonces` : ""}.`,
        ],
      }),
    ),
  );
}

export const staffPart = ({ today }: ProviderVisit, { provider, names }: ProviderData): Content =>
  rows(
    provider.staff.map(({ personId, role, since, contact }) =>
      row({
        title: names.get(personId) ?? "Sin nombre",
        side: contact ? stateMark("Recibe los pedidos", "good") : null,
        lines: [
          `${role === "manager" ? "Persona encargada" : "Ayuda con las ofertas"} desde el ${dayWords(since, today)}`,
        ],
      }),
    ),
  );

export function decisionsPart({ today }: ProviderVisit, { provider, names }: ProviderData): Content {
  if (provider.decisions.length === 0) return empty("Todavía no se decidió nada.");
  return html`<ol class="steps">
    ${provider.decisions.map(({ transition, at, reason, by }) => {
      const who = personIds(by).map((id) => names.get(id) ?? "alguien sin nombre");
      return html`<li>
        ${stepWords[transition]}${reason ? html`: «${reason}»` : null}<small
          >${momentWords(at, today)}${who.length > 0 ? `, ${joinWords(who)}` : ", Minka sola"}</small
        >
      </li>`;
    })}
  </ol>`;
}
