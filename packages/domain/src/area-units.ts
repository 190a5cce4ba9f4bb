/**
 * Units in which people tell how large a plot is, in square metres. The topo and the yugada are what land
 * is still told by in the high forest: a topo 3,493 m², a yugada (what a yoke of oxen ploughs in a day)
 * 2,700 m². Both differ from valley to valley, so an area is kept as it was said beside what is derived.
 */
const squareMetresIn = { ha: 10_000, m2: 1, yugada: 2_700, topo: 3_493 } as const;

export const areaUnits = ["ha", "m2", "yugada", "topo"] as const satisfies (keyof typeof squareMetresIn)[];
export type AreaUnit = (typeof areaUnits)[number];

/** An area as it was said. */
export type Area = { readonly amount: number; readonly unit: AreaUnit };

/** Whole square metres: what is said of a plot is never more exact. */
export function squareMetres({ amount, unit }: Area): number {
  return Math.round(amount * squareMetresIn[unit]);
}

/** Hectares with four decimals, which is whole square metres. */
export function hectares(metres: number): number {
  return Math.round(metres) / squareMetresIn.ha;
}

/** 100,000 ha: an area above it is a slip of the unit. */
export const largestSquareMetres = 1_000_000_000;
