import { readPremiumReport } from "@minka/contracts/lot-settlements";
import { addMonths } from "@minka/domain/lima-time";
import { html, type Content } from "../../design/html.ts";
import { empty, facts } from "../../design/parts.ts";
import { filters, table } from "../../design/table.ts";
import { askedDay, withMisread } from "../../visits/asked.ts";
import { signedPage } from "../../visits/page.ts";
import { dayWords, soles } from "../../words/field-words.ts";
import { kilosWords } from "./lot-words.ts";
import { lotsPath } from "./own-lot.ts";

/** What lots paid women as premium, for an auditor. */
export const premiumPage = signedPage("/mi-organizacion/:organizationId/lotes/premio")({
  read: async (visit) => {
    const until = askedDay(visit, "hasta") ?? visit.today;
    const asked = askedDay(visit, "de") ?? addMonths(until, -12);
    const from = asked > until ? until : asked;
    const report = await visit.call(readPremiumReport, {
      query: { organizationId: visit.params.organizationId, from, until },
    });
    return { from, until, report };
  },
  show: (visit, { from, until, report }) => ({
    title: "Premio a mujeres",
    desk: true,
    main: html`<p><a class="more" href="${lotsPath(visit)}">Lotes</a></p>
      <h1>${soles(report.premiumCentimos)} de premio por cosecha de mujeres</h1>
      <p class="lead">
        Lotes liquidados del ${dayWords(from, visit.today)} al ${dayWords(until, visit.today)}.
      </p>
      ${filters(visit.path, withMisread(visit, { ...visit.query, de: from, hasta: until }), [
        { name: "de", label: "Desde", type: "date" },
        { name: "hasta", label: "Hasta", type: "date" },
      ])}
      ${facts([["Mujeres que lo recibieron", hidden(report.women)]])}
      ${
        report.lots.length === 0
          ? empty("En esos días no se liquidó ningún lote.")
          : table(
              { caption: "Lote por lote", path: visit.path, query: visit.query },
              [
                { title: "Lote", cell: ({ title }) => title },
                { title: "Liquidado", cell: ({ settledOn }) => dayWords(settledOn, visit.today) },
                {
                  title: "Premio (S/)",
                  cell: ({ premiumCentimos }) =>
                    premiumCentimos === null ? hidden(null) : soles(premiumCentimos),
                  number: true,
                },
                { title: "Mujeres", cell: ({ women }) => hidden(women), number: true },
                {
                  title: "Su cosecha",
                  cell: ({ womenGrams }) => (womenGrams === null ? hidden(null) : kilosWords(womenGrams)),
                  number: true,
                },
              ],
              report.lots,
            )
      }
      <p class="quiet">Donde fueron menos de cinco mujeres no se dice, para que nadie sepa quiénes.</p>`,
  }),
});

const hidden = (value: number | null): Content => (value === null ? "menos de 5" : value);
