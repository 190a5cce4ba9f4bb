import { listConversations } from "@minka/contracts/conversations";
import type { Answer } from "@minka/contracts/endpoint";
import { html } from "../../design/html.ts";
import { chips, stateMark, type Tone } from "../../design/parts.ts";
import { askedOf } from "../../visits/asked.ts";
import { operatorPage } from "../../visits/page.ts";
import { listFile, listView, readList, type DeskList } from "./desk-list.ts";
import { momentValue, momentWords } from "./list-query.ts";

export const conversationsPath = "/operador/conversaciones";

type Conversation = Answer<typeof listConversations>["items"][number];

const stateOf = ({ takenOver, waiting, optedOut }: Conversation): readonly [string, Tone] => {
  if (takenOver) return ["En manos de una persona", "going"];
  if (waiting) return ["Espera a una persona", "bad"];
  return optedOut ? ["No quiere mensajes", "over"] : ["Con Minka", "good"];
};
const lastWords = ({ last }: Conversation) => (last === null ? "—" : last === "in" ? "El celular" : "Minka");

const list: DeskList<Conversation> = {
  path: conversationsPath,
  fileName: "conversaciones",
  caption: "Quien escribió último va primero",
  filters: [
    {
      name: "estado",
      label: "Cuáles",
      options: [
        { value: "esperan", words: "Esperan a una persona" },
        { value: "mias", words: "Las que tengo yo" },
        { value: "tomadas", words: "Las que tiene alguien" },
      ],
      all: "Todas",
    },
  ],
  read: (visit, page) => {
    const which = askedOf(visit, "estado", ["esperan", "mias", "tomadas"]);
    return visit.call(listConversations, {
      query: {
        ...page,
        ...(which === "esperan" ? { waiting: "true" as const } : {}),
        ...(which === "mias" ? { takenOver: "me" as const } : {}),
        ...(which === "tomadas" ? { takenOver: "anyone" as const } : {}),
      },
    });
  },
  columns: async ({ namesOf, today }, items) => {
    const names = await namesOf(items.map(({ takenOver }) => takenOver?.operatorId));
    const handWords = ({ takenOver }: Conversation) =>
      takenOver ? (names.get(takenOver.operatorId) ?? "Una persona") : "—";
    return [
      {
        title: "Celular",
        cell: ({ id, phone }) => html`<a href="${conversationsPath}/${id}">${phone}</a>`,
        value: ({ phone }) => phone,
      },
      {
        title: "Cómo está",
        cell: (one) => stateMark(...stateOf(one)),
        value: (one) => stateOf(one)[0],
      },
      { title: "La tiene", cell: handWords, value: handWords },
      {
        title: "Escribió",
        cell: ({ wroteAt }) => momentWords(wroteAt, today),
        value: ({ wroteAt }) => momentValue(wroteAt),
      },
      { title: "Último en hablar", cell: lastWords, value: lastWords },
      {
        title: "Recibidos",
        number: true,
        cell: ({ received }) => received,
        value: ({ received }) => received,
      },
      { title: "Enviados", number: true, cell: ({ sent }) => sent, value: ({ sent }) => sent },
    ];
  },
};

export const conversationsFile = listFile(list);

export const conversationsListPage = operatorPage(conversationsPath)({
  read: (visit) => readList(list, visit),
  show: (visit, data) => {
    const now = visit.query["estado"];
    const view = (words: string, state?: string) => ({
      href: state ? `${conversationsPath}?estado=${state}` : conversationsPath,
      words,
      current: now === state,
    });
    return {
      title: "Conversaciones",
      desk: true,
      main: html`<h1>Conversaciones por SMS</h1>
        <p class="quiet">Lo escrito se ve solo al abrir una, y queda anotado quién la abrió.</p>
        ${chips("Qué conversaciones", [
          view("Todas"),
          view("Esperan a una persona", "esperan"),
          view("Las mías", "mias"),
          { href: "/operador/no-entendidos", words: "Lo que no se entendió", current: false },
        ])}
        ${listView(list, visit, data, "Todavía nadie escribió.")}`,
    };
  },
});
