import { listLots, lotStates, type Lot } from "@minka/contracts/lots";
import { html, type Html } from "../../design/html.ts";
import { stateChips, empty, pager } from "../../design/parts.ts";
import { table } from "../../design/table.ts";
import { askedCursor, askedOf } from "../../visits/asked.ts";
import { signedPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { onDay } from "../credit/say-credit.ts";
import { harvestWords, kilosWords, lotMark, lotsHeading, placeName } from "../lots/lot-words.ts";
import { shownLotStates } from "../lots/lot-states.ts";

type BuyerVisit = SignedVisit<{ providerId: string }>;

/** Harvest that answers a buyer's offer, or is under contract with it. */
export const buyerLotsPage = signedPage("/mi-servicio/:providerId/lotes")({
  read: async (visit) => {
    const state = askedOf(visit, "estado", lotStates);
    const cursor = askedCursor(visit);
    const page = await visit.call(listLots, {
      query: { buyerId: visit.params.providerId, state, cursor, limit: 50 },
    });
    return { state, cursor, page };
  },
  show: (visit, { state, cursor, page }) => ({
    title: "Lotes",
    desk: true,
    main: html`<h1>${lotsHeading(page, { state, cursor, whose: " para ustedes" })}</h1>
      <p class="lead">Cosecha que juntan organizaciones para ustedes, con la parcela de la que viene.</p>
      ${stateChips(visit, { states: shownLotStates, current: state, rows: page.items.length })}
      ${
        page.items.length === 0
          ? empty(
              state
                ? "Aquí no hay ninguno ahora."
                : "Todavía nadie junta cosecha para ustedes. Publiquen qué compran, con precio y calidad: las organizaciones arman lotes para eso.",
              state
                ? { href: visit.path, words: "Ver todos" }
                : {
                    href: `/mi-servicio/${visit.params.providerId}/ofertas`,
                    words: "Publicar qué compran",
                  },
            )
          : html`${lots(visit, page.items)}${pager(visit.path, visit.query, page.next)}`
      }`,
  }),
});

const lots = (visit: BuyerVisit, items: readonly Lot[]): Html =>
  table(
    { caption: "Lotes, los más nuevos primero", path: visit.path, query: visit.query },
    [
      { title: "Lote", cell: ({ id, title }) => html`<a href="${visit.path}/${id}">${title}</a>` },
      { title: "Lo arma", cell: ({ organizer }) => organizer.name },
      { title: "Estado", cell: ({ state }) => lotMark(state) },
      { title: "Cosecha", cell: harvestWords },
      { title: "Ofrecido", cell: ({ pledgedGrams }) => kilosWords(pledgedGrams), number: true },
      { title: "Pesado", cell: ({ weighedGrams }) => kilosWords(weighedGrams), number: true },
      { title: "Mínimo", cell: ({ minimumGrams }) => kilosWords(minimumGrams), number: true },
      { title: "Se junta hasta", cell: ({ pledgeUntil }) => onDay(pledgeUntil, visit.today) },
      {
        title: "De",
        cell: ({ points }) =>
          [...new Set(points.map(({ districtCode }) => placeName(districtCode)))].join(", "),
      },
    ],
    items,
  );
