import { editDistance } from "./edit-distance.ts";

/** How far a word may be from what it is taken for: short words are never corrected. */
export function toleratedEdits(length: number): 0 | 1 | 2 {
  if (length < 5) return 0;
  return length < 8 ? 1 : 2;
}

function sortedLetters(word: string): string {
  return word.split("").sort().join("");
}

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

  constructor(words: Iterable<string>) {
    for (const word of new Set(words)) {
      if (word.length > longestWord) continue;
      for (const variant of withoutLetters(word, toleratedEdits(word.length))) {
        const list = this.#known.get(variant);
        if (list === undefined) this.#known.set(variant, [word]);
        else list.push(word);
      }
    }
  }

  /** The nearest known word within `edits`, the same first letter preferred; null when there is none. */
  nearest(word: string, edits: 1 | 2): string | null {
    if (word.length > longestWord || toleratedEdits(word.length) < edits) return null;
    let best: string | null = null;
    let bestCost = Infinity;
    const tried = new Set<string>();
    for (const variant of withoutLetters(word, edits)) {
      for (const candidate of this.#known.get(variant) ?? []) {
        if (tried.has(candidate)) continue;
        tried.add(candidate);
        if (toleratedEdits(candidate.length) < edits) continue;
        const distance = editDistance(word, candidate);
        if (distance > edits) continue;
        // Letters only swapped ("cacoa") are a surer slip than a letter replaced ("canoa").
        const swapped = sortedLetters(candidate) === sortedLetters(word);
        const cost = distance + (candidate[0] === word[0] ? 0 : 0.5) - (swapped ? 0.25 : 0);
        if (cost < bestCost) [best, bestCost] = [candidate, cost];
      }
    }
    return best;
  }
}
