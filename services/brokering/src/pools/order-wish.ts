import type { Reason } from "@minka/contracts/common";
import type { PoolProduct } from "@minka/contracts/pools";
import type { SizeClass } from "@minka/domain/size-class";
import type { PackUnit } from "@minka/domain/vocabulary";
import { DomainError } from "@minka/domain/errors";
import { farmUse } from "@minka/domain/farm-uses";

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

/** What a broker should look at: said with the order, and refused to nobody. */
export function orderFlags(
  { product, packAmount, packUnit }: { product: PoolProduct; packAmount: number; packUnit: PackUnit },
  packs: number,
  sizeClass: SizeClass | null,
): Reason[] {
  const flags: Reason[] = [];
  if (packs > manyPacks) flags.push({ code: "very-many-packs", parameters: { packs, usual: manyPacks } });
  if (sizeClass) {
    const pack = { amount: packAmount, unit: packUnit };
    const { most, perPack } = farmUse({ product, pack }, sizeClass);
    const amount = packs * perPack;
    if (amount > most)
      flags.push({ code: "more-than-farm-uses", parameters: { packs, amount, most, sizeClass } });
  }
  return flags;
}
