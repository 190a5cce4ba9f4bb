import type { quotePool } from "@minka/contracts/pool-quotes";
import type { HandlerInput } from "@minka/contracts/endpoint";
import { DomainError, type FieldError } from "@minka/domain/errors";
import { awardLimits } from "@minka/pooling/award-instance";

type Body = HandlerInput<typeof quotePool>["body"];

const dayMs = 24 * 60 * 60 * 1000;
/** A quote outlives the deadline by so much at least: approval and answers take their time. */
const leastValidDays = 3;

/** `quote-wrong` (422), with everything that is wrong, field by field. */
export function refuseWrongQuote(
  body: Body,
  { deadline, pointIds }: { deadline: Date; pointIds: readonly string[] },
): void {
  const errors: FieldError[] = [];
  const wrong = (path: string, message: string) => errors.push({ path: `body.${path}`, message });
  checkTiers(body.tiers, wrong);
  const { packs, deliveryCentimos: mostDelivery } = awardLimits;
  const delivered = Object.entries(body.deliveryCentimos);
  if (delivered.length === 0) wrong("deliveryCentimos", "must name a point that it delivers to");
  for (const [pointId, cost] of delivered) {
    if (!pointIds.includes(pointId)) wrong(`deliveryCentimos.${pointId}`, "is none of the pool's points");
    else if (cost < 0 || cost > mostDelivery)
      wrong(`deliveryCentimos.${pointId}`, `must be from 0 to ${mostDelivery}`);
  }
  if (body.casePacks < 1 || body.casePacks > packs) wrong("casePacks", `must be from 1 to ${packs}`);
  if (body.stockPacks !== null && (body.stockPacks < 0 || body.stockPacks > packs))
    wrong("stockPacks", `must be from 0 to ${packs}`);
  const valid = new Date(deadline.getTime() + leastValidDays * dayMs);
  if (new Date(body.validUntil) < valid) wrong("validUntil", `must be ${valid.toISOString()} or later`);
  if (errors.length > 0)
    throw new DomainError("invalid", "quote-wrong", "This quote cannot be taken.", { errors });
}

function checkTiers(tiers: Body["tiers"], wrong: (path: string, message: string) => void): void {
  const { packs, priceCentimos: mostPrice } = awardLimits;
  if (tiers.length === 0) wrong("tiers", "must hold a price");
  tiers.forEach(({ minimumPacks, priceCentimos }, index) => {
    const before = tiers[index - 1];
    if (minimumPacks < 1 || minimumPacks > packs)
      wrong(`tiers.${index}.minimumPacks`, `must be from 1 to ${packs}`);
    else if (before && minimumPacks <= before.minimumPacks)
      wrong(`tiers.${index}.minimumPacks`, "must be more than the tier before");
    if (priceCentimos < 0 || priceCentimos > mostPrice)
      wrong(`tiers.${index}.priceCentimos`, `must be from 0 to ${mostPrice}`);
    else if (before && priceCentimos > before.priceCentimos)
      wrong(`tiers.${index}.priceCentimos`, "must not rise with the quantity");
  });
}
