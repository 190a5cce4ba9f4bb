import type { Answer } from "@minka/contracts/endpoint";
import { listReviews } from "@minka/contracts/reviews";
import { html } from "../../design/html.ts";
import { stateMark } from "../../design/parts.ts";
import { askedOf } from "../../visits/asked.ts";
import { operatorPage } from "../../visits/page.ts";
import { listFile, listView, readList, type DeskList } from "./desk-list.ts";
import { reviewWords } from "./desk-words.ts";
import { momentValue, momentWords, periodFilters, periodOf } from "./list-query.ts";
import { requestsPath } from "./requests-page.ts";

type Review = Answer<typeof listReviews>["items"][number];

const outcomeWords = ({ outcome }: Review) => (outcome ? reviewWords[outcome].words : "Por decidir");

const list: DeskList<Review> = {
  path: `${requestsPath}/revisiones`,
  fileName: "revisiones",
  caption: "Listas que alguien pidió revisar",
  filters: [
    {
      name: "estado",
      label: "Cómo está",
      options: [
        { value: "settled", words: "Decididas" },
        { value: "todas", words: "Todas" },
      ],
      all: "Por decidir",
    },
    ...periodFilters,
  ],
  read: (visit, page) =>
    visit.call(listReviews, {
      query: {
        ...page,
        ...periodOf(visit),
        state:
          visit.query["estado"] === "todas" ? undefined : (askedOf(visit, "estado", ["settled"]) ?? "open"),
        order: visit.query["orden"] === "-fecha" ? "newest" : "oldest",
      },
    }),
  columns: async ({ namesOf, today }, items) => {
    const names = await namesOf(items.map(({ personId }) => personId));
    const who = ({ personId }: Review) => names.get(personId) ?? "Sin nombre";
    return [
      {
        title: "Quién",
        cell: (review) => html`<a href="${requestsPath}/${review.requestId}#revision">${who(review)}</a>`,
        value: who,
      },
      { title: "Qué le parece mal", cell: ({ why }) => why ?? "No lo dijo", value: ({ why }) => why },
      {
        title: "Cómo está",
        cell: (review) => stateMark(outcomeWords(review), review.outcome ? "over" : "waiting"),
        value: outcomeWords,
      },
      {
        title: "Lo pidió el",
        sort: "fecha",
        cell: ({ askedAt }) => momentWords(askedAt, today),
        value: ({ askedAt }) => momentValue(askedAt),
      },
    ];
  },
};

export const reviewsFile = listFile(list);

export const reviewsPage = operatorPage(list.path as `${typeof requestsPath}/revisiones`)({
  read: (visit) => readList(list, visit),
  show: (visit, data) => ({
    title: "Listas por revisar",
    desk: true,
    main: html`<h1>Listas que alguien pidió que revise una persona</h1>
      <p class="quiet">
        El orden lo pone una computadora. La ley da derecho a que lo mire una persona: abra el pedido, mire y
        decida.
      </p>
      ${listView(list, visit, data, "Nadie espera una revisión. Cuando alguien no esté de acuerdo con su lista, aparece aquí.")}`,
  }),
});
