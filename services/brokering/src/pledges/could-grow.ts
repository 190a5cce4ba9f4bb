import type { Reason } from "@minka/contracts/common";
import type { FarmFacts } from "@minka/contracts/farm-facts";
import type { UsedConversion } from "@minka/contracts/lots";
import {
  convertHarvest,
  defaultConversions,
  harvestStates,
  type WeighedCrop,
} from "@minka/domain/harvest-weights";
import type { CropState } from "@minka/domain/vocabulary";

/**
 * Kilograms that a hectare could give at the very best, in the state told: three to four times what Peru's farms give
 * on average (less than a tonne of dry cacao or of parchment), which intensive plantings of clones reach in good years.
 * Minka's own bounds: above them somebody has to look, below them nothing is proven.
 */
const bestOfHectare = {
  cacao: { kg: 3_000, state: "dry" },
  coffee: { kg: 3_680, state: "parchment" },
} as const satisfies Record<WeighedCrop, { kg: number; state: CropState }>;

/** A season may be twice as good as the last one. */
const betterThanLast = 2;

type Scale = { crop: WeighedCrop; cropState: CropState; conversions: readonly UsedConversion[] };

/**
 * What whoever decides on a pledge should look at: `beyond-area` and `beyond-last-season` where the farm could hardly
 * have grown so much, `farm-unknown` where nothing is known to compare with. `grams` is all that the person has pledged
 * of the crop, in the lot's state.
 */
export function growthFlags(
  farm: Pick<FarmFacts, "plots" | "harvests">,
  scale: Scale,
  { grams, plotIds }: { grams: number; plotIds: readonly string[] },
): Reason[] {
  const pledgedKg = Math.round(grams / 1000);
  const inLot = (kg: number, from: CropState) => converted(kg, from, scale);
  const plots = farm.plots.filter(({ plotId }) => plotIds.length === 0 || plotIds.includes(plotId));
  const squareMetres = plots.reduce((sum, plot) => sum + plot.squareMetres, 0);
  const best = bestOfHectare[scale.crop];
  const ofArea = squareMetres === 0 ? null : inLot((squareMetres / 10_000) * best.kg, best.state);
  const harvests = farm.harvests.filter(
    ({ crop, plotId }) =>
      crop === scale.crop && (plotId === null || plotIds.length === 0 || plotIds.includes(plotId)),
  );
  const last = harvests.reduce((sum, { kg, state }) => {
    const known = harvestStates(scale.crop).find((each) => each === state);
    return known === undefined ? sum : sum + inLot(kg, known);
  }, 0);
  const flags: Reason[] = [];
  if (ofArea !== null && pledgedKg > ofArea)
    flags.push({
      code: "beyond-area",
      parameters: { pledgedKg, couldGrowKg: Math.round(ofArea), squareMetres },
    });
  if (last > 0 && pledgedKg > last * betterThanLast)
    flags.push({ code: "beyond-last-season", parameters: { pledgedKg, lastSeasonKg: Math.round(last) } });
  if (ofArea === null && last === 0) flags.push({ code: "farm-unknown", parameters: {} });
  return flags;
}

function converted(kg: number, from: CropState, { crop, cropState, conversions }: Scale): number {
  const factors = { ...defaultConversions };
  for (const { name, factor } of conversions) factors[name] = factor;
  return convertHarvest({ crop, kg, from, to: cropState }, factors).kg;
}
