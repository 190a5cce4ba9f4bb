import type { Reason } from "@minka/contracts/common";
import type { PoolProduct } from "@minka/contracts/pools";
import type { SizeClass } from "@minka/domain/size-class";
import { equipmentProducts, type PackUnit } from "@minka/domain/vocabulary";
import { DomainError } from "@minka/domain/errors";

type Wish = { packs: number; minimumPacks?: number | undefined; maximumPacks?: number | undefined };

/** The whole of a wish. `tolerance-wrong` (422) for one of more than half of what is wanted. */
export function orderWish({ packs, minimumPacks = packs, maximumPacks = packs }: Wish) {
  const [fewest, most] = [Math.ceil(packs / 2), packs + Math.floor(packs / 2)];
  const errors = [
    ...(minimumPacks < fewest || minimumPacks > packs
      ? [{ path: "body.minimumPacks", message: `must be from ${fewest} to ${packs}` }]
      : []),
    ...(maximumPacks < packs || maximumPacks > most
      ? [{ path: "body.maximumPacks", message: `must be from ${packs} to ${most}` }]
      : []),
  ];
  if (errors.length > 0)
    throw new DomainError("invalid", "tolerance-wrong", "A tolerance is at most half of what is wanted.", {
      errors,
    });
  return { packs, minimumPacks, maximumPacks };
}

/** From so many packs on whoever orders for themself is asked about it. */
const manyPacks = 10_000;

/**
 * The most that a farm of a size has use for in one purchase, by what its packs hold: generous, since it only has a
 * broker look. Kilograms and liters in all, or pieces; of a tool a farm needs few.
 */
const farmUses: Record<SizeClass, Record<PackUnit, number> & { tools: number }> = {
  small: { kg: 5_000, liter: 200, unit: 10_000, tools: 5 },
  medium: { kg: 15_000, liter: 600, unit: 30_000, tools: 10 },
  large: { kg: 100_000, liter: 5_000, unit: 200_000, tools: 40 },
};

/** What a broker should look at: said with the order, and refused to nobody. */
export function orderFlags(
  { product, packAmount, packUnit }: { product: PoolProduct; packAmount: number; packUnit: PackUnit },
  packs: number,
  sizeClass: SizeClass | null,
): Reason[] {
  const isTool = equipmentProducts.some((tool) => tool === product);
  const flags: Reason[] = [];
  if (packs > manyPacks) flags.push({ code: "very-many-packs", parameters: { packs, usual: manyPacks } });
  if (sizeClass) {
    const most = isTool ? farmUses[sizeClass].tools : farmUses[sizeClass][packUnit];
    const amount = packs * (isTool ? 1 : packAmount);
    if (amount > most)
      flags.push({ code: "more-than-farm-uses", parameters: { packs, amount, most, sizeClass } });
  }
  return flags;
}
