import type { Centimos } from "./money.ts";

/** What a kg, liter or piece costs when it comes in a pack: what lists compare. Rounded to the céntimo. */
export function pricePerUnit(pack: { readonly amount: number }, packPrice: Centimos): Centimos {
  return Math.round(packPrice / pack.amount);
}
