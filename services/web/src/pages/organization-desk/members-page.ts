import {
  changeMembershipRole,
  endMembership,
  listMembers,
  membershipRoles,
  readMemberFigures,
} from "@minka/contracts/memberships";
import type { Answer } from "@minka/contracts/endpoint";
import { readablePhone } from "@minka/domain/phone";
import { districtLabel, findDistrict } from "@minka/geography/districts";
import { z } from "zod";
import { form, hidden, optionsField, submit, textField } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { actionLink, empty, pager, withQuery } from "../../design/parts.ts";
import { filters, table, type Column } from "../../design/table.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { asked, askedCursor, askedOf, misread } from "../../visits/asked.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import { dayWords } from "../../words/field-words.ts";
import { endWords, peopleWords, roleHints, roleWords } from "./desk-words.ts";
import {
  deskPath,
  isBroker,
  isManager,
  organizationNotice,
  readDesk,
  type DeskVisit,
} from "./own-organization.ts";

export type Member = Answer<typeof listMembers>["items"][number];

const shownStates = { activos: "active", antes: "ended" } as const;
type Shown = keyof typeof shownStates;
const shownNames = ["activos", "antes"] as const;

async function readMembers(visit: DeskVisit) {
  const { query, params } = visit;
  const shown: Shown = askedOf(visit, "estado", shownNames) ?? "activos";
  const role = askedOf(visit, "rol", membershipRoles);
  const cursor = askedCursor(visit);
  const desk = await readDesk(visit);
  const [page, figures] = await Promise.all([
    visit.call(listMembers, {
      params,
      query: {
        state: shownStates[shown],
        limit: 50,
        ...(role ? { role } : {}),
        ...(isManager(desk) ? searched(visit, shown) : {}),
        ...(cursor ? { cursor } : {}),
      },
    }),
    isManager(desk) ? visit.callIfAny(readMemberFigures, { params }) : null,
  ]);
  const districts = figures?.byDistrict.flatMap(({ districtCode }) => districtCode ?? []) ?? [];
  const chosen = page.items.find(({ membershipId }) => membershipId === query["socio"]);
  return { desk, page, shown, districts, chosen: chosen?.state === "active" ? chosen : undefined };
}

const sexes = ["f", "m"] as const;

const someLetters = kinds
  .text(80)
  .optional.refine((name) => name === undefined || name.length >= 2, "Escriba al menos dos letras.");

/** Only who reads names whole may look for them, and they are masked of who left. */
function searched(visit: DeskVisit, shown: Shown) {
  if (shown === "antes") {
    for (const filter of ["nombre", "sexo", "distrito"])
      if (visit.query[filter]) misread(visit, filter, "Entre quienes se fueron no se busca por eso.");
    return {};
  }
  const name = asked(visit, "nombre", someLetters);
  const sex = askedOf(visit, "sexo", sexes);
  const districtCode = asked(visit, "distrito", kinds.district().optional);
  return { ...(name ? { name } : {}), ...(sex ? { sex } : {}), ...(districtCode ? { districtCode } : {}) };
}

type Members = Awaited<ReturnType<typeof readMembers>>;

const someone = z.object({ socio: kinds.id() });
const reason = kinds.text(200, "Escriba por qué.").required.refine((text) => text.length >= 3, {
  message: "Escriba un poco más.",
});

/** Who belongs, what each does in the organization, and who no longer does. */
export const membersPage = signedPage("/mi-organizacion/:organizationId/miembros")({
  read: readMembers,
  show: (visit: DeskVisit, data, attempt) => {
    const { desk, page, chosen } = data;
    return {
      title: `Socias y socios de ${desk.organization.name}`,
      desk: true,
      main: html`<h1>${heading(visit, data)}</h1>
        ${organizationNotice(desk.organization)}
        ${isManager(desk) ? actionLink(deskPath(visit, "/miembros/agregar"), "Invitar a una persona") : null}
        ${
          isBroker(desk)
            ? html`<p class="pager">
                <a class="more" href="${deskPath(visit, "/miembros/importar")}">Subir una lista</a>
                <a class="more" href="${deskPath(visit, "/miembros/respuestas")}">Quién falta responder</a>
              </p>`
            : null
        }
        ${chosen && isManager(desk) ? changeOne(visit, chosen, attempt) : null}
        ${filters(visit.path, visit.query, [
          ...(isManager(desk) ? ofManagers(data) : []),
          {
            name: "rol",
            label: "Qué hacen",
            all: "Todo",
            options: membershipRoles.map((value) => ({ value, words: roleWords[value] })),
          },
          {
            name: "estado",
            label: "Cuándo",
            all: "Ahora",
            options: [{ value: "antes", words: "Quienes se fueron" }],
          },
        ])}
        ${page.items.length === 0 ? nobody(visit, data) : html`${memberTable(visit, data)}${pager(visit.path, { ...visit.query, socio: undefined }, page.next)}`}
        ${
          isManager(desk) && page.items.length > 0
            ? html`<p class="pager">
                  <a class="more" href="${deskPath(visit, "/miembros/socios.xlsx")}">Descargar para Excel</a>
                  <a class="more" href="${deskPath(visit, "/miembros/socios.csv")}">Descargar en CSV</a>
                </p>
                <p class="quiet">El archivo trae sexo, distrito y cultivos. Queda anotado quién lo bajó.</p>`
            : null
        }`,
    };
  },
  actions: {
    rol: action(
      someone.extend({ rol: kinds.choice(membershipRoles).required }),
      async (visit: DeskVisit, { socio, rol }) => {
        await visit.call(changeMembershipRole, { params: { membershipId: socio }, body: { role: rol } });
        return goTo(visit.path, "rol");
      },
    ),
    terminar: action(someone.extend({ motivo: reason }), async (visit: DeskVisit, { socio, motivo }) => {
      await visit.call(endMembership, { params: { membershipId: socio }, body: { reason: motivo } });
      return goTo(visit.path, "terminado");
    }),
  },
  notices: {
    rol: "Guardado. Vale desde hoy.",
    entro: "Había pedido entrar: ya es parte.",
    terminado: "Ya no es parte. Le avisamos por SMS.",
  },
});

/** What a manager narrows the list by. */
const ofManagers = ({ districts }: Members) => [
  { name: "nombre", label: "Nombre", type: "text" as const },
  {
    name: "sexo",
    label: "Mujeres y hombres",
    all: "Todos",
    options: [
      { value: "f", words: "Mujeres" },
      { value: "m", words: "Hombres" },
    ],
  },
  {
    name: "distrito",
    label: "Distrito",
    all: "Todos",
    options: districts.flatMap((value) => {
      const place = findDistrict(value);
      return place ? [{ value, words: districtLabel(place) }] : [];
    }),
  },
];

const isNarrowed = ({ query, misread: wrong }: DeskVisit): boolean =>
  ["nombre", "sexo", "distrito", "rol"].some((name) => (query[name] ?? "") !== "" && !wrong.has(name));

function heading(visit: DeskVisit, { desk, page, shown }: Members): string {
  const { members } = desk.organization;
  if (shown === "antes") return "Quiénes fueron parte";
  if (isNarrowed(visit))
    return `${page.next ? `Más de ${page.items.length} personas` : peopleWords(page.items.length)} de su búsqueda`;
  if (members === null) return "Quiénes son parte";
  return members === 1 ? "1 persona es parte" : `${members} personas son parte`;
}

const nobody = (visit: DeskVisit, { shown, desk }: Members): Html =>
  shown === "antes"
    ? empty("Nadie se fue hasta hoy.")
    : isNarrowed(visit)
      ? empty("Nadie es así en la lista. Pruebe con una parte del nombre, o sin filtros.", {
          href: visit.path,
          words: "Ver a todos",
        })
      : empty(
          "Todavía no hay nadie. Suba su lista de Excel o invite uno por uno: cada quien responde SI por SMS.",
          isBroker(desk)
            ? { href: deskPath(visit, "/miembros/importar"), words: "Subir mi lista" }
            : undefined,
        );

function memberTable(visit: DeskVisit, { page, shown, desk }: Members): Html {
  const { path, query, today } = visit;
  const name = ({ name: known }: Member) => known ?? "Sin nombre";
  const since = (day: string | null) => (day ? dayWords(day, today) : "—");
  const columns: Column<Member>[] =
    shown === "antes"
      ? [
          { title: "Nombre", cell: name },
          { title: "Qué hacía", cell: ({ role }) => roleWords[role] },
          { title: "Desde", cell: (member) => since(member.since) },
          { title: "Hasta", cell: (member) => since(member.until) },
          {
            title: "Por qué",
            cell: ({ endReason, endNote }) =>
              `${endReason ? endWords[endReason] : "—"}${endNote ? `: ${endNote}` : ""}`,
          },
        ]
      : [
          {
            title: "Nombre",
            cell: (member) =>
              isManager(desk)
                ? html`<a
                    href="${withQuery(path, { ...query, hecho: undefined, socio: member.membershipId })}#cambiar"
                    >${name(member)}</a
                  >`
                : name(member),
          },
          { title: "Celular", cell: ({ phone }) => phoneWords(phone) },
          { title: "Qué hace", cell: (member) => roleCell(visit, member) },
          { title: "Desde", cell: (member) => since(member.since) },
        ];
  return table(
    {
      caption:
        shown === "antes"
          ? "Quiénes fueron parte"
          : `Primero, quienes se anotaron al último en Minka.${isManager(desk) ? " Toque un nombre para cambiar lo que hace." : ""}`,
      path,
      query,
    },
    columns,
    page.items,
  );
}

function phoneWords(phone: string | null): Content {
  if (phone === null) return "Sin celular";
  if (!/^\+\d+$/.test(phone)) return `Termina en ${phone.slice(-3)}`;
  return html`<a href="tel:${phone}">${readablePhone(phone).replaceAll(" ", "\u00a0")}</a>`;
}

function roleCell({ today }: DeskVisit, { role, formerRoles }: Member): Content {
  const last = formerRoles.at(-1);
  if (!last) return roleWords[role];
  return html`${roleWords[role]}<br /><small class="quiet"
      >Antes: ${roleWords[last.role].toLowerCase()}, hasta el ${dayWords(last.until, today)}</small
    >`;
}

/** What somebody does in the organization, or that they belong no more. */
function changeOne(visit: DeskVisit, member: Member, attempt: Attempt | null): Html {
  const { membershipId, name, role } = member;
  const of = { socio: membershipId };
  const [changing, ending] = [
    formState(attempt, "rol", { rol: role }, of),
    formState(attempt, "terminar", {}, of),
  ];
  const who = name ?? "Esta persona";
  return html`<section class="waits" id="cambiar" aria-label="Cambiar a ${who}">
    <h2>${who}</h2>
    ${form(
      visit,
      changing,
      html`${hidden("socio", membershipId)}${optionsField(changing, {
        name: "rol",
        label: "¿Qué hace en la organización?",
        options: membershipRoles.map((value) => ({ value, words: roleWords[value], hint: roleHints[value] })),
      })}${submit("Guardar lo que hace", { quiet: true })}`,
    )}
    <details ${ending.problem || ending.error("motivo") ? html` open` : null}>
      <summary>${who} ya no es parte</summary>
      <p>Ya no entra a compras ni lotes nuevos. Lo que debe y lo que le deben sigue igual.</p>
      ${form(
        visit,
        ending,
        html`${hidden("socio", membershipId)}${textField(ending, { name: "motivo", label: "¿Por qué?", hint: "Lo lee solo quien dirige. A la persona le decimos que ya no es parte.", maxlength: 200, autocomplete: "off" })}${submit("Terminar y avisarle", { danger: true })}`,
      )}
    </details>
    <p><a class="more" href="${withQuery(visit.path, { ...visit.query, socio: undefined })}">Cerrar</a></p>
  </section>`;
}
