import type { PromptKind } from "../conversations/prompt-kinds.ts";
import { interpret } from "@minka/language/interpret";
import { readCourtesy } from "@minka/language/read-courtesy";
import { findPlaceInText } from "@minka/geography/find-place-in-text";

/** Their answer is a private word, which no operator is to read: these questions go on while one has the conversation. */
export const privateKinds: readonly PromptKind[] = ["newcomer", "speaker"];

const aloneWord = /^[\p{L}\d]{4,20}[.,:;!]?$/u;

/**
 * Whether what somebody wrote at a shared phone may be their private word with a letter wrong: nothing that Minka
 * understands, in one word.
 */
export function mayBePrivateWord(text: string): boolean {
  const said = text.trim();
  if (!aloneWord.test(said) || readCourtesy(said) !== null) return false;
  return interpret(said, "idle").intent === "unknown" && !findPlaceInText(said);
}
