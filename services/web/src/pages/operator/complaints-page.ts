import { complaintStates, listComplaints } from "@minka/contracts/complaints";
import type { Answer } from "@minka/contracts/endpoint";
import { html } from "../../design/html.ts";
import { chips, notice, stateMark } from "../../design/parts.ts";
import { askedOf } from "../../visits/asked.ts";
import { operatorPage } from "../../visits/page.ts";
import { listFile, listView, readList, type DeskList } from "./desk-list.ts";
import { complaintMarks, stateWords } from "./desk-words.ts";
import { momentValue, momentWords, optionsOf, periodFilters, periodOf } from "./list-query.ts";

export const complaintsPath = "/operador/quejas";

export type Complaint = Answer<typeof listComplaints>["items"][number];

/** Who complains is in no list and in no file: only where one complaint is opened. */
const list: DeskList<Complaint> = {
  path: complaintsPath,
  fileName: "quejas",
  caption: "Quejas",
  filters: [
    { name: "estado", label: "Cómo está", options: optionsOf(stateWords(complaintMarks)), all: "Todas" },
    ...periodFilters,
  ],
  read: (visit, page) =>
    visit.call(listComplaints, {
      query: {
        ...page,
        ...periodOf(visit),
        state: askedOf(visit, "estado", complaintStates),
        order: visit.query["orden"] === "fecha" ? "oldest" : "newest",
      },
    }),
  columns: async ({ today }) => [
    {
      title: "Sobre",
      cell: ({ id, providerName }) => html`<a href="${complaintsPath}/${id}">${providerName}</a>`,
      value: ({ providerName }) => providerName,
    },
    {
      title: "Cómo está",
      cell: ({ state }) => stateMark(...complaintMarks[state]),
      value: ({ state }) => complaintMarks[state][0],
    },
    {
      title: "Mientras tanto",
      cell: ({ state, holds }) => holdWords(state, holds),
      value: ({ state, holds }) => holdWords(state, holds),
    },
    {
      title: "Llegó",
      sort: "fecha",
      cell: ({ raisedAt }) => momentWords(raisedAt, today),
      value: ({ raisedAt }) => momentValue(raisedAt),
    },
    {
      title: "Decidida",
      cell: ({ settledAt }) => (settledAt ? momentWords(settledAt, today) : "—"),
      value: ({ settledAt }) => momentValue(settledAt),
    },
  ],
};

function holdWords(state: Complaint["state"], holds: boolean): string {
  if (state !== "raised") return "—";
  return holds ? "No recibe pedidos" : "Sigue atendiendo";
}

export const complaintsFile = listFile(list);

export const careNotice = notice(
  "Esto lo ven solo las personas de Minka que operan. No lo comente, no lo reenvíe y no le diga al proveedor quién se quejó.",
);

export const complaintViews = (current: "quejas" | "presencia") =>
  chips("Cuidado de las personas", [
    { href: complaintsPath, words: "Quejas", current: current === "quejas" },
    { href: "/operador/pendientes?clase=complaint", words: "Avisos de riesgo", current: false },
    { href: `${complaintsPath}/presencia`, words: "Quién está en visita", current: current === "presencia" },
  ]);

export const complaintsListPage = operatorPage(complaintsPath)({
  read: (visit) => readList(list, visit),
  show: (visit, data) => ({
    title: "Quejas",
    desk: true,
    main: html`<h1>Quejas, y lo que falta decidir</h1>
      ${careNotice}${complaintViews("quejas")}
      ${listView(list, visit, data, "Nadie se quejó. Quien quiere quejarse escribe QUEJA por SMS.")}`,
  }),
});
