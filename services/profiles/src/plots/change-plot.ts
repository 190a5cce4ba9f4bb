import type { HandlerInput } from "@minka/contracts/endpoint";
import type { changePlot as contract, removePlot as removeContract } from "@minka/contracts/plots";
import type { Transaction } from "@minka/database/connect";
import type { Crop } from "@minka/domain/vocabulary";
import { DomainError } from "@minka/domain/errors";
import { actOf, type Context, type Means } from "@minka/service/act";
import { and, eq } from "@minka/database/query";
import { record } from "../acts.ts";
import { refuseUnknownDistrict } from "../people/district.ts";
import { refuseOthers } from "../people/read-person.ts";
import { refreshSizes } from "../seasons/derive-sizes.ts";
import { seasons } from "../seasons/seasons-tables.ts";
import { refuseUnknownHolders } from "./add-plot.ts";
import { lockPlot } from "./lock-plot.ts";
import { areaColumns, plotView, refuseUnfitGeometry } from "./plot-row.ts";
import { plotHolders, plots } from "./plots-tables.ts";

/**
 * All who hold a plot may correct it and let others in. None may put another out, an operator neither, so
 * that a couple's land stays both's: whoever wants to leave does it themself.
 */
export async function changePlot(
  { db, clock }: Means,
  context: Context,
  { params: { personId, plotId }, body }: HandlerInput<typeof contract>,
) {
  refuseOthers(context.actor, personId);
  refuseUnknownDistrict(body.districtCode ?? undefined);
  const { area, coHolderIds = [], ...told } = body;
  const columns = area && areaColumns(area);
  const at = clock();
  return db.transaction(async (tx) => {
    const named = [...new Set([personId, ...coHolderIds])];
    const before = await lockPlot(tx, personId, plotId, named);
    if (body.coHolderIds && before.holderIds.some((holder) => !named.includes(holder))) throw putOut();
    const joining = named.filter((holder) => !before.holderIds.includes(holder));
    refuseUnknownHolders(before.locked, joining);
    const [row] = await tx
      .update(plots)
      .set({ ...told, ...columns, updatedAt: at })
      .where(eq(plots.id, plotId))
      .returning();
    if (!row) throw new Error("a locked plot vanished");
    if (area || body.geometry) refuseUnfitGeometry(row.geometry, row.squareMetres);
    if (joining.length > 0) {
      await tx.insert(plotHolders).values(joining.map((holder) => ({ plotId, personId: holder, since: at })));
      await refreshSizes(tx, joining, []);
    }
    await record(tx, actOf(context, at), "plot.change", plotId);
    return { plot: plotView(row, [...before.holderIds, ...joining], personId) };
  });
}

/** Ends one person's part in a plot; the last one's end is the plot's. */
export async function removePlot(
  { db, clock }: Means,
  context: Context,
  { params: { personId, plotId } }: HandlerInput<typeof removeContract>,
) {
  refuseOthers(context.actor, personId);
  return db.transaction(async (tx) => {
    const { holderIds } = await lockPlot(tx, personId, plotId);
    const gone = await leavePlot(tx, personId, plotId, holderIds);
    await record(tx, actOf(context, clock()), gone ? "plot.remove" : "plot.leave", plotId);
    return { plotId, gone };
  });
}

/** The caller has locked the plot and who holds it. Answers whether the plot went with its last holder. */
async function leavePlot(
  tx: Transaction,
  personId: string,
  plotId: string,
  holderIds: readonly string[],
): Promise<boolean> {
  const grown = await tx
    .selectDistinct({ crop: seasons.crop })
    .from(seasons)
    .where(eq(seasons.plotId, plotId));
  const crops: Crop[] = grown.map(({ crop }) => crop);
  await tx.delete(plotHolders).where(and(eq(plotHolders.plotId, plotId), eq(plotHolders.personId, personId)));
  const gone = holderIds.length === 1;
  // Its seasons go with it.
  if (gone) await tx.delete(plots).where(eq(plots.id, plotId));
  await refreshSizes(tx, [personId], crops);
  return gone;
}

function putOut(): DomainError {
  return new DomainError(
    "forbidden",
    "holder-leaves-themself",
    "Nobody puts another holder out of a plot: they end their part themself.",
    { errors: [{ path: "body.coHolderIds", message: "leaves out somebody who holds it" }] },
  );
}
