import type { PromptKind } from "../conversations/prompt-kinds.ts";
import type { Prompt } from "../conversations/prompts.ts";
import type { Outcome, Turn } from "../conversations/turn.ts";

type Spoken = Pick<Turn, "person" | "shared" | "knownByWord" | "prompt">;
type Said = Pick<Outcome, "fleeting" | "joins" | "registers" | "speaker" | "ask">;

/**
 * Among whose messages a turn is kept, to be read again by them: the phone's one person's; at a shared phone of who is
 * known by a private word, because anybody of the house may pass for who has none. Null where nobody can say, for
 * whoever says to be somebody else, and of a call for help.
 */
export function threadOf(
  { person, shared, knownByWord, prompt }: Spoken,
  { fleeting, joins, registers, speaker, ask }: Said,
): string | null {
  if (fleeting) return null;
  // They have just chosen their word, which is not kept.
  if (joins) return speaker ?? null;
  if (prompt?.subject.kind === "newcomer" || ask?.subject.kind === "newcomer") return null;
  if (!person) return registers ?? null;
  if (!shared) return person.id;
  const becomesAnother = speaker !== undefined && speaker !== person.id;
  return knownByWord && !becomesAnother ? person.id : null;
}

/** Questions that come up because a phone is shared, and are for whoever writes. */
export const anybodys: readonly PromptKind[] = ["speaker", "newcomer"];

/** Among whose messages a question is kept: of who it is known to be for, or at a shared phone of who may answer it. */
export function ownerOf(
  { kind, personId }: Pick<Prompt, "kind" | "personId">,
  known: string | null | undefined,
): string | null {
  if (anybodys.includes(kind)) return null;
  return known === undefined ? personId : known;
}
