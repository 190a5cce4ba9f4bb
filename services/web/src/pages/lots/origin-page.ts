import { exportLotPlots, readLotTrace } from "@minka/contracts/lot-settlements";
import { html } from "../../design/html.ts";
import { signedFile, signedPage } from "../../visits/page.ts";
import { originFile, originMain } from "./origin-view.ts";
import { lotPath, readOwnLot } from "./own-lot.ts";

/** From the lot to each contribution and the plots where it grew. */
export const originPage = signedPage("/mi-organizacion/:organizationId/lotes/:lotId/origen")({
  read: async (visit) => {
    const lot = await readOwnLot(visit);
    const trace = await visit.call(readLotTrace, { params: { lotId: lot.id } });
    const names = await visit.namesOf(trace.contributions.map(({ producerId }) => producerId));
    return { lot, trace, names };
  },
  show: (visit, { lot, trace, names }) => ({
    title: `Origen de ${lot.title}`,
    desk: true,
    main: html`<p><a class="more" href="${lotPath(visit)}">${lot.title}</a></p>
      ${originMain(visit, { lot, trace, names, file: lotPath(visit, "/parcelas.geojson") })}`,
  }),
});

export const originPlots = signedFile(
  "/mi-organizacion/:organizationId/lotes/:lotId/parcelas.geojson",
  async (visit) => {
    const lot = await readOwnLot(visit);
    return originFile(lot.title, await visit.call(exportLotPlots, { params: { lotId: lot.id } }));
  },
);
