import type { Plan } from "./award-answer.ts";
import type { AwardInstance, AwardOrder, AwardReason } from "./award-instance.ts";
import { landedPrices, type LandedPrice } from "./award-prices.ts";

/** Says why an order got what it got; `landedCentimos` is what its goods and delivery cost. */
export function explainer(instance: AwardInstance, plan: Plan, without: Plan | null) {
  const before = without ? landedPrices(without, instance.deliveryShared) : new Map<string, LandedPrice>();
  const reached = plan.supplies
    .filter(({ tierPriceCentimos, firstPriceCentimos }) => tierPriceCentimos < firstPriceCentimos)
    .map(({ tierPriceCentimos }) => tierPriceCentimos);
  const price = reached.length > 0 ? Math.min(...reached) : null;
  const cases = casesFilled(plan, without);

  return ({ packs: wanted, point }: AwardOrder, got: number, landedCentimos: number): AwardReason[] => {
    const reasons: AwardReason[] = [];
    if (got < wanted && plan.short.has(point)) {
      reasons.push({ code: "shortage", parameters: { wanted, got } });
    } else if (got !== wanted) {
      const old = before.get(point);
      const cost = old ? Number((old.centimos * BigInt(got)) / old.packs) : landedCentimos;
      const saved = Math.max(0, cost - landedCentimos);
      reasons.push({ code: "tolerance-used", parameters: { wanted, got, saved } });
      const casePacks = got > wanted ? cases.get(point) : undefined;
      if (casePacks !== undefined) reasons.push({ code: "case-filled", parameters: { casePacks } });
    }
    if (price !== null && got > 0) reasons.push({ code: "tier-reached", parameters: { price } });
    return reasons;
  };
}

/** The largest case by point that its packs beyond the wanted help to fill, where that let more of the wanted come. */
function casesFilled(plan: Plan, without: Plan | null): Map<string, number> {
  const filled = new Map<string, number>();
  if (!without || plan.filled <= without.filled) return filled;
  for (const { casePacks, points } of plan.supplies) {
    if (casePacks === 1) continue;
    for (const point of points.keys()) filled.set(point, Math.max(casePacks, filled.get(point) ?? 0));
  }
  return filled;
}
