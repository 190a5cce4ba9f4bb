import type { AwardOrder, AwardQuote } from "./award-instance.ts";

/** What the orders of one point want together, in packs. */
export type Demand = { point: string; least: number; wanted: number; most: number };

/** A quote, of which only what these demands could reach is left. Tiers are counted in cases. */
export type Supply = {
  quoteId: string;
  casePacks: number;
  /** The most packs it could bring: whole cases. */
  capacity: number;
  /** None is empty; they do not overlap. Neighbours of one price are one. */
  tiers: { priceCentimos: number; leastCases: number; mostCases: number }[];
  /** What going there costs, by point; only points that it serves. */
  deliveryCentimos: Map<string, number>;
};

/** Points and the suppliers that join them: what happens in one part changes nothing in another. */
export type Part = { demands: Demand[]; supplies: Supply[] };

/** Without tolerance every order wants its packs, no more and no less. */
export function demandByPoint(
  orders: readonly AwardOrder[],
  { tolerance }: { tolerance: boolean },
): Demand[] {
  const byPoint = new Map<string, Demand>();
  for (const { point, minimumPacks, packs, maximumPacks } of orders) {
    const demand = byPoint.get(point) ?? { point, least: 0, wanted: 0, most: 0 };
    demand.least += tolerance ? minimumPacks : packs;
    demand.wanted += packs;
    demand.most += tolerance ? maximumPacks : packs;
    byPoint.set(point, demand);
  }
  return [...byPoint.values()];
}

/** Those who serve somebody and whose least order is within reach. */
export function reachableSupplies(demands: readonly Demand[], quotes: readonly AwardQuote[]): Supply[] {
  return quotes.flatMap((quote) => {
    const { id, casePacks, stockPacks } = quote;
    const costs = new Map(Object.entries(quote.deliveryCentimos));
    const served = demands.filter(({ point }) => costs.has(point));
    const most = served.reduce((sum, demand) => sum + demand.most, 0);
    const cases = Math.floor(Math.min(most, stockPacks ?? most) / casePacks);
    const tiers = tiersInCases(quote, cases);
    if (tiers.length === 0) return [];
    const deliveryCentimos = new Map(served.map(({ point }) => [point, costs.get(point) ?? 0]));
    return [{ quoteId: id, casePacks, capacity: cases * casePacks, tiers, deliveryCentimos }];
  });
}

function tiersInCases({ tiers, casePacks }: AwardQuote, cases: number): Supply["tiers"] {
  const found: Supply["tiers"] = [];
  for (const [index, { minimumPacks, priceCentimos }] of tiers.entries()) {
    const next = tiers[index + 1]?.minimumPacks ?? Infinity;
    const leastCases = Math.ceil(minimumPacks / casePacks);
    const mostCases = Math.min(cases, Math.ceil(next / casePacks) - 1);
    if (leastCases > mostCases) continue;
    const last = found.at(-1);
    if (last?.priceCentimos === priceCentimos) last.mostCases = mostCases;
    else found.push({ priceCentimos, leastCases, mostCases });
  }
  return found;
}

/** A point that nobody serves is a part of its own. */
export function partsOf(demands: readonly Demand[], supplies: readonly Supply[]): Part[] {
  const left = new Map(demands.map((demand) => [demand.point, demand]));
  const unplaced = new Set(supplies);
  const parts: Part[] = [];
  for (const first of demands) {
    if (!left.delete(first.point)) continue;
    const part: Part = { demands: [first], supplies: [] };
    for (const { point } of part.demands) {
      for (const supply of unplaced) {
        if (!supply.deliveryCentimos.has(point)) continue;
        unplaced.delete(supply);
        part.supplies.push(supply);
        for (const served of supply.deliveryCentimos.keys()) {
          const demand = left.get(served);
          if (demand && left.delete(served)) part.demands.push(demand);
        }
      }
    }
    parts.push(part);
  }
  return parts;
}

/** The price of a supplier's whole delivery; undefined where it does not sell so many. */
export function tierPrice({ tiers, casePacks }: Supply, packs: number): number | undefined {
  const cases = packs / casePacks;
  if (!Number.isInteger(cases)) return undefined;
  return tiers.find(({ leastCases, mostCases }) => leastCases <= cases && cases <= mostCases)?.priceCentimos;
}
