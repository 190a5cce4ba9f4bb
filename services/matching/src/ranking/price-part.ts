import type { Candidate } from "@minka/contracts/catalog";
import type { Kind } from "@minka/domain/vocabulary";
import { falling, unknown } from "./beliefs.ts";

type Priced = Pick<Candidate, "priceCentimos" | "priceUnit">;

/**
 * How good each price is beside the others of the same unit: one half at their median, since prices of a sack and of
 * a kilo cannot be compared and what is dear for urea is cheap for a mill. A price alone in its unit, or none, is
 * neither good nor bad. Who sells a harvest wants the higher one; there 0 means that it is agreed upon.
 */
export function priceParts(candidates: readonly Priced[], kind: Kind): (of: Priced) => number {
  const byUnit = Map.groupBy(
    candidates.filter((each) => isKnown(each, kind)),
    ({ priceUnit }) => priceUnit,
  );
  const medians = new Map(
    [...byUnit].map(([unit, alike]) => [
      unit,
      alike.length < 2 ? null : medianOf(alike.map(({ priceCentimos }) => priceCentimos ?? 0)),
    ]),
  );
  return (of) => {
    const median = medians.get(of.priceUnit) ?? null;
    if (median === null || !isKnown(of, kind)) return unknown;
    const price = of.priceCentimos ?? 0;
    return kind === "purchase" ? 1 - falling(price, median) : falling(price, median);
  };
}

function isKnown({ priceCentimos }: Priced, kind: Kind): boolean {
  return priceCentimos !== null && (kind !== "purchase" || priceCentimos > 0);
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[sorted.length % 2 === 1 ? middle : middle - 1], sorted[middle]];
  return (low + high) / 2;
}
