import type { SizeClass } from "./size-class.ts";
import { equipmentProducts, type PackUnit } from "./vocabulary.ts";

/**
 * The most that a farm of a size has use for in one purchase, by what its packs hold: generous, since it only has
 * somebody look. Kilograms and liters in all, or pieces; of a tool a farm needs few.
 */
const farmUses: Record<SizeClass, Record<PackUnit, number> & { tools: number }> = {
  small: { kg: 5_000, liter: 200, unit: 10_000, tools: 5 },
  medium: { kg: 15_000, liter: 600, unit: 30_000, tools: 10 },
  large: { kg: 100_000, liter: 5_000, unit: 200_000, tools: 40 },
};

/** How much of a product that is, and how much one pack of it counts: a tool is a tool, however it is packed. */
export function farmUse(
  { product, pack }: { product: string; pack: { readonly amount: number; readonly unit: PackUnit } },
  size: SizeClass,
): { most: number; perPack: number } {
  const isTool = equipmentProducts.some((tool) => tool === product);
  const { tools, [pack.unit]: amount } = farmUses[size];
  return isTool ? { most: tools, perPack: 1 } : { most: amount, perPack: pack.amount };
}
