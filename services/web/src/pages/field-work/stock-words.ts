import type { StockMovementKind } from "@minka/contracts/stock";

/** "12 unidades": sacks, bottles or tools, as the product's name says. */
export const packWords = (packs: number): string => (packs === 1 ? "1 unidad" : `${packs} unidades`);

export const movementWords: Record<StockMovementKind, string> = {
  bought: "Compró",
  sold: "Vendió",
  found: "Contó de más",
  lost: "Perdió o contó de menos",
};
