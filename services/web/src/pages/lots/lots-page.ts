import { listLots, lotStates, type Lot } from "@minka/contracts/lots";
import { html, type Html } from "../../design/html.ts";
import { stateChips, actionLink, empty, pager } from "../../design/parts.ts";
import { table } from "../../design/table.ts";
import { standingOf } from "../../frame/standing.ts";
import { askedCursor, askedOf } from "../../visits/asked.ts";
import { signedPage } from "../../visits/page.ts";
import { onDay } from "../credit/say-credit.ts";
import { gatheringWords, harvestWords, kilosWords, lotMark, lotsHeading } from "./lot-words.ts";
import { shownLotStates } from "./lot-states.ts";
import { lotsPath, type DeskVisit } from "./own-lot.ts";

/** An organization's lots, and what each waits for. */
export const lotsPage = signedPage("/mi-organizacion/:organizationId/lotes")({
  read: async (visit) => {
    const state = askedOf(visit, "estado", lotStates);
    const cursor = askedCursor(visit);
    const { organizationId } = visit.params;
    const page = await visit.call(listLots, {
      query: {
        organizerKind: "organization",
        organizerId: organizationId,
        state,
        cursor,
        limit: 50,
      },
    });
    const { organizations } = await standingOf(visit);
    const manages = organizations.some(({ id, role }) => id === organizationId && role === "manager");
    return { state, cursor, page, manages };
  },
  show: (visit, { state, cursor, page, manages }) => ({
    title: "Lotes",
    desk: true,
    main: html`<h1>${lotsHeading(page, { state, cursor })}</h1>
      <p>
        ${actionLink(`${lotsPath(visit)}/nuevo`, "Abrir un lote")}
        ${manages ? html`<a class="more" href="${lotsPath(visit)}/premio">Premio a mujeres</a>` : null}
      </p>
      ${stateChips(visit, { states: shownLotStates, current: state, rows: page.items.length })}
      ${
        page.items.length === 0
          ? empty(
              state
                ? "Aquí no hay ninguno ahora."
                : "Todavía no armaron ningún lote. Al abrir uno, cada socia y socio recibe un SMS y ofrece lo que tiene.",
              state
                ? { href: visit.path, words: "Ver todos" }
                : { href: `${lotsPath(visit)}/nuevo`, words: "Abrir el primero" },
            )
          : html`${lots(visit, page.items)}${pager(visit.path, visit.query, page.next)}`
      }`,
  }),
  notices: {
    cancelado: "El lote quedó cancelado. A cada quien le avisamos que su cosecha está libre.",
  },
});

const lots = (visit: DeskVisit, items: readonly Lot[]): Html =>
  table(
    { caption: "Lotes, los más nuevos primero", path: visit.path, query: visit.query },
    [
      { title: "Lote", cell: ({ id, title }) => html`<a href="${lotsPath(visit)}/${id}">${title}</a>` },
      { title: "Estado", cell: ({ state }) => lotMark(state) },
      { title: "Cosecha", cell: harvestWords },
      { title: "Personas", cell: ({ pledges }) => pledges, number: true },
      { title: "Ofrecido", cell: ({ pledgedGrams }) => kilosWords(pledgedGrams), number: true },
      { title: "Pesado", cell: ({ weighedGrams }) => kilosWords(weighedGrams), number: true },
      { title: "Mínimo", cell: ({ minimumGrams }) => kilosWords(minimumGrams), number: true },
      { title: "Se ofrece hasta", cell: ({ pledgeUntil }) => onDay(pledgeUntil, visit.today) },
      {
        title: "Acopio",
        cell: (lot) => gatheringWords(lot, visit.today),
      },
      { title: "Comprador", cell: ({ demand }) => demand?.providerName ?? "por buscar" },
    ],
    items,
  );
