import { soles } from "../../words/field-words.ts";
import type { Offer } from "../market/offer-row.ts";

/** "S/ 25", "de S/ 20 a S/ 45", or null when no visit is listed. */
export function visitPriceWords(offers: readonly Offer[]): string | null {
  const prices = offers.flatMap(({ terms }) =>
    terms.kind === "assistance" ? [terms.pricePerVisitCentimos] : [],
  );
  if (prices.length === 0) return null;
  const paid = prices.filter((price) => price > 0);
  if (paid.length === 0) return "gratis";
  const [least, most] = [Math.min(...paid), Math.max(...paid)];
  const range = least === most ? soles(least) : `de ${soles(least)} a ${soles(most)}`;
  return paid.length < prices.length ? `${range}, o gratis` : range;
}
