import { DomainError } from "@minka/domain/errors";
import { isEverydayWord } from "@minka/language/everyday-words";
import { foldCase } from "@minka/language/fold";
import { interpret } from "@minka/language/interpret";
import { readCourtesy } from "@minka/language/read-courtesy";

/** How a word is compared: farmers write on keypads, with and without capitals and accents. */
export function foldWord(word: string): string {
  return foldCase(word.trim()).replace(/[.,;:!¡?¿"']/g, "");
}

/**
 * Throws `word-unfit` for what cannot be a private word: too short to be one, or something that people write to
 * say something else. The message is the same for a word that another person of the phone has: it tells nothing.
 */
export function refuseUnfitWord(word: string): void {
  const folded = foldWord(word);
  const means = (context: "idle" | "confirming" | "choosing") =>
    interpret(folded, context).intent !== "unknown";
  const fit =
    /^[\p{L}\d]{4,20}$/u.test(folded) &&
    /\p{L}/u.test(folded) &&
    !isEverydayWord(folded) &&
    readCourtesy(folded) === null &&
    !means("idle") &&
    !means("confirming") &&
    !means("choosing");
  if (!fit) throw wordUnfit();
}

export function wordUnfit(): DomainError {
  return new DomainError("invalid", "word-unfit", "Choose another word, of 4 to 20 letters.", {
    errors: [{ path: "body.word", message: "another word of 4 to 20 letters is needed" }],
  });
}
