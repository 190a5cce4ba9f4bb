import type { Answer } from "@minka/contracts/endpoint";
import { keepReport, listReports, readOutcomes, readReport } from "@minka/contracts/outcome-reports";
import { z } from "zod";
import { form, hidden, submit, textField } from "../../design/fields.ts";
import { html, type Content } from "../../design/html.ts";
import { notice } from "../../design/parts.ts";
import { filters } from "../../design/table.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { withMisread } from "../../visits/asked.ts";
import { goTo } from "../../visits/destination.ts";
import { action, operatorPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { capitalized, dayWords } from "../../words/field-words.ts";
import { listFile, listView, readList, type DeskList } from "./desk-list.ts";
import { boundPeriod, momentValue, momentWords, periodFilters, sentence } from "./list-query.ts";
import { outcomesPart } from "./outcomes-view.ts";

const path = "/operador/informes";

type Summary = Answer<typeof listReports>["items"][number];

const daysOf = ({ from, until }: Pick<Summary, "from" | "until">, today: string) =>
  `del ${dayWords(from, today)} al ${dayWords(until, today)}`;

const list: DeskList<Summary> = {
  path: `${path}/guardados`,
  fileName: "informes",
  caption: "Informes guardados, lo último primero",
  filters: [],
  read: ({ call }, page) => call(listReports, { query: page }),
  columns: async ({ today }) => [
    {
      title: "Informe",
      cell: ({ id, title }) => html`<a href="${path}/${id}">${title}</a>`,
      value: ({ title }) => title,
    },
    { title: "Días", cell: (one) => daysOf(one, today), value: ({ from, until }) => `${from} a ${until}` },
    { title: "Guardado", cell: ({ at }) => momentWords(at, today), value: ({ at }) => momentValue(at) },
  ],
};

export const reportsFile = listFile(list);

/** What came of what was asked for in some days, as of now; it may be kept to answer for it later. */
export const outcomesPage = operatorPage(path)({
  read: async (visit) => {
    const period = boundPeriod(visit, 90);
    return { period, ...(await visit.call(readOutcomes, { query: period })) };
  },
  show: (visit, { period, outcomes }, attempt) => ({
    title: "Informes",
    desk: true,
    main: html`<h1>Qué pasó con lo que la gente pidió</h1>
      ${filters(path, withMisread(visit, { del: period.from, al: period.until }), periodFilters)}
      ${outcomesPart(outcomes)}${keeping(visit, period, attempt)}
      <p><a class="more" href="${path}/guardados">Informes guardados</a></p>`,
  }),
  actions: {
    guardar: action(
      z.object({
        titulo: kinds.text(120, "Póngale un título.").required.refine((text) => text.length >= 3, {
          message: "Escriba un poco más.",
        }),
        del: kinds.day().required,
        al: kinds.day().required,
      }),
      async (visit, { titulo, del, al }) => {
        const { outcomes } = await visit.call(readOutcomes, { query: { from: del, until: al } });
        const { reportId } = await visit.call(keepReport, { body: { title: titulo, figures: { outcomes } } });
        return goTo(`${path}/${reportId}`, "guardado");
      },
      (field) => (field === "body.title" ? "titulo" : undefined),
    ),
  },
});

function keeping(
  visit: SignedVisit,
  { from, until }: { from: string; until: string },
  attempt: Attempt | null,
): Content {
  const state = formState(attempt, "guardar");
  return html`<h2>Guardar este informe</h2>
    <p class="quiet">Queda como está hoy y nadie lo cambia después.</p>
    ${form(
      visit,
      state,
      html`${hidden("del", from)}${hidden("al", until)}${textField(state, { name: "titulo", label: "Título", maxlength: 120, autocomplete: "off" })}${submit("Guardar el informe", { quiet: true })}`,
    )}`;
}

export const reportsListPage = operatorPage(list.path as `${typeof path}/guardados`)({
  read: (visit) => readList(list, visit),
  show: (visit, data) => ({
    title: "Informes guardados",
    desk: true,
    main: html`<h1>Informes guardados</h1>
      ${listView(list, visit, data, "Todavía no se guardó ninguno.")}
      <p><a class="more" href="${path}">Ver las cifras de hoy y guardar un informe</a></p>`,
  }),
});

/** A report as it was kept. */
export const reportPage = operatorPage(`${path}/:reportId`)({
  read: async (visit: SignedVisit<{ reportId: string }>) =>
    (await visit.call(readReport, { params: visit.params })).report,
  show: (visit: SignedVisit<{ reportId: string }>, report) => ({
    title: report.title,
    desk: true,
    main: html`<h1>${report.title}</h1>
      <p class="lead">
        ${capitalized(sentence(`${daysOf(report, visit.today)}; guardado ${momentWords(report.at, visit.today)}`))}
      </p>
      ${report.figures.simulation ? notice("Es una campaña simulada: estas cifras no son de personas de verdad.") : null}
      ${outcomesPart(report.figures.outcomes)}
      <p><a class="more" href="${path}/guardados">Informes guardados</a></p>`,
  }),
  notices: { guardado: "Guardado." },
});
