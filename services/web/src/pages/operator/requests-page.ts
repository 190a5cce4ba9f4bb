import { engagementStates } from "@minka/contracts/engagements";
import { listRequests, requestStates, type Request } from "@minka/contracts/matching";
import { kinds } from "@minka/domain/vocabulary";
import { html, type Content } from "../../design/html.ts";
import { chips, stateMark } from "../../design/parts.ts";
import { askedOf } from "../../visits/asked.ts";
import { operatorPage } from "../../visits/page.ts";
import { kindWords } from "../../words/field-words.ts";
import { listFile, listView, readList, type DeskList } from "./desk-list.ts";
import { engagementMarks, requestMarks, stateWords } from "./desk-words.ts";
import {
  areaFilter,
  askedArea,
  districtName,
  kindFilter,
  momentValue,
  momentWords,
  optionsOf,
  periodFilters,
  periodOf,
} from "./list-query.ts";
import { ownNeedTitle } from "../../words/need-words.ts";

export const requestsPath = "/operador/pedidos";

/** The state of the request; where an agreement is before an operator, that. */
export const markOf = ({ state, engagement }: Request) =>
  engagement?.state === "disputed" ? engagementMarks.disputed : requestMarks[state];

const waitsWords = {
  requester: "quien pidió",
  provider: "el proveedor",
  operator: "Minka (una persona)",
  timer: "Minka sola",
} as const;

const list: DeskList<Request> = {
  path: requestsPath,
  fileName: "pedidos",
  caption: "Pedidos",
  filters: [
    { name: "estado", label: "Cómo está", options: optionsOf(stateWords(requestMarks)), all: "Todos" },
    kindFilter,
    areaFilter,
    ...periodFilters,
  ],
  read: (visit, page) =>
    visit.call(listRequests, {
      query: {
        ...page,
        ...periodOf(visit),
        state: askedOf(visit, "estado", requestStates),
        engagement: askedOf(visit, "acuerdo", engagementStates),
        kind: askedOf(visit, "tipo", kinds),
        area: askedArea(visit),
        order: visit.query["orden"] === "fecha" ? "oldest" : "newest",
      },
    }),
  columns: async ({ namesOf, today }, items) => {
    const names = await namesOf(items.map(({ personId }) => personId));
    const who = ({ personId }: Request) => names.get(personId) ?? "Sin nombre";
    return [
      {
        title: "Pedido",
        cell: (request) => html`<a href="${requestsPath}/${request.id}">${ownNeedTitle(request)}</a>`,
        value: ownNeedTitle,
      },
      { title: "Tipo", cell: ({ need }) => kindWords[need.kind], value: ({ need }) => kindWords[need.kind] },
      { title: "Quién", cell: who, value: who },
      {
        title: "Distrito",
        cell: ({ districtCode }) => districtName(districtCode),
        value: ({ districtCode }) => districtName(districtCode),
      },
      {
        title: "Cómo está",
        cell: (request) => stateMark(...markOf(request)),
        value: (request) => markOf(request)[0],
      },
      {
        title: "Le toca a",
        cell: ({ waitsFor }) => (waitsFor ? waitsWords[waitsFor] : "—"),
        value: ({ waitsFor }) => (waitsFor ? waitsWords[waitsFor] : null),
      },
      {
        title: "Pedido el",
        sort: "fecha",
        cell: ({ openedAt }) => momentWords(openedAt, today),
        value: ({ openedAt }) => momentValue(openedAt),
      },
    ];
  },
};

export const requestsFile = listFile(list);

export const requestsListPage = operatorPage(requestsPath)({
  read: (visit) => readList(list, visit),
  show: (visit, data) => ({
    title: "Pedidos",
    desk: true,
    main: html`<h1>${heading(visit.query)}</h1>
      ${views(visit.query)}
      ${listView(list, visit, data, "Nadie pidió nada todavía. Los pedidos llegan por SMS y por estas páginas.")}`,
  }),
});

function heading(query: Readonly<Record<string, string | undefined>>): string {
  if (query["acuerdo"] === "disputed") return "Desacuerdos que esperan una decisión";
  if (query["estado"] === "with_operator") return "Pedidos que esperan a una persona de Minka";
  return "Lo que la gente pide, y en qué va";
}

function views(query: Readonly<Record<string, string | undefined>>): Content {
  const [state, engagement] = [query["estado"], query["acuerdo"]];
  return chips("Qué pedidos", [
    { href: requestsPath, words: "Todos", current: !state && !engagement },
    {
      href: `${requestsPath}?estado=with_operator&orden=fecha`,
      words: "Sin nadie",
      current: state === "with_operator",
    },
    {
      href: `${requestsPath}?acuerdo=disputed&orden=fecha`,
      words: "Desacuerdos",
      current: engagement === "disputed",
    },
    { href: `${requestsPath}/revisiones`, words: "Listas por revisar", current: false },
  ]);
}
