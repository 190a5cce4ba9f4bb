import type { Population } from "./population.ts";
import { createChance } from "../day/chance.ts";

/** How a provider is: what nobody tells Minka, and it finds out. */
export type Persona = {
  /** Slots until an answer, beyond the first. */
  readonly pace: number;
  readonly silent: number;
  readonly declines: number;
  readonly noShow: number;
  readonly quotes: number;
  /** What a service is worth to a producer, 1 to 5. */
  readonly quality: number;
};

export function drawPersonas({ providers }: Population, seed: number): ReadonlyMap<string, Persona> {
  return new Map(
    providers.map((provider, index) => {
      const chance = createChance(seed * 15_485_863 + index);
      const agent = provider.kinds.includes("agent");
      const persona: Persona = {
        pace: chance.between(0, agent ? 2 : 3),
        silent: 0.03 + chance.next() * 0.17,
        declines: 0.03 + chance.next() * 0.12,
        noShow: agent ? 0.02 + chance.next() * 0.08 : 0.02 + chance.next() * 0.04,
        quotes: agent ? 0.08 : 0.04,
        quality: 3.1 + chance.next() * 1.7,
      };
      return [provider.id, persona];
    }),
  );
}
