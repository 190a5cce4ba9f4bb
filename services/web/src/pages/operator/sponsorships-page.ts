import {
  listSponsorships,
  sponsoredKinds,
  sponsorshipStates,
  type Sponsorship,
  type SponsorshipState,
} from "@minka/contracts/sponsorships";
import { html } from "../../design/html.ts";
import { actionLink, progress, stateMark, type Tone } from "../../design/parts.ts";
import { askedOf } from "../../visits/asked.ts";
import { operatorPage } from "../../visits/page.ts";
import { kindWords, soles } from "../../words/field-words.ts";
import { daysWords } from "../lots/lot-words.ts";
import { listFile, listView, readList, type DeskList } from "./desk-list.ts";
import { optionsOf, solesValue } from "./list-query.ts";

export const sponsorshipsPath = "/operador/auspicios";

export const sponsorshipMarks: Record<SponsorshipState, readonly [string, Tone]> = {
  draft: ["Por aprobar", "waiting"],
  active: ["En marcha", "good"],
  paused: ["En pausa", "waiting"],
  ended: ["Terminado", "over"],
};

/** What is spent and what is kept aside, of all there is. */
export const budgetBar = ({ budgetCentimos, reservedCentimos, spentCentimos }: Sponsorship) =>
  progress({
    part: reservedCentimos + spentCentimos,
    whole: budgetCentimos,
    words: `${soles(spentCentimos)} pagados y ${soles(reservedCentimos)} apartados, de ${soles(budgetCentimos)}`,
  });

const list: DeskList<Sponsorship> = {
  path: sponsorshipsPath,
  fileName: "auspicios",
  caption: "Auspicios, los más nuevos primero",
  filters: [
    {
      name: "estado",
      label: "Cómo está",
      options: sponsorshipStates.map((value) => ({ value, words: sponsorshipMarks[value][0] })),
      all: "Todos",
    },
    {
      name: "tipo",
      label: "Qué paga",
      options: optionsOf(Object.fromEntries(sponsoredKinds.map((kind) => [kind, kindWords[kind]]))),
      all: "Todo",
    },
  ],
  read: (visit, page) =>
    visit.call(listSponsorships, {
      query: {
        ...page,
        state: askedOf(visit, "estado", sponsorshipStates),
        kind: askedOf(visit, "tipo", sponsoredKinds),
      },
    }),
  columns: async ({ today }) => [
    {
      title: "Auspicio",
      cell: ({ id, title }) => html`<a href="${sponsorshipsPath}/${id}">${title}</a>`,
      value: ({ title }) => title,
    },
    { title: "Quién paga", cell: ({ sponsor }) => sponsor.name, value: ({ sponsor }) => sponsor.name },
    {
      title: "Cómo está",
      cell: ({ state }) => stateMark(...sponsorshipMarks[state]),
      value: ({ state }) => sponsorshipMarks[state][0],
    },
    { title: "Presupuesto", cell: budgetBar },
    {
      title: "Días",
      cell: (days) => daysWords(days, today),
      value: ({ from, until }) => `${from} a ${until}`,
    },
    {
      title: "En total (S/)",
      number: true,
      cell: ({ budgetCentimos }) => soles(budgetCentimos),
      value: ({ budgetCentimos }) => solesValue(budgetCentimos),
    },
    {
      title: "Pagado (S/)",
      number: true,
      cell: ({ spentCentimos }) => soles(spentCentimos),
      value: ({ spentCentimos }) => solesValue(spentCentimos),
    },
    {
      title: "Apartado (S/)",
      number: true,
      cell: ({ reservedCentimos }) => soles(reservedCentimos),
      value: ({ reservedCentimos }) => solesValue(reservedCentimos),
    },
  ],
};

export const sponsorshipsFile = listFile(list);

export const sponsorshipsListPage = operatorPage(sponsorshipsPath)({
  read: (visit) => readList(list, visit),
  show: (visit, data) => ({
    title: "Auspicios",
    desk: true,
    main: html`<h1>Quién paga servicios a otros, y cuánto queda</h1>
      <p class="quiet">
        Quien auspicia paga una parte a un grupo que nombra. Nadie aparece antes ni después en una lista por
        eso.
      </p>
      <p>${actionLink(`${sponsorshipsPath}/nuevo`, "Proponer un auspicio de un programa")}</p>
      ${listView(
        list,
        visit,
        data,
        "Nadie auspicia todavía. Una empresa, una organización o un programa lo propone, y otra persona lo aprueba aquí.",
      )}`,
  }),
});
