import type { AwardInstance, AwardOrder, AwardQuote } from "./award-instance.ts";

/** Orders may be summed by point before. */
export type PriceNowInstance = Pick<AwardInstance, "quotes" | "feeCentimosPerPack"> & {
  orders: readonly Pick<AwardOrder, "packs" | "point">[];
};

export type PriceNow = {
  /** Wanted so far. */
  packs: number;
  /** What one pack costs now on average, with delivery and fee, rounded up; null while nobody sells so few. */
  priceCentimos: number | null;
  /** The nearest price below it, and how many packs are missing for it. */
  next: { missingPacks: number; priceCentimos: number } | null;
};

/**
 * What every member of an open pool may see at any time: the price if it ended now, by the best single supplier of those
 * that serve every point (of all, for their points, where none does), and how near the next tier is. An estimate
 * before the award, which may share suppliers and use tolerance: a supplier counts with the whole cases that it can
 * bring, as if they were shared evenly. At the same points more packs never raise it. Of an instance that
 * `awardProblem` finds nothing wrong with.
 */
export function priceNow({ orders, quotes, feeCentimosPerPack }: PriceNowInstance): PriceNow {
  const wanted = new Map<string, number>();
  for (const { point, packs } of orders) {
    if (packs > 0) wanted.set(point, (wanted.get(point) ?? 0) + packs);
  }
  const packs = [...wanted.values()].reduce((sum, own) => sum + own, 0);
  const offers = offersFor(wanted, quotes);
  const priceWith = (more: number) => {
    const prices = offers.flatMap((offer) => landedPrice(offer, offer.wanted + more) ?? []);
    return prices.length === 0 ? null : Math.min(...prices) + feeCentimosPerPack;
  };
  const now = priceWith(0);
  const missing = new Set(offers.flatMap(packsToTiers));
  for (const missingPacks of [...missing].toSorted((a, b) => a - b)) {
    const price = priceWith(missingPacks);
    if (price !== null && (now === null || price < now)) {
      return { packs, priceCentimos: now, next: { missingPacks, priceCentimos: price } };
    }
  }
  return { packs, priceCentimos: now, next: null };
}

/** What a quote says to the points of the pool that it serves. */
type Offer = { quote: AwardQuote; wanted: number; deliveryCentimos: number };

function offersFor(wanted: ReadonlyMap<string, number>, quotes: readonly AwardQuote[]): Offer[] {
  const offers = quotes.map((quote) => {
    const costs = new Map(Object.entries(quote.deliveryCentimos));
    const served = [...wanted].filter(([point]) => costs.has(point));
    return {
      quote,
      points: served.length,
      wanted: served.reduce((sum, [, packs]) => sum + packs, 0),
      deliveryCentimos: served.reduce((sum, [point]) => sum + (costs.get(point) ?? 0), 0),
    };
  });
  const everywhere = offers.filter(({ points }) => points === wanted.size);
  return everywhere.length > 0 ? everywhere : offers.filter(({ points }) => points > 0);
}

/** Rounded up: nobody is promised a céntimo less than it can be. */
function landedPrice({ quote, deliveryCentimos }: Offer, wanted: number): number | null {
  const { casePacks, stockPacks, tiers } = quote;
  const packs = Math.floor(Math.min(wanted, stockPacks ?? wanted) / casePacks) * casePacks;
  const tier = tiers.findLast(({ minimumPacks }) => minimumPacks <= packs);
  return tier ? Math.ceil((tier.priceCentimos * packs + deliveryCentimos) / packs) : null;
}

/** How many packs more would reach each tier that it has stock for, in whole cases. */
function packsToTiers({ quote: { casePacks, stockPacks, tiers }, wanted }: Offer): number[] {
  return tiers
    .map(({ minimumPacks }) => Math.ceil(minimumPacks / casePacks) * casePacks)
    .filter((packs) => packs > wanted && packs <= (stockPacks ?? packs))
    .map((packs) => packs - wanted);
}
