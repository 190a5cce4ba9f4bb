import { DomainError } from "@minka/domain/errors";
import { createChance, type Chance } from "../day/chance.ts";
import { slotAfter, type Act, type Agenda } from "./agenda.ts";
import type { SeasonPlatform } from "./open-platform.ts";
import type { Persona } from "./personas.ts";

/** What those who act have at hand. */
export type Stage = {
  readonly platform: SeasonPlatform;
  readonly agenda: Agenda;
  readonly personas: ReadonlyMap<string, Persona>;
  readonly seed: number;
  /** Refusals that people met, by code: a conflict is part of life, anything else ends the season. */
  readonly refused: Map<string, number>;
};

/** In so many slots from now on somebody does something. */
export function later({ platform, agenda }: Stage, slotsOn: number, act: Act): void {
  agenda.at(slotAfter(platform.clock(), slotsOn), act);
}

/** Does what may come too late: somebody was quicker, or the time was over. Null where it was refused. */
export async function unlessRefused<Result>(
  { refused }: Stage,
  act: () => Promise<Result>,
): Promise<Result | DomainError> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof DomainError) || error.category !== "conflict") throw error;
    refused.set(error.code, (refused.get(error.code) ?? 0) + 1);
    return error;
  }
}

/** Of somebody or something that has an id: the same for the same seed and the same number of asking. */
export function chanceOf({ seed }: Stage, text: string): Chance {
  let mixed = seed;
  for (let index = 0; index < text.length; index += 1)
    mixed = (Math.imul(mixed ^ text.charCodeAt(index), 0x01000193) + 0x9e3779b9) | 0;
  return createChance(mixed);
}
