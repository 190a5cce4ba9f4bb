import type { WordingValue } from "@minka/contracts/wordings";
import type { PoolRow } from "./pools-tables.ts";

/** As much of a pool's title and of an organizer's name as a message has room for. */
const mostTitle = 36;
const mostName = 30;

/** What most texts about a pool name. */
export function poolWords({ title, organizerName, deadline }: PoolRow) {
  return {
    pool: { as: "name", text: title, most: mostTitle },
    organizer: { as: "name", text: organizerName, most: mostName },
    deadline: { as: "deadline", at: deadline.toISOString() },
  } as const satisfies Record<string, WordingValue>;
}

export const soles = (centimos: number): WordingValue => ({ as: "soles", centimos });

/** "5 sacos", as the pool's packs are called. */
export const packsOf = (
  packs: number,
  { packAmount: amount, packUnit: unit }: Pick<PoolRow, "packAmount" | "packUnit">,
): WordingValue => ({ as: "packs", packs, pack: { amount, unit } });
