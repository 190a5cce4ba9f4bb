import { editDistance } from "./edit-distance.ts";

/** How far a word may be from what it is taken for: short words are corrected in two ways only, see `nearest`. */
export function toleratedEdits(length: number): 0 | 1 | 2 {
  if (length < 5) return 0;
  return length < 8 ? 1 : 2;
}

function sortedLetters(word: string): string {
  return word.split("").sort().join("");
}

/** Who slips twice still hits most consonants: "shihuahuaco" is no "citaraco". */
function consonants(word: string): string {
  return word.replace(/[aeiou]/g, "");
}

const shortest = 4;
/** A word longer than any real one is not worth correcting, and its variants would be many. */
const longestWord = 20;

function withoutLetters(word: string, edits: number): Set<string> {
  const variants = new Set([word]);
  let layer = [word];
  for (let edit = 0; edit < edits; edit += 1) {
    const next: string[] = [];
    for (const variant of layer) {
      for (let at = 0; at < variant.length; at += 1) {
        const shorter = variant.slice(0, at) + variant.slice(at + 1);
        if (variants.has(shorter)) continue;
        variants.add(shorter);
        next.push(shorter);
      }
    }
    layer = next;
  }
  return variants;
}

/**
 * Finds the nearest known word by looking up the word's shortenings among those of the known words, so that the
 * cost depends on the word's length and not on the size of the vocabulary.
 */
export class NearWords {
  readonly #known = new Map<string, string[]>();
  /** Words of four letters by their sorted letters: "uera" is urea, though nothing else is read into so short a word. */
  readonly #swapped = new Map<string, string>();

  /** `farthest` is how far off a word may still be found, if not by its length: fewer edits are fewer variants to keep. */
  constructor(words: Iterable<string>, farthest: (word: string) => 0 | 1 | 2 = () => 2) {
    for (const word of new Set(words)) {
      if (word.length > longestWord) continue;
      if (word.length === shortest && !this.#swapped.has(sortedLetters(word)))
        this.#swapped.set(sortedLetters(word), word);
      for (const variant of withoutLetters(word, Math.min(toleratedEdits(word.length), farthest(word)))) {
        const list = this.#known.get(variant);
        if (list === undefined) this.#known.set(variant, [word]);
        else list.push(word);
      }
    }
  }

  /** The nearest known word within `edits`, the same first letter preferred; null when there is none. */
  nearest(word: string, edits: 1 | 2): string | null {
    if (word.length === shortest && edits === 1) {
      const swapped = this.#swapped.get(sortedLetters(word));
      if (swapped !== undefined && editDistance(word, swapped) === 1) return swapped;
    }
    // A longer word that lost a letter ("abno") is looked for too.
    if (word.length > longestWord || toleratedEdits(word.length + (edits === 1 ? 1 : 0)) < edits) return null;
    let best: string | null = null;
    let bestCost = Infinity;
    const tried = new Set<string>();
    for (const variant of withoutLetters(word, edits)) {
      for (const candidate of this.#known.get(variant) ?? []) {
        if (tried.has(candidate)) continue;
        tried.add(candidate);
        if (toleratedEdits(candidate.length) < edits) continue;
        const distance = editDistance(word, candidate);
        if (distance === 2 && editDistance(consonants(word), consonants(candidate)) > 1) continue;
        if (distance > edits || (word.length === shortest && candidate.length <= shortest)) continue;
        // Letters only swapped ("cacoa") are a surer slip than a letter replaced ("canoa").
        const swapped = sortedLetters(candidate) === sortedLetters(word);
        const cost = distance + (candidate[0] === word[0] ? 0 : 0.5) - (swapped ? 0.25 : 0);
        if (cost < bestCost) [best, bestCost] = [candidate, cost];
      }
    }
    return best;
  }
}
