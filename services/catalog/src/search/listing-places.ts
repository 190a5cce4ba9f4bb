/**
 * What lists are sorted by, in one number each, smaller first, so that a page begins where the last one ended with
 * one comparison. Listings that have gone unconfirmed for too long come after all others.
 */
const sunkBit = 1 << 30;
const firstDay = Date.parse("2000-01-01T00:00:00Z");
const lastDay = 1 << 17;
const noPrice = sunkBit - 1;

/** The later the confirmation the smaller; `confirmedOn` is a day in Lima. */
export function freshPlace(confirmedOn: string, { sunk = false } = {}): number {
  const day = (Date.parse(`${confirmedOn}T00:00:00Z`) - firstDay) / 86_400_000;
  return (sunk ? sunkBit : 0) | (lastDay - day);
}

/** The cheaper the smaller; a price that is agreed upon comes last. */
export function pricePlace(centimos: number | null, { sunk = false } = {}): number {
  return (sunk ? sunkBit : 0) | Math.min(centimos ?? noPrice, noPrice);
}
