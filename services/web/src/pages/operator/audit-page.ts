import { readAudit } from "@minka/contracts/audits";
import type { Answer } from "@minka/contracts/endpoint";
import { owningServices, type OwningService } from "@minka/contracts/service-names";
import { html, type Content } from "../../design/html.ts";
import { chips, notice, withQuery } from "../../design/parts.ts";
import { optionalId } from "../../forms/field-kinds.ts";
import { asked, askedOf, type Asking } from "../../visits/asked.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { operatorPage } from "../../visits/page.ts";
import { actionChoices, actionWords, beginningOf, thingWords } from "./audit-words.ts";
import { listFile, listView, readList, type DeskList } from "./desk-list.ts";
import { serviceWords } from "./desk-words.ts";
import { momentValue, momentWords, periodFilters, periodOf } from "./list-query.ts";

const path = "/operador/auditoria";

type Row = Answer<(typeof readAudit)["catalog"]>["items"][number];

const serviceOf = (visit: Asking): OwningService => askedOf(visit, "parte", owningServices) ?? "matching";
const linked = optionalId("Ábralo otra vez desde la lista.");
const askedPerson = (visit: Asking) => asked(visit, "persona", linked, "Quién");
const askedSubject = (visit: Asking) => asked(visit, "asunto", linked, "Sobre qué");

/** What was changed, by what the subject says it is, or else by the name of what was done. */
function subjectOf({ subject, action }: Row): { readonly thing: string; readonly id: string } {
  const [, named = "", id = ""] = /^(?:([a-z-]+):)?([0-9a-f-]{36})$/.exec(subject) ?? [];
  const whole = /-(conversation|bulletin|attention|misunderstood)$/.exec(action.split(" ")[0] ?? "")?.[1];
  return { thing: named || (whole ?? action.split(".")[0] ?? ""), id };
}

/** Where one sees it. */
function subjectLink(row: Row): string | null {
  const { thing, id } = subjectOf(row);
  if (id === "") return null;
  const places: Readonly<Record<string, string>> = {
    request: "/operador/pedidos",
    provider: "/operador/proveedores",
    complaint: "/operador/quejas",
    conversation: "/operador/conversaciones",
    sponsorship: "/operador/auspicios",
    organization: "/operador/organizaciones",
    report: "/operador/informes",
    bulletin: "/operador/avisos",
    plan: "/operador/planes",
    offer: "/ofertas",
  };
  const place = places[thing];
  return place ? `${place}/${id}` : null;
}

const list: DeskList<Row> = {
  path,
  fileName: "auditoria",
  caption: "Quién cambió qué, lo último primero",
  filters: [
    {
      name: "parte",
      label: "Parte",
      options: owningServices
        .filter((service) => service !== "matching")
        .map((value) => ({ value, words: serviceWords[value] })),
      all: serviceWords.matching,
    },
    { name: "cosa", label: "Sobre qué", options: actionChoices, all: "Todo" },
    ...periodFilters,
  ],
  read: (visit, page) => {
    const [person, subject] = [askedPerson(visit), askedSubject(visit)];
    const thing = askedOf(
      visit,
      "cosa",
      actionChoices.map(({ value }) => value),
      "Sobre qué",
    );
    return visit.call(readAudit[serviceOf(visit)], {
      query: {
        ...page,
        ...periodOf(visit),
        ...(person ? { actor: `person:${person}` } : {}),
        ...(thing ? { action: beginningOf(thing) } : {}),
        ...(subject ? { subject } : {}),
      },
    });
  },
  columns: async ({ namesOf, today, query }, items) => {
    const names = await namesOf(
      items.flatMap(({ personId, throughPersonId }) => [personId, throughPersonId]),
    );
    const who = (row: Row) => actorWords(row, names);
    return [
      { title: "Qué", cell: ({ action }) => actionWords(action), value: ({ action }) => actionWords(action) },
      {
        title: "Quién",
        cell: (row) => {
          const id = row.throughPersonId ?? row.personId;
          return id
            ? html`<a href="${withQuery(path, { parte: query["parte"], persona: id })}">${who(row)}</a>`
            : who(row);
        },
        value: who,
      },
      { title: "Cuándo", cell: ({ at }) => momentWords(at, today), value: ({ at }) => momentValue(at) },
      {
        title: "Sobre qué",
        cell: (row) => {
          const [href, id] = [subjectLink(row), /[0-9a-f-]{36}$/.exec(row.subject)?.[0]];
          if (!id) return "—";
          const [words, all] = [
            thingWords(subjectOf(row).thing),
            withQuery(path, { parte: query["parte"], asunto: id }),
          ];
          return href
            ? html`<a href="${href}">${words}</a><br /><a href="${all}">Todo lo que se le hizo</a>`
            : html`<a href="${all}">${words}</a>`;
        },
        value: (row) => {
          const { thing, id } = subjectOf(row);
          return id === "" ? "" : `${thingWords(thing)} ${id}`;
        },
      },
    ];
  },
};

function actorWords({ actor, personId, throughPersonId }: Row, names: ReadonlyMap<string, string>): string {
  const nameOf = (id: string) => names.get(id) ?? "Alguien sin nombre";
  if (personId && throughPersonId) return `${nameOf(throughPersonId)}, por ${nameOf(personId)}`;
  const known = personId ?? throughPersonId;
  if (known) return nameOf(known);
  return actor.startsWith("service:") ? "Por SMS, o desde otra parte de Minka" : "Minka sola, a su hora";
}

export const auditFile = listFile(list);

export const auditPage = operatorPage(path)({
  read: async (visit) => {
    const [data, names] = await Promise.all([readList(list, visit), visit.namesOf([askedPerson(visit)])]);
    return { data, who: names.get(askedPerson(visit) ?? "") };
  },
  show: (visit, { data, who }) => ({
    title: "Auditoría",
    desk: true,
    main: html`<h1>${who ? `Lo que hizo ${who}` : "Quién cambió qué, y cuándo"}</h1>
      ${narrowed(visit)} ${listView(list, visit, data, "Aquí todavía nadie cambió nada.")}`,
  }),
});

/** The same question to another part: one person acts in several. */
const parts = (visit: SignedVisit): Content =>
  chips(
    "De qué parte",
    owningServices.map((service) => ({
      href: withQuery(path, {
        parte: service === "matching" ? undefined : service,
        persona: askedPerson(visit),
        asunto: askedSubject(visit),
      }),
      words: serviceWords[service],
      current: service === serviceOf(visit),
    })),
  );

const narrowed = (visit: SignedVisit): Content =>
  askedPerson(visit) || askedSubject(visit)
    ? html`${notice(
        html`Solo ${askedPerson(visit) ? "de una persona" : "de una cosa"}.
          <a href="${withQuery(path, { parte: visit.query["parte"] })}">Ver todo</a>`,
      )}${parts(visit)}`
    : null;
