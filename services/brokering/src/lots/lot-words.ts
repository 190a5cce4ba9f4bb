import type { Wording, WordingValue } from "@minka/contracts/wordings";
import { DomainError } from "@minka/domain/errors";
import type { Told } from "../telling/news.ts";
import type { LotRow } from "./lots-tables.ts";
import { isChanged } from "../telling/asking.ts";

/** As much of names as messages have room for. */
const mostTitle = 30;
const mostName = 30;
const mostPartner = 24;

/** What most texts about a lot name. */
export function lotWords({ title, organizerName, crop }: LotRow) {
  return {
    lot: name(title, mostTitle),
    organizer: name(organizerName, mostName),
    crop: { as: "word", group: "crop", entry: crop },
  } as const satisfies Record<string, WordingValue>;
}

export const name = (text: string, most: number) => ({ as: "name", text, most }) as const;
export const partner = (text: string) => name(text, mostPartner);
export const kg = (grams: number) => ({ as: "kg", grams }) as const;
export const soles = (centimos: number) => ({ as: "soles", centimos }) as const;

/** The same words for each of several people. */
export function toEach(
  personIds: readonly string[],
  wording: Wording,
  { until = null, toMany = false }: Partial<Pick<Told, "until" | "toMany">> = {},
): Told[] {
  return personIds.map((personId) => ({ personId, ...wording, until, toMany }));
}

/** A late or repeated answer, or one of somebody who may not give it any more, changes nothing. */
export async function unlessOver(answer: () => Promise<Wording>): Promise<{ reply: Wording }> {
  try {
    return { reply: await answer() };
  } catch (error) {
    if (error instanceof DomainError && ["conflict", "forbidden"].includes(error.category))
      return {
        reply: { text: isChanged(error) ? "question_changed" : "lot_question_over", parameters: {} },
      };
    throw error;
  }
}
