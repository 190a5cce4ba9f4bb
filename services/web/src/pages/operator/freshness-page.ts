import type { Answer } from "@minka/contracts/endpoint";
import { freshnessStages, listFreshness } from "@minka/contracts/freshness";
import { kinds } from "@minka/domain/vocabulary";
import { html } from "../../design/html.ts";
import { stateMark, type Tone } from "../../design/parts.ts";
import { askedOf, askedDay } from "../../visits/asked.ts";
import { operatorPage } from "../../visits/page.ts";
import { dayWords, kindWords } from "../../words/field-words.ts";
import { listFile, listView, readList, type DeskList } from "./desk-list.ts";
import { areaFilter, askedArea, districtName, kindFilter, momentValue, momentWords } from "./list-query.ts";

const path = "/operador/frescura";

export type FreshOffer = Answer<typeof listFreshness>["items"][number];

export const stageMarks: Record<(typeof freshnessStages)[number], readonly [string, Tone]> = {
  fresh: ["Al día", "good"],
  sunk: ["Al final de las listas", "waiting"],
  hidden: ["Nadie la encuentra", "bad"],
};

const titleOf = ({ title, kind }: FreshOffer) => title ?? kindWords[kind];

const list: DeskList<FreshOffer> = {
  path,
  fileName: "frescura",
  caption: "Ofertas publicadas, primero las que nadie confirma hace más tiempo",
  filters: [
    {
      name: "estado",
      label: "Cómo está",
      options: freshnessStages.map((value) => ({ value, words: stageMarks[value][0] })),
      all: "Todas",
    },
    { ...kindFilter, label: "Qué ofrece" },
    areaFilter,
    { name: "al", label: "Confirmada hasta el día", type: "date" },
  ],
  read: (visit, page) =>
    visit.call(listFreshness, {
      query: {
        ...page,
        stage: askedOf(visit, "estado", freshnessStages),
        kind: askedOf(visit, "tipo", kinds),
        area: askedArea(visit),
        until: askedDay(visit, "al"),
      },
    }),
  columns: async ({ today }) => [
    {
      title: "Proveedor",
      cell: ({ providerId, providerName }) =>
        html`<a href="/operador/proveedores/${providerId}">${providerName}</a>`,
      value: ({ providerName }) => providerName,
    },
    { title: "Oferta", cell: titleOf, value: titleOf },
    {
      title: "Distrito",
      cell: ({ districtCode }) => districtName(districtCode),
      value: ({ districtCode }) => districtName(districtCode),
    },
    {
      title: "Cómo está",
      cell: ({ stage }) => stateMark(...stageMarks[stage]),
      value: ({ stage }) => stageMarks[stage][0],
    },
    {
      title: "Confirmada",
      cell: ({ confirmedOn }) => dayWords(confirmedOn, today),
      value: ({ confirmedOn }) => confirmedOn,
    },
    {
      title: "Veces que se preguntó",
      number: true,
      cell: ({ asked }) => asked,
      value: ({ asked }) => asked,
    },
    {
      title: "La última",
      cell: ({ askedAt }) => (askedAt ? momentWords(askedAt, today) : "Todavía no"),
      value: ({ askedAt }) => momentValue(askedAt),
    },
  ],
};

export const freshnessFile = listFile(list);

export const freshnessPage = operatorPage(path)({
  read: (visit) => readList(list, visit),
  show: (visit, data) => ({
    title: "Qué tan al día están las ofertas",
    desk: true,
    main: html`<h1>Ofertas que nadie confirma hace tiempo</h1>
      <p class="quiet">
        Minka pregunta por SMS si cada oferta sigue. Sin respuesta baja al final de las listas y después nadie
        la encuentra. Llame a quien no contesta: abra el proveedor.
      </p>

      ${listView(list, visit, data, "No hay ofertas publicadas de proveedores revisados.")}`,
  }),
});
