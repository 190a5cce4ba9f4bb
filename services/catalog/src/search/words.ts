import { soundOfWord, wordsOf } from "@minka/geography/fold";

/** Words that say nothing about what is offered. */
const small = new Set(
  "a al con de del e el en la las lo los me mi nos o para pa por que se su sus un una unos unas y".split(" "),
);

/** The words of a title, a name or a search as they are compared: folded, singular, without the small ones. */
export function wordsToFind(text: string): string[] {
  const words = wordsOf(text).flatMap(({ plain }) => (small.has(plain) ? [] : [singular(plain)]));
  return [...new Set(words)];
}

/** "abonos" as "abono", "jornales" as "jornal": the usual plural and no grammar. */
function singular(word: string): string {
  if (word.length > 4 && /[bcdfghjlmnprtvxyz]es$/.test(word)) {
    // "aceites" and "cacaos" end in a vowel without their s; "panes" and "jornales" in a consonant without their es.
    return /(?:[lnrdj]|[aeiou]c)es$/.test(word) ? word.slice(0, -2) : word.slice(0, -1);
  }
  return word.length > 3 && /[aeiou]s$/.test(word) ? word.slice(0, -1) : word;
}

/** How many slips of the pen a word may have: none in short ones, where every letter makes another word. */
export function slipsAllowed(sound: string): 0 | 1 | 2 {
  if (sound.length < 4) return 0;
  return sound.length < 8 ? 1 : 2;
}

/** As much of a word as slips are looked for in: what differs later, the comparison of whole words settles. */
const comparedLetters = 8;

/**
 * Hashes of what is left of a word's sound when up to the allowed number of letters are missing. Two words
 * within that many slips share one of them (Garbe's symmetric deletes), so that looking slips up is a few
 * exact reads, however many words there are.
 */
export function spellingKeys(word: string): number[] {
  const sound = soundOfWord(word);
  const begin = sound.slice(0, comparedLetters);
  let left = new Set([begin]);
  const all = new Set(left);
  for (let slip = 0; slip < slipsAllowed(sound); slip += 1) {
    left = new Set(
      [...left].flatMap((part) => Array.from(part, (_, at) => part.slice(0, at) + part.slice(at + 1))),
    );
    for (const part of left) all.add(part);
  }
  return [...new Set([...all].map(hash))];
}

/** FNV-1a, 32 bits, signed as the column is. */
function hash(text: string): number {
  let code = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    code = Math.imul(code ^ text.charCodeAt(at), 0x01000193);
  }
  return code | 0;
}
