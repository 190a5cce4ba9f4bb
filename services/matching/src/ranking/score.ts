import { scoreParts, type ScorePart, type Weights } from "@minka/contracts/weights";

/** Each in [0, 1], 1 is best. */
export type ScoreParts = Readonly<Record<ScorePart, number>>;

/** The weighted mean of the parts, in [0, 1]. Weights sum to 1. */
export function scoreOf(parts: ScoreParts, weights: Weights): number {
  const sum = scoreParts.reduce((total, part) => total + weights[part] * parts[part], 0);
  return Math.min(1, Math.max(0, sum));
}

type Scored = { readonly score: number; readonly parts: ScoreParts; readonly offerId: string };

/**
 * The better first. Where a weight of 0 or rounding makes two scores equal, the one that is better in the first part
 * in which they differ goes before, so that what is better in one part and equal in the rest is never behind; the id
 * decides for the rest, so that the order in which candidates come in does not.
 */
export function inOrder(a: Scored, b: Scored): number {
  const differing = scoreParts.find((part) => a.parts[part] !== b.parts[part]);
  return (
    b.score - a.score ||
    (differing ? b.parts[differing] - a.parts[differing] : 0) ||
    (a.offerId < b.offerId ? -1 : 1)
  );
}
