import { exactGeometry } from "@minka/contracts/exact-geometry";
import type { FarmPlot } from "@minka/contracts/farm-facts";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type {
  exportLotPlots as exportContract,
  readLotTrace as traceContract,
  traceGaps,
} from "@minka/contracts/lot-settlements";
import type { Queries } from "@minka/database/connect";
import { hectares } from "@minka/domain/area-units";
import { polygonNeededAboveSquareMetres } from "@minka/domain/plot-geometry";
import { actOf, type Context } from "@minka/service/act";
import { and, asc, eq, gt, inArray, isNull } from "@minka/database/query";
import { record } from "../acting.ts";
import { refuseUnlessProvider } from "../authority.ts";
import { weighedAs } from "../pledges/weighed-as.ts";
import { plotsOf, receiptNumber } from "../pledges/pledge-view.ts";
import { pledges, receipts } from "../pledges/pledges-tables.ts";
import { contractOf } from "./contract-sides.ts";
import { findLot } from "./lock-lot.ts";
import { isOrganizer, refuseUnlessOrganizer } from "../organizers/organizer.ts";
import type { LotRow } from "./lots-tables.ts";
import type { Calling } from "./open-lot.ts";
import { readPlots, refreshPlots } from "./refresh-plots.ts";

type Gap = { pledgeId: string; plotId: string | null; gap: (typeof traceGaps)[number] };
type Traced = {
  pledgeId: string;
  producerId: string;
  grams: number;
  certificates: string[];
  variety: string | null;
  plots: { plotId: string; plot: FarmPlot | null; gone: boolean }[];
};

/** From the lot to where it grew, for the organizer's people and, once it is signed, the buyer's staff. */
export async function readTrace(
  means: Calling,
  asking: Pick<Context, "actor" | "trace">,
  { params: { lotId } }: HandlerInput<typeof traceContract>,
): Promise<HandlerAnswer<typeof traceContract>> {
  const lot = await findLot(means.db.read, lotId);
  await refuseUnlessTraced(means, asking, lot);
  const traced = await tracedOf(means.db.read, lotId);
  const origins = await weighedAs(
    means.db.read,
    traced.map(({ pledgeId }) => pledgeId),
  );
  const ids = [...new Set(origins.values())];
  const weighed =
    ids.length === 0
      ? []
      : await means.db.read
          .select()
          .from(receipts)
          .where(and(inArray(receipts.pledgeId, ids), isNull(receipts.correctedAt)))
          .orderBy(asc(receipts.number));
  return {
    lotId,
    contributions: traced.map(({ pledgeId, producerId, grams, certificates, plots }) => ({
      pledgeId,
      producerId,
      grams,
      certificates,
      receipts: weighed.flatMap((each) =>
        each.pledgeId === origins.get(pledgeId)
          ? [
              {
                number: receiptNumber(each.number),
                grams: each.lotGrams,
                weighedAt: each.weighedAt.toISOString(),
              },
            ]
          : [],
      ),
      plots: plots.map(({ plotId, plot }) => ({
        plotId,
        squareMetres: plot?.squareMetres ?? null,
        districtCode: plot?.districtCode ?? null,
        geometry: plot?.geometry?.type ?? null,
      })),
    })),
    missing: gapsOf(traced),
  };
}

/**
 * The places of production of what is in the lot (Regulation (EU) 2023/1115, article 9): geometry with every decimal,
 * area, country; producers by id alone. What is not known yet is in the foreign member `missing`. As long as the lot
 * is not settled the plots are read anew.
 */
export async function exportLotPlots(
  means: Calling,
  context: Pick<Context, "actor" | "trace">,
  { params: { lotId } }: HandlerInput<typeof exportContract>,
) {
  const { db, clock, call } = means;
  const lot = await findLot(db.read, lotId);
  await refuseUnlessTraced(means, context, lot);
  const plots = lot.state === "settled" ? [] : await readPlots({ db, call }, lotId, context.trace);
  const traced = await db.transaction(async (tx) => {
    await refreshPlots(tx, plots);
    await record(tx, actOf(context, clock()), "lot.export-plots", `lot:${lotId}`);
    return tracedOf(tx, lotId);
  });
  const collection = {
    type: "FeatureCollection",
    lot: { id: lotId, crop: lot.crop, state: lot.cropState, organizer: lot.organizerName },
    features: traced.flatMap((contribution) => featuresOf(lot, contribution)),
    missing: gapsOf(traced),
  };
  return {
    fileName: `lote-${lotId}.geojson`,
    contentType: "application/geo+json",
    bytes: Buffer.from(JSON.stringify(collection)),
  };
}

function featuresOf(lot: LotRow, { pledgeId, producerId, grams, certificates, variety, plots }: Traced) {
  return plots.map(({ plotId, plot }) => ({
    type: "Feature",
    id: `${pledgeId}/${plotId}`,
    geometry: plot?.geometry ? exactGeometry(plot.geometry) : null,
    properties: {
      ProducerCountry: "PE",
      ProductionPlace: plotId,
      Area: plot ? hectares(plot.squareMetres) : null,
      producerId,
      contributionId: pledgeId,
      contributionKg: grams / 1000,
      crop: lot.crop,
      variety,
      certificates,
      districtCode: plot?.districtCode ?? null,
      tenure: plot?.tenure ?? null,
      document: plot?.document ?? null,
    },
  }));
}

async function refuseUnlessTraced(
  { db, call }: Calling,
  asking: Pick<Context, "actor" | "trace">,
  lot: LotRow,
): Promise<void> {
  const contract = await contractOf(db.read, lot.id);
  if (contract?.state !== "signed" || (await isOrganizer(call, asking, lot)))
    await refuseUnlessOrganizer(call, asking, lot);
  else await refuseUnlessProvider(call, asking, contract.buyerId);
}

/** What is in the lot, with where it grew. */
async function tracedOf(queries: Queries, lotId: string): Promise<Traced[]> {
  const rows = await queries
    .select()
    .from(pledges)
    .where(and(eq(pledges.lotId, lotId), gt(pledges.takenGrams, 0)))
    .orderBy(asc(pledges.id));
  const plots = await plotsOf(
    queries,
    rows.map(({ id }) => id),
  );
  return rows.map(({ id, personId, takenGrams, certificates, variety }) => ({
    pledgeId: id,
    producerId: personId,
    grams: takenGrams ?? 0,
    certificates,
    variety,
    plots: plots.get(id) ?? [],
  }));
}

function gapsOf(traced: readonly Traced[]): Gap[] {
  return traced.flatMap(({ pledgeId, plots }): Gap[] => {
    if (plots.length === 0) return [{ pledgeId, plotId: null, gap: "plot-unknown" }];
    return plots.flatMap(({ plotId, plot, gone }): Gap[] => {
      const gap = (what: Gap["gap"]): Gap => ({ pledgeId, plotId, gap: what });
      const gaps = gone ? [gap("plot-gone")] : [];
      if (!plot?.geometry) gaps.push(gap("geometry-missing"));
      else if (plot.geometry.type === "Point" && plot.squareMetres > polygonNeededAboveSquareMetres)
        gaps.push(gap("polygon-missing"));
      // Nobody keeps here what a plot was covered by on the cut-off day: whoever imports has to look.
      gaps.push(gap("cut-off-not-checked"));
      return gaps;
    });
  });
}
