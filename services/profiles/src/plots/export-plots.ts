import { exactGeometry } from "@minka/contracts/exact-geometry";
import type { Queries } from "@minka/database/connect";
import { hectares } from "@minka/domain/area-units";
import type { Crop } from "@minka/domain/vocabulary";
import { actOf, type Context, type Means } from "@minka/service/act";
import { asc, inArray } from "@minka/database/query";
import { record } from "../acts.ts";
import { lockPerson } from "../people/lock-people.ts";
import { refuseOthers } from "../people/read-person.ts";
import { seasons } from "../seasons/seasons-tables.ts";
import { heldPlots } from "./lock-plot.ts";
import { neverCollateral } from "./plot-row.ts";
import { plots } from "./plots-tables.ts";

/** GeoJSON (RFC 7946) of the plots a person holds. It carries no name: whose they are, the one who asks knows. */
export async function exportPlots(
  { db, clock }: Means,
  context: Pick<Context, "actor" | "trace">,
  personId: string,
) {
  refuseOthers(context.actor, personId);
  const features = await db.transaction(async (tx) => {
    await lockPerson(tx, personId);
    const rows = await tx.select().from(plots).where(heldPlots(tx, personId)).orderBy(asc(plots.id));
    const crops = await lastCrops(
      tx,
      rows.map(({ id }) => id),
    );
    await record(tx, actOf(context, clock()), "plots.export", personId);
    return rows.map(({ id, name, districtCode, squareMetres, tenure, document, geometry }) => ({
      type: "Feature",
      id,
      geometry: geometry && exactGeometry(geometry),
      properties: {
        name,
        districtCode,
        areaHectares: hectares(squareMetres),
        tenure,
        document,
        neverCollateral: neverCollateral(tenure),
        crops: crops.get(id) ?? [],
      },
    }));
  });
  return {
    fileName: "parcelas.geojson",
    contentType: "application/geo+json",
    bytes: Buffer.from(JSON.stringify({ type: "FeatureCollection", features })),
  };
}

/** The crops of each plot's last season. */
async function lastCrops(queries: Queries, plotIds: readonly string[]): Promise<Map<string, Crop[]>> {
  const crops = new Map<string, Crop[]>();
  if (plotIds.length === 0) return crops;
  const rows = await queries
    .selectDistinct({ plotId: seasons.plotId, year: seasons.year, crop: seasons.crop })
    .from(seasons)
    .where(inArray(seasons.plotId, [...plotIds]))
    .orderBy(asc(seasons.crop));
  const years = new Map<string | null, number>();
  for (const { plotId, year } of rows) years.set(plotId, Math.max(year, years.get(plotId) ?? 0));
  for (const { plotId, year, crop } of rows) {
    if (plotId !== null && years.get(plotId) === year) {
      crops.set(plotId, [...(crops.get(plotId) ?? []), crop]);
    }
  }
  return crops;
}
