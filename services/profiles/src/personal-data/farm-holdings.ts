import { theirRows, type Holding } from "@minka/database/holdings";
import { sql } from "@minka/database/query";
import { certificates } from "../certificates/certificates-tables.ts";
import { plotHolders, plots } from "../plots/plots-tables.ts";
import { seasons } from "../seasons/seasons-tables.ts";
import { producerCrops } from "../tables.ts";

const heldPlots = (personId: string) =>
  sql`(select h.plot_id from ${plotHolders} h where h.person_id = ${personId})`;

const seasonColumns = {
  plotId: seasons.plotId,
  crop: seasons.crop,
  year: seasons.year,
  areaAmount: seasons.areaAmount,
  areaUnit: seasons.areaUnit,
  amount: seasons.amount,
  unit: seasons.unit,
  state: seasons.state,
  organic: seasons.organic,
  variety: seasons.variety,
};

/** What profiles holds on a person as a producer. */
export const farmHoldings: readonly Holding[] = [
  theirRows(producerCrops, producerCrops.personId, "crops", {
    crop: producerCrops.crop,
    size: producerCrops.size,
  }),
  theirRows(certificates, certificates.personId, "certificates", {
    certificate: certificates.certificate,
    crop: certificates.crop,
    issuer: certificates.issuer,
    number: certificates.number,
    expiresOn: certificates.expiresOn,
  }),
  theirRows(seasons, seasons.personId, "seasons", seasonColumns),
  {
    table: seasons,
    of: ({ personId }) => sql`${seasons.plotId} in ${heldPlots(personId)}`,
    show: { section: "seasons", columns: seasonColumns },
    // They go with their plot, or stay with whoever else holds it.
    erase: "keep",
  },
  {
    table: plots,
    of: ({ personId }) => sql`${plots.id} in ${heldPlots(personId)}`,
    show: {
      section: "plots",
      columns: {
        id: plots.id,
        name: plots.name,
        districtCode: plots.districtCode,
        areaAmount: plots.areaAmount,
        areaUnit: plots.areaUnit,
        squareMetres: plots.squareMetres,
        tenure: plots.tenure,
        document: plots.document,
        geometry: plots.geometry,
      },
    },
    erase: "keep",
  },
  {
    // What nobody else holds goes; a couple's plot stays the other's.
    table: plots,
    of: ({ personId }) =>
      sql`${plots.id} in ${heldPlots(personId)} and not exists (select 1 from ${plotHolders} h
        where h.plot_id = ${plots.id} and h.person_id <> ${personId})`,
    show: null,
    erase: "delete",
  },
  theirRows(plotHolders, plotHolders.personId, "plotsHeld", {
    plotId: plotHolders.plotId,
    since: plotHolders.since,
  }),
];
