import type { Answer } from "@minka/contracts/endpoint";
import {
  closeOrganization,
  listBoard,
  listOrganizationRecords,
  organizationKinds,
  organizationStates,
  readOrganization,
  verifyOrganization,
} from "@minka/contracts/organizations";
import { word } from "@minka/language/texts";
import { readablePhone } from "@minka/domain/phone";
import { z } from "zod";
import { actionButton, areaField, form, submit } from "../../design/fields.ts";
import { html, type Content } from "../../design/html.ts";
import { chips, empty, facts, row, rows, stateMark, type Tone } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { askedOf } from "../../visits/asked.ts";
import { goTo } from "../../visits/destination.ts";
import { action, operatorPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { capitalized, dayWords, joinWords } from "../../words/field-words.ts";
import { entryFeeWords, organizationKindWords } from "../../words/organization-words.ts";
import { positionWords } from "../organization-desk/desk-words.ts";
import { listFile, listView, readList, type DeskList } from "./desk-list.ts";
import {
  areaFilter,
  askedArea,
  districtName,
  momentValue,
  momentWords,
  numberWords,
  optionsOf,
} from "./list-query.ts";

const path = "/operador/organizaciones";

type Item = Answer<typeof listOrganizationRecords>["items"][number];

const markOf = ({ state, verified }: Pick<Item, "state" | "verified">): readonly [string, Tone] => {
  if (state === "closed") return ["Cerrada", "over"];
  if (state === "forming") return ["Se está juntando", "going"];
  return verified ? ["Comprobada", "good"] : ["Por comprobar", "waiting"];
};

const list: DeskList<Item> = {
  path,
  fileName: "organizaciones",
  caption: "Organizaciones",
  filters: [
    {
      name: "comprobada",
      label: "Comprobada",
      options: [
        { value: "no", words: "Por comprobar" },
        { value: "si", words: "Comprobadas" },
      ],
      all: "Todas",
    },
    {
      name: "estado",
      label: "Cómo está",
      options: [
        { value: "active", words: "Activa" },
        { value: "forming", words: "Se está juntando" },
        { value: "closed", words: "Cerrada" },
      ],
      all: "Como sea",
    },
    { name: "clase", label: "Qué es", options: optionsOf(organizationKindWords), all: "Todo" },
    areaFilter,
  ],
  read: (visit, page) => {
    const verified = askedOf(visit, "comprobada", ["si", "no"]);
    return visit.call(listOrganizationRecords, {
      query: {
        ...page,
        ...(verified ? { verified: verified === "si" ? "true" : "false" } : {}),
        state: askedOf(visit, "estado", organizationStates),
        kind: askedOf(visit, "clase", organizationKinds),
        area: askedArea(visit),
        order: visit.query["orden"] === "-fecha" ? "newest" : "oldest",
      },
    });
  },
  columns: async ({ today }) => [
    {
      title: "Organización",
      cell: ({ id, name }) => html`<a href="${path}/${id}">${name}</a>`,
      value: ({ name }) => name,
    },
    {
      title: "Qué es",
      cell: ({ kind }) => capitalized(organizationKindWords[kind]),
      value: ({ kind }) => organizationKindWords[kind],
    },
    {
      title: "Distrito",
      cell: ({ districtCode }) => districtName(districtCode),
      value: ({ districtCode }) => districtName(districtCode),
    },
    { title: "Cómo está", cell: (one) => stateMark(...markOf(one)), value: (one) => markOf(one)[0] },
    {
      title: "Socias y socios",
      number: true,
      cell: ({ members }) => numberWords(members),
      value: ({ members }) => members,
    },
    {
      title: "Se registró",
      sort: "fecha",
      cell: ({ registeredAt }) => momentWords(registeredAt, today),
      value: ({ registeredAt }) => momentValue(registeredAt),
    },
  ],
};

export const organizationsFile = listFile(list);

export const organizationsListPage = operatorPage(path)({
  read: (visit) => readList(list, visit),
  show: (visit, data) => ({
    title: "Organizaciones",
    desk: true,
    main: html`<h1>Organizaciones de productoras y productores</h1>
      ${chips("Qué organizaciones", [
        { href: path, words: "Todas", current: !visit.query["comprobada"] },
        {
          href: `${path}?comprobada=no&estado=active`,
          words: "Por comprobar",
          current: visit.query["comprobada"] === "no",
        },
      ])}
      ${listView(list, visit, data, "Todavía no hay ninguna. Las registra quien las dirige, por SMS o en su página.")}`,
  }),
});

type OrganizationVisit = SignedVisit<{ organizationId: string }>;

/** An organization as who verifies it has to see it. */
export const organizationDeskPage = operatorPage(`${path}/:organizationId`)({
  read: async (visit: OrganizationVisit) => {
    const [{ organization }, board] = await Promise.all([
      visit.call(readOrganization, { params: visit.params }),
      visit.callIfAny(listBoard, { params: visit.params }),
    ]);
    const seats = board?.seats.filter(({ current }) => current) ?? [];
    return { organization, seats, names: await visit.namesOf(seats.map(({ personId }) => personId)) };
  },
  show: (visit: OrganizationVisit, { organization, seats, names }, attempt) => ({
    title: organization.name,
    desk: true,
    main: html`<h1>${organization.verified ? organization.name : `Compruebe a ${organization.name}`}</h1>
      <p>${stateMark(...markOf(organization))}</p>
      <div class="columns">
        <section>
          <h2>Lo que dice de sí</h2>
          ${facts([
            ["Qué es", capitalized(organizationKindWords[organization.kind])],
            organization.legalName ? ["Nombre legal", organization.legalName] : null,
            ["RUC", organization.ruc ?? stateMark("No lo dijo", "waiting")],
            ["Distrito", districtName(organization.districtCode)],
            organization.phone
              ? [
                  "Celular",
                  html`<a href="tel:${organization.phone}">${readablePhone(organization.phone)}</a>`,
                ]
              : null,
            organization.crops.length > 0
              ? ["Cultivos", joinWords(organization.crops.map((crop) => word("crop", crop)))]
              : null,
            organization.members === null ? null : ["Socias y socios", numberWords(organization.members)],
            ["Entrada", capitalized(entryFeeWords(organization.entryFeeCentimos))],
            organization.description ? ["Qué cuenta", organization.description] : null,
            ["Confirmó sus datos", dayWords(organization.confirmedOn, visit.today)],
          ])}
        </section>
        <section>
          ${deciding(visit, organization, attempt)}
          <h2>Directiva</h2>
          ${
            seats.length === 0
              ? empty("No dijo quiénes la dirigen.")
              : rows(
                  seats.map(({ position, personId, name, until }) =>
                    row({
                      title: (personId && names.get(personId)) ?? name ?? "Sin nombre",
                      lines: [
                        `${positionWords(position)}${until ? `, hasta el ${dayWords(until, visit.today)}` : ""}`,
                      ],
                    }),
                  ),
                )
          }
        </section>
      </div>
      <p>
        <a class="more" href="/organizaciones/${organization.id}">Verla como la ve la gente</a> ·
        <a class="more" href="${path}">Todas las organizaciones</a>
      </p>`,
  }),
  actions: {
    comprobar: action(z.object({}), async (visit: OrganizationVisit) => {
      await visit.call(verifyOrganization, { params: visit.params });
      return goTo(visit.path, "comprobada");
    }),
    cerrar: action(
      z.object({ razon: kinds.text(200, "Escriba por qué se cierra.").required }),
      async (visit: OrganizationVisit, { razon }) => {
        await visit.call(closeOrganization, { params: visit.params, body: { reason: razon } });
        return goTo(visit.path, "cerrada");
      },
      (field) => (field === "body.reason" ? "razon" : undefined),
    ),
  },
  notices: {
    comprobada: "Comprobada. La gente ya la ve así.",
    cerrada: "Cerrada. Sus socias y socios dejaron de serlo.",
  },
});

function deciding(
  visit: OrganizationVisit,
  { state, verified }: Pick<Item, "state" | "verified">,
  attempt: Attempt | null,
): Content {
  if (state === "closed") return null;
  const close = formState(attempt, "cerrar");
  return html`<h2>Decida</h2>
    ${
      verified || state !== "active"
        ? null
        : html`<p>Compare el RUC con SUNAT y llame a quien la dirige.</p>
            ${actionButton(visit, formState(attempt, "comprobar"), "Es lo que dice ser")}`
    }
    <details ${attempt?.action === "cerrar" ? html` open` : null}>
      <summary>Cerrar esta organización</summary>
      ${form(
        visit,
        close,
        html`${areaField(close, { name: "razon", label: "Por qué", hint: "No se puede deshacer: todas las personas dejan de ser socias.", rows: 2, maxlength: 200 })}${submit("Cerrar la organización", { danger: true })}`,
      )}
    </details>`;
}
