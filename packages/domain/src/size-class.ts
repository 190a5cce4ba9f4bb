import {
  convertHarvest,
  defaultConversions,
  harvestKg,
  type Conversion,
  type Conversions,
  type HarvestUnit,
  type WeighedCrop,
} from "./harvest-weights.ts";
import type { CropState } from "./vocabulary.ts";

export const sizeClasses = ["small", "medium", "large"] as const;
export type SizeClass = (typeof sizeClasses)[number];

/**
 * Kilograms of a season from which a producer is medium, and above which large. Source: production
 * thresholds of the Encuesta Nacional Agraria (INEI 2019), as the evaluation of the Coffee and Cacao
 * Alliances of Peru classed its producers by them. The survey counts cacao as dry beans, and coffee as
 * parchment, like all of Peru's farm statistics.
 */
export const sizeThresholds = {
  cacao: { state: "dry", mediumFrom: 250, largeAbove: 800 },
  coffee: { state: "parchment", mediumFrom: 200, largeAbove: 600 },
} as const satisfies Record<WeighedCrop, { state: CropState; mediumFrom: number; largeAbove: number }>;

/** Other crops have no classes. */
export function isSizedCrop(crop: string): crop is WeighedCrop {
  return Object.hasOwn(sizeThresholds, crop);
}

/** By kilograms in the state that the crop's thresholds are told in. */
export function sizeClass(crop: WeighedCrop, kg: number): SizeClass {
  const { mediumFrom, largeAbove } = sizeThresholds[crop];
  if (kg < mediumFrom) return "small";
  return kg > largeAbove ? "large" : "medium";
}

/** What was harvested of one crop in one place. */
export type Harvest = {
  readonly year: number;
  readonly amount: number;
  readonly unit: HarvestUnit;
  readonly state: CropState;
};

/** A size class with everything that led to it. */
export type DerivedSize = {
  readonly size: SizeClass;
  readonly year: number;
  /** Of the whole season, in `state`. */
  readonly kg: number;
  readonly state: CropState;
  readonly conversions: Conversion["used"];
};

/** From the last season of which a harvest is known, all its plots together; null when none is. */
export function deriveSize(
  crop: WeighedCrop,
  harvests: readonly Harvest[],
  conversions: Conversions = defaultConversions,
): DerivedSize | null {
  if (harvests.length === 0) return null;
  const year = Math.max(...harvests.map((harvest) => harvest.year));
  const { state } = sizeThresholds[crop];
  const converted = harvests
    .filter((harvest) => harvest.year === year)
    .map((harvest) =>
      convertHarvest({ crop, kg: harvestKg(harvest), from: harvest.state, to: state }, conversions),
    );
  const kg = Math.round(converted.reduce((sum, one) => sum + one.kg, 0) * 1e6) / 1e6;
  const used = new Map(converted.flatMap((one) => one.used.map((factor) => [factor.name, factor])));
  return { size: sizeClass(crop, kg), year, kg, state, conversions: [...used.values()] };
}
