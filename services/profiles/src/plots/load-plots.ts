import type { PlotGeometry } from "@minka/contracts/plots";
import type { Database } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import type { Area } from "@minka/domain/area-units";
import type { HarvestUnit } from "@minka/domain/harvest-weights";
import type { Crop, CropState, LandDocument, Tenure } from "@minka/domain/vocabulary";
import { findDistrict } from "@minka/geography/districts";
import { seasonRow } from "../seasons/season-row.ts";
import { seasons } from "../seasons/seasons-tables.ts";
import { audit } from "../tables.ts";
import { areaColumns, refuseUnfitGeometry } from "./plot-row.ts";
import { plotHolders, plots } from "./plots-tables.ts";

/** A plot with its seasons, as an import or the demo data gives it; its holders are loaded before. */
export type PlotRow = {
  readonly id: string;
  readonly holderIds: readonly string[];
  readonly name: string | null;
  readonly districtCode: string;
  readonly area: Area;
  readonly tenure: Tenure;
  readonly document: LandDocument;
  readonly geometry: PlotGeometry | null;
  readonly seasons: readonly SeasonRow[];
};

type SeasonRow = {
  readonly id: string;
  readonly crop: Crop;
  readonly year: number;
  readonly area: Area | null;
  readonly production: {
    readonly amount: number;
    readonly unit: HarvestUnit;
    readonly state: CropState | null;
  } | null;
  readonly organic: boolean | null;
  readonly variety: string | null;
};

const batchSize = 1_000;

/**
 * Initial plots, a thousand to a transaction; known ones stay as they are. Size classes come with the people,
 * so whoever makes the data sees to it that the seasons lead to the same.
 */
export async function loadPlots(
  db: Database,
  rows: readonly PlotRow[],
  { at }: { readonly at: Date },
): Promise<void> {
  const strange = rows.find(({ districtCode }) => !findDistrict(districtCode));
  if (strange) throw new Error(`Plot ${strange.id}: ${strange.districtCode} is not a district`);
  for (let start = 0; start < rows.length; start += batchSize) {
    await loadBatch(db, rows.slice(start, start + batchSize), at);
  }
}

async function loadBatch(db: Database, rows: readonly PlotRow[], at: Date): Promise<void> {
  const stamps = { createdAt: at, updatedAt: at };
  await db.transaction(async (tx) => {
    const added = await tx
      .insert(plots)
      .values(rows.map((row) => plotValues(row, at)))
      .onConflictDoNothing()
      .returning({ id: plots.id });
    const isNew = new Set(added.map(({ id }) => id));
    const fresh = rows.filter(({ id }) => isNew.has(id));
    if (fresh.length === 0) return;
    await tx
      .insert(plotHolders)
      .values(
        fresh.flatMap(({ id, holderIds }) =>
          holderIds.map((personId) => ({ plotId: id, personId, since: at })),
        ),
      );
    const grown = fresh.flatMap(({ id: plotId, seasons: told }) =>
      told.map(({ id, ...season }) => ({ id, plotId, ...seasonRow(season), ...stamps })),
    );
    if (grown.length > 0) await tx.insert(seasons).values(grown);
    await tx.insert(audit).values({
      id: newId(),
      at,
      actor: "service:profiles",
      action: "plots.import",
      subject: `${fresh.length} plots`,
      trace: "import",
    });
  });
}

function plotValues({ holderIds: _holderIds, seasons: _seasons, area, ...row }: PlotRow, at: Date) {
  const columns = areaColumns(area);
  refuseUnfitGeometry(row.geometry, columns.squareMetres);
  return { ...row, ...columns, createdAt: at, updatedAt: at };
}
