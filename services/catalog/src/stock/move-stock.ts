import type { StockMovementKind } from "@minka/contracts/stock";

/** Packs on hand, and what they cost together. */
export type OnHand = { readonly packs: number; readonly valueCentimos: number };

type Movement = {
  readonly kind: StockMovementKind;
  readonly packs: number;
  readonly priceCentimos: number | null;
};

/**
 * What a movement leaves on hand, and what its packs cost. What goes, and what is found, costs the average of what is
 * on hand (moving average, rounded down to a céntimo): the last pack that goes takes the rest with it, so that no
 * céntimo is left without a pack or counted twice. Null where more would go than there is.
 */
export function moveStock(
  { packs, valueCentimos }: OnHand,
  movement: Movement,
): (OnHand & { readonly costCentimos: number }) | null {
  const moved = movement.packs;
  if (movement.kind === "bought") {
    const costCentimos = moved * (movement.priceCentimos ?? 0);
    return { packs: packs + moved, valueCentimos: valueCentimos + costCentimos, costCentimos };
  }
  const isFound = movement.kind === "found";
  if (!isFound && moved > packs) return null;
  // Beyond 2^53 on the way.
  const costCentimos = packs === 0 ? 0 : Number((BigInt(valueCentimos) * BigInt(moved)) / BigInt(packs));
  return isFound
    ? { packs: packs + moved, valueCentimos: valueCentimos + costCentimos, costCentimos }
    : { packs: packs - moved, valueCentimos: valueCentimos - costCentimos, costCentimos };
}
