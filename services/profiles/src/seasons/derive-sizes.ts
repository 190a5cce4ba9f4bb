import type { Queries, Transaction } from "@minka/database/connect";
import { deriveSize, isSizedCrop, type DerivedSize, type Harvest } from "@minka/domain/size-class";
import type { Crop } from "@minka/domain/vocabulary";
import { and, eq, inArray, or, sql } from "@minka/database/query";
import { plotHolders } from "../plots/plots-tables.ts";
import { producerCrops } from "../tables.ts";
import { seasons } from "./seasons-tables.ts";

/** Seasons of a person: their own, and those of every plot they hold, alone or with others. */
export function seasonsOf(queries: Queries, personId: string) {
  const held = queries
    .select({ plotId: plotHolders.plotId })
    .from(plotHolders)
    .where(eq(plotHolders.personId, personId));
  return or(eq(seasons.personId, personId), inArray(seasons.plotId, held));
}

/** Each crop that a person has seasons of, with its size class where crop and harvests have one. */
export async function deriveSizes(
  queries: Queries,
  personId: string,
): Promise<Map<Crop, { derived: DerivedSize | null }>> {
  const rows = await queries
    .select({
      crop: seasons.crop,
      year: seasons.year,
      amount: seasons.amount,
      unit: seasons.unit,
      state: seasons.state,
    })
    .from(seasons)
    .where(seasonsOf(queries, personId));
  const harvests = new Map<Crop, Harvest[]>();
  for (const { crop, year, amount, unit, state } of rows) {
    const known = harvests.get(crop) ?? [];
    harvests.set(crop, known);
    if (amount !== null && unit !== null && state !== null) known.push({ year, amount, unit, state });
  }
  return new Map(
    [...harvests].map(([crop, known]) => [
      crop,
      { derived: isSizedCrop(crop) ? deriveSize(crop, known) : null },
    ]),
  );
}

/**
 * Writes anew what these people grow and how large they are in it, after a season or the holders of a plot
 * changed. The caller has locked the people. A size that came with an import stays until a harvest is told;
 * of crops in `lost`, whose seasons were changed or taken away, nothing stays but what is still known.
 */
export async function refreshSizes(
  tx: Transaction,
  personIds: readonly string[],
  lost: readonly Crop[],
): Promise<void> {
  for (const personId of personIds) {
    const sizes = await deriveSizes(tx, personId);
    const stale = lost.filter((crop) => !sizes.get(crop)?.derived);
    if (stale.length > 0) {
      await tx
        .delete(producerCrops)
        .where(and(eq(producerCrops.personId, personId), inArray(producerCrops.crop, stale)));
    }
    if (sizes.size === 0) continue;
    await tx
      .insert(producerCrops)
      .values([...sizes].map(([crop, { derived }]) => ({ personId, crop, size: derived?.size ?? null })))
      .onConflictDoUpdate({
        target: [producerCrops.personId, producerCrops.crop],
        set: { size: sql`coalesce(excluded.size, ${producerCrops.size})` },
      });
  }
}
