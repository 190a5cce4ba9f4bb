import type { Crop, CropState } from "./vocabulary.ts";

/**
 * Units of a harvest in kilograms. The quintal is coffee's: 100 Spanish pounds, 46 kg, as cooperatives and
 * exporters of Peru count; the arroba is a quarter of it.
 */
const kilogramsIn = { kg: 1, quintal: 46, arroba: 11.5, tonne: 1_000 } as const;

export const harvestUnits = [
  "kg",
  "quintal",
  "arroba",
  "tonne",
] as const satisfies (keyof typeof kilogramsIn)[];
export type HarvestUnit = (typeof harvestUnits)[number];

/** Kilograms, in whatever state the harvest was weighed. */
export function harvestKg({ amount, unit }: { readonly amount: number; readonly unit: HarvestUnit }): number {
  return amount * kilogramsIn[unit];
}

/** Crops whose weight means nothing without the state in which it was taken. */
const statesOfCrop: Partial<Record<Crop, readonly CropState[]>> = {
  cacao: ["wet", "dry"],
  // Wet is the fresh cherry, dry the dried one.
  coffee: ["wet", "dry", "parchment", "green"],
};

/** Empty for a crop that is weighed in one way only. */
export function harvestStates(crop: Crop): readonly CropState[] {
  return statesOfCrop[crop] ?? [];
}

/**
 * What is left of a kilogram on the way from one state to another. Buyers set their own; these stand in
 * until they do, and whoever is shown a converted weight is told by which of them.
 *
 * - coffee, dried cherry and parchment to green: International Coffee Agreement 2007, article 2 (0.50, 0.80)
 * - coffee, fresh cherry to green: six to one, International Trade Centre, The Coffee Guide, question 108
 * - cacao, wet beans to dry: 35 to 40% in Peru's practice; the middle of it
 */
export const defaultConversions = {
  "cacao-wet-to-dry": 0.375,
  "coffee-wet-to-green": 1 / 6,
  "coffee-dry-to-green": 0.5,
  "coffee-parchment-to-green": 0.8,
};
export type ConversionName = keyof typeof defaultConversions;
export type Conversions = Readonly<Record<ConversionName, number>>;

export type Conversion = {
  readonly kg: number;
  /** The factors that were used, none when the state stayed the same. */
  readonly used: readonly { readonly name: ConversionName; readonly factor: number }[];
};

/** The state to which a crop's factors lead; between two others the way is through it. */
const hubs = { cacao: "dry", coffee: "green" } as const;
export type WeighedCrop = keyof typeof hubs;

/**
 * A weight in another state, to the milligram. Throws a RangeError for a state that the crop does not
 * have: the caller has checked `harvestStates`.
 */
export function convertHarvest(
  { crop, kg, from, to }: { crop: WeighedCrop; kg: number; from: CropState; to: CropState },
  conversions: Conversions = defaultConversions,
): Conversion {
  const there = factorToHub(crop, from, conversions);
  const back = factorToHub(crop, to, conversions);
  if (from === to) return { kg, used: [] };
  const converted = (kg * (there?.factor ?? 1)) / (back?.factor ?? 1);
  return {
    kg: Math.round(converted * 1e6) / 1e6,
    used: [there, back].filter((factor) => factor !== null),
  };
}

function factorToHub(crop: WeighedCrop, state: CropState, conversions: Conversions) {
  if (!harvestStates(crop).includes(state)) throw new RangeError(`${crop} is not weighed ${state}`);
  if (state === hubs[crop]) return null;
  const name = `${crop}-${state}-to-${hubs[crop]}` as ConversionName;
  return { name, factor: conversions[name] };
}
