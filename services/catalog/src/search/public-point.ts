import type { OfferTerms } from "@minka/contracts/offer-terms";
import type { Point } from "@minka/geography/distance";

/** Steps of the grid in a degree: 0.05° are some 5.5 km. */
const stepsADegree = 20;
/** Kilometres from a point to the one that stands for it at most: half the diagonal of a square of the grid. */
export const coarseKm = 4;

/**
 * Where an agent sets out from, as far as the public lists know it. What they are ranked and filtered by can be found
 * out by whoever asks often enough, from three places or in ever narrower circles: so it may not be a home. Always
 * the same point for the same base, or the middle of many would be the base.
 */
export function publicPoint({ latitude, longitude }: Point): Point {
  return { latitude: coarse(latitude), longitude: coarse(longitude) };
}

function coarse(degrees: number): number {
  return Math.round(degrees * stepsADegree) / stepsADegree;
}

/**
 * Terms as the public lists find them: around the coarse point, and with its error more reach, so that who serves a
 * district is always listed there. Which districts are within reach would give a point away as well.
 */
export function listedTerms(terms: OfferTerms): OfferTerms {
  if (terms.kind !== "assistance") return terms;
  return { ...terms, base: publicPoint(terms.base), reachKm: terms.reachKm + coarseKm };
}
