/**
 * What one member wants of a pool, in packs. The tolerance is `minimumPacks` ≤ `packs` ≤ `maximumPacks`; without one all
 * three are equal. It is delivered at `point`.
 */
export type AwardOrder = {
  id: string;
  minimumPacks: number;
  packs: number;
  maximumPacks: number;
  point: string;
};

/** What one supplier offers to a pool. Prices and costs in céntimos. */
export type AwardQuote = {
  id: string;
  /** The most packs it can bring; null where it has said no limit. */
  stockPacks: number | null;
  /** Everything it delivers together is a multiple of this. */
  casePacks: number;
  /** By the total that it delivers: rising minimum, a price that never rises. The first minimum is its least order. */
  tiers: readonly { minimumPacks: number; priceCentimos: number }[];
  /** What it costs to go to that point at all. A point that is absent it does not serve. */
  deliveryCentimos: Readonly<Record<string, number>>;
};

export type AwardInstance = {
  orders: readonly AwardOrder[];
  quotes: readonly AwardQuote[];
  /** Whether several suppliers may share the pool. */
  split: boolean;
  /** The packs without which the pool does not come about. */
  minimumPacks: number;
  /** What the organizer asks for each pack, on top of goods and delivery. */
  feeCentimosPerPack: number;
  /** Members of a point share what its delivery costs, or all members share what all of it costs; by packs. */
  deliveryShared: "by-point" | "by-pack";
  /** Whether members may be given more or less than they wanted, within their tolerance. */
  useTolerance: boolean;
};

/** Why a member got what they got: a code and the numbers that a text about it needs (prices in céntimos). */
export type AwardReason =
  | { code: "shortage"; parameters: { wanted: number; got: number } }
  /** `saved`: céntimos that the packs got cost less than the same packs without anybody's tolerance. */
  | { code: "tolerance-used"; parameters: { wanted: number; got: number; saved: number } }
  /** The pool is large enough for a price below the supplier's first. */
  | { code: "tier-reached"; parameters: { price: number } }
  /** The packs beyond what was wanted fill the case without which others would have gone short. */
  | { code: "case-filled"; parameters: { casePacks: number } };

export type AwardedSupplier = {
  quoteId: string;
  packs: number;
  tierPriceCentimos: number;
  goodsCentimos: number;
  deliveryCentimos: number;
  /** Packs by point, where it delivers at all. */
  points: Record<string, number>;
};

export type AwardedOrder = {
  id: string;
  packs: number;
  goodsCentimos: number;
  deliveryCentimos: number;
  feeCentimos: number;
  totalCentimos: number;
  reasons: AwardReason[];
};

/** The members' sums are the suppliers' invoices to the céntimo, in goods, in delivery and in both together. */
export type Award =
  | {
      outcome: "awarded";
      packs: number;
      suppliers: AwardedSupplier[];
      /** In the order of the instance's, also who gets nothing. */
      orders: AwardedOrder[];
      goodsCentimos: number;
      deliveryCentimos: number;
      feeCentimos: number;
      totalCentimos: number;
      toleranceUsed: boolean;
    }
  /** `packs` are wanted, or, where suppliers bring fewer than that, could be had. */
  | { outcome: "minimum-missed"; packs: number; minimumPacks: number }
  /** Nobody has quoted, or not one pack can be had of those who have. */
  | { outcome: "no-quote" };

/** `id` is the order's or the quote's; the whole instance has none. */
export type AwardProblem = { code: AwardProblemCode; id: string | null };

export type AwardProblemCode =
  | "order-repeated"
  | "quote-repeated"
  | "packs-invalid"
  | "tolerance-invalid"
  | "stock-invalid"
  | "case-invalid"
  | "tiers-missing"
  | "tier-minimum-invalid"
  | "tier-minimum-falls"
  | "price-invalid"
  | "tiers-rise"
  | "delivery-invalid"
  | "minimum-invalid"
  | "fee-invalid"
  | "too-many-packs";

/** A pool beyond these is a slip of the pen; up to them the solver and the sums of money are exact. */
export const awardLimits = { packs: 1_000_000, priceCentimos: 10_000_000, deliveryCentimos: 100_000_000 };

/** All that is wrong with an instance; none when it can be awarded. */
export function awardProblem(instance: AwardInstance): AwardProblem[] {
  const { orders, quotes, minimumPacks, feeCentimosPerPack } = instance;
  const of = (id: string | null, codes: readonly AwardProblemCode[]) => codes.map((code) => ({ code, id }));
  const most = orders.reduce((sum, { maximumPacks }) => sum + maximumPacks, 0);
  return [
    ...repeated(orders).flatMap((id) => of(id, ["order-repeated"])),
    ...repeated(quotes).flatMap((id) => of(id, ["quote-repeated"])),
    ...orders.flatMap((order) => of(order.id, orderProblems(order))),
    ...quotes.flatMap((quote) => of(quote.id, quoteProblems(quote))),
    ...(wholeUpTo(minimumPacks, Number.MAX_SAFE_INTEGER) ? [] : of(null, ["minimum-invalid"])),
    ...(wholeUpTo(feeCentimosPerPack, awardLimits.priceCentimos) ? [] : of(null, ["fee-invalid"])),
    ...(most > awardLimits.packs ? of(null, ["too-many-packs"]) : []),
  ];
}

function orderProblems({ minimumPacks, packs, maximumPacks }: AwardOrder): AwardProblemCode[] {
  const numbers = [minimumPacks, packs, maximumPacks];
  if (!numbers.every((number) => wholeUpTo(number, Number.MAX_SAFE_INTEGER) && number > 0)) {
    return ["packs-invalid"];
  }
  return minimumPacks <= packs && packs <= maximumPacks ? [] : ["tolerance-invalid"];
}

function quoteProblems({ stockPacks, casePacks, tiers, deliveryCentimos }: AwardQuote): AwardProblemCode[] {
  const follow = (falls: (one: AwardQuote["tiers"][number], next: AwardQuote["tiers"][number]) => boolean) =>
    tiers.some((tier, index) => index > 0 && falls(tiers[index - 1] ?? tier, tier));
  const found: [AwardProblemCode, boolean][] = [
    ["stock-invalid", stockPacks !== null && !wholeUpTo(stockPacks, Number.MAX_SAFE_INTEGER)],
    ["case-invalid", !wholeUpTo(casePacks, awardLimits.packs) || casePacks === 0],
    ["tiers-missing", tiers.length === 0],
    [
      "tier-minimum-invalid",
      !tiers.every(
        ({ minimumPacks }) => wholeUpTo(minimumPacks, Number.MAX_SAFE_INTEGER) && minimumPacks > 0,
      ),
    ],
    ["tier-minimum-falls", follow((one, next) => next.minimumPacks <= one.minimumPacks)],
    [
      "price-invalid",
      !tiers.every(({ priceCentimos }) => wholeUpTo(priceCentimos, awardLimits.priceCentimos)),
    ],
    ["tiers-rise", follow((one, next) => next.priceCentimos > one.priceCentimos)],
    [
      "delivery-invalid",
      !Object.values(deliveryCentimos).every((cost) => wholeUpTo(cost, awardLimits.deliveryCentimos)),
    ],
  ];
  return found.filter(([, is]) => is).map(([code]) => code);
}

function wholeUpTo(number: number, most: number): boolean {
  return Number.isSafeInteger(number) && number >= 0 && number <= most;
}

function repeated(items: readonly { id: string }[]): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { id } of items) (seen.has(id) ? twice : seen).add(id);
  return [...twice];
}
