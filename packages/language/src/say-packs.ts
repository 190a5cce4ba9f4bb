import type { packUnits } from "@minka/domain/vocabulary";
import { formatCount, word } from "./texts.ts";

/** What one pack holds: 50 kg, 1 liter. */
type Pack = { readonly amount: number; readonly unit: (typeof packUnits)[number] };

/** "5 sacos", "1 unidad": what is sold by weight comes in bags, and what is poured in liters. */
export function sayPacks(packs: number, { amount, unit }: Pack, language?: string): string {
  const entry = unit === "kg" ? "bag" : unit === "liter" && amount === 1 ? "liter" : "unit";
  return `${formatCount(packs)} ${word(packs === 1 ? "unit_one" : "unit_many", entry, language)}`;
}
