import type { PromptKind } from "./prompt-kinds.ts";

/**
 * Who goes first when two questions want the same phone. A higher one displaces a lower, which then waits
 * and is put again. Among equals a newer list goes first, because its producer has just asked for it, and a
 * newer order too, because its time has begun to run; the others keep their order.
 */
export const precedence: Record<PromptKind, number> = {
  rating: 1,
  outcome: 1,
  confirmation: 1,
  help: 1,
  offer: 2,
  quote: 2,
  rework: 2,
  choice: 2,
  attendance: 2,
  organizations: 2,
  pools: 2,
  "pool-packs": 2,
  lots: 2,
  "lot-amount": 2,
  "call-off": 2,
  payment: 2,
  credit: 2,
  "credit-refusal": 2,
  joining: 2,
  leaving: 2,
  needs: 2,
  visit: 3,
  place: 3,
  consent: 3,
  newcomer: 3,
  // Asked for on the spot, and grave: nothing else may take its SI.
  block: 4,
  sure: 4,
  erasure: 4,
  speaker: 4,
};
const newestFirst: readonly PromptKind[] = [
  "choice",
  "attendance",
  "offer",
  "quote",
  "rework",
  "organizations",
  "pools",
  "pool-packs",
  "lots",
  "lot-amount",
  "call-off",
  "sure",
  "payment",
  "credit",
  "credit-refusal",
  "joining",
  "leaving",
  "needs",
  "visit",
  "place",
  "consent",
  "newcomer",
  "block",
  "erasure",
  "speaker",
];

/** Whether a question that comes up goes before the one that is open. */
export function displaces(newcomer: PromptKind, open: PromptKind): boolean {
  if (precedence[newcomer] !== precedence[open]) return precedence[newcomer] > precedence[open];
  return newestFirst.includes(newcomer);
}
