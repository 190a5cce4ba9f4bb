import type { Answer } from "@minka/contracts/endpoint";
import { providerStates } from "@minka/contracts/provider-decisions";
import { listProviderRecords, providerKinds } from "@minka/contracts/providers";
import { html } from "../../design/html.ts";
import { chips, stateMark } from "../../design/parts.ts";
import { askedOf } from "../../visits/asked.ts";
import { operatorPage } from "../../visits/page.ts";
import { capitalized, joinWords } from "../../words/field-words.ts";
import { listFile, listView, readList, type DeskList } from "./desk-list.ts";
import { providerKindWords, providerMarks, stateWords } from "./desk-words.ts";
import {
  areaFilter,
  askedArea,
  districtName,
  momentValue,
  momentWords,
  optionsOf,
  periodFilters,
  periodOf,
} from "./list-query.ts";

export const providersPath = "/operador/proveedores";

type Item = Answer<typeof listProviderRecords>["items"][number];

const kindsOf = ({ kinds }: Item) => capitalized(joinWords(kinds.map((kind) => providerKindWords[kind])));
const formWords = { person: "Persona", organization: "Organización", company: "Empresa" } as const;

const list: DeskList<Item> = {
  path: providersPath,
  fileName: "proveedores",
  caption: "Proveedores",
  filters: [
    { name: "estado", label: "Cómo está", options: optionsOf(stateWords(providerMarks)), all: "Todos" },
    {
      name: "clase",
      label: "Qué hace",
      options: optionsOf(providerKindWords),
      all: "Todo",
    },
    areaFilter,
    ...periodFilters,
  ],
  read: (visit, page) =>
    visit.call(listProviderRecords, {
      query: {
        ...page,
        ...periodOf(visit),
        state: askedOf(visit, "estado", providerStates),
        kind: askedOf(visit, "clase", providerKinds),
        area: askedArea(visit),
        order: visit.query["orden"] === "-desde-cuando" ? "newest" : "longest",
      },
    }),
  columns: async ({ today }) => [
    {
      title: "Proveedor",
      cell: ({ id, name }) => html`<a href="${providersPath}/${id}">${name}</a>`,
      value: ({ name }) => name,
    },
    { title: "Qué hace", cell: kindsOf, value: kindsOf },
    { title: "Qué es", cell: ({ form }) => formWords[form], value: ({ form }) => formWords[form] },
    {
      title: "Distrito",
      cell: ({ districtCode }) => districtName(districtCode),
      value: ({ districtCode }) => districtName(districtCode),
    },
    {
      title: "Cómo está",
      cell: ({ state }) => stateMark(...providerMarks[state]),
      value: ({ state }) => providerMarks[state][0],
    },
    {
      title: "Así desde",
      sort: "desde-cuando",
      cell: ({ since }) => momentWords(since, today),
      value: ({ since }) => momentValue(since),
    },
  ],
};

export const providersFile = listFile(list);

export const providersListPage = operatorPage(providersPath)({
  read: (visit) => readList(list, visit),
  show: (visit, data) => {
    const state = visit.query["estado"];
    const view = (words: string, of?: string) => ({
      href: of ? `${providersPath}?estado=${of}` : providersPath,
      words,
      current: state === of,
    });
    return {
      title: "Proveedores",
      desk: true,
      main: html`<h1>
          ${state === "submitted" ? "Estos esperan que usted los revise" : "Quiénes ofrecen algo, y cómo están"}
        </h1>
        ${chips("Qué proveedores", [
          view("Todos"),
          view("Por revisar", "submitted"),
          view("Detenidos por queja", "held"),
          view("Suspendidos", "suspended"),
          { href: "/operador/frescura", words: "Qué tan al día están", current: false },
        ])}
        ${listView(
          list,
          visit,
          data,
          "Todavía no hay proveedores. Se registran ellos mismos en esta página, en «Ofrecer algo».",
        )}`,
    };
  },
});
