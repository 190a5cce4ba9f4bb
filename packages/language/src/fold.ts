/**
 * Foldings that make spellings comparable. Matching never happens on raw text: farmers write on phone keypads,
 * by ear, without accents, and in capitals.
 */

/** Lower case without accents; ñ becomes n. Lengths may change: never use offsets of one in the other. */
export function foldCase(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

const soundRules: readonly [RegExp, string][] = [
  [/^hie/, "ye"],
  [/l{2,}/g, "y"],
  [/ch/g, "C"],
  [/ph/g, "f"],
  [/c+(?=[ei])/g, "s"],
  [/sc(?=[ei])/g, "s"],
  [/qu(?=[ei])/g, "k"],
  [/[cq]/g, "k"],
  [/gu(?=[ei])/g, "G"],
  [/g(?=[ei])/g, "j"],
  [/G/g, "g"],
  [/[zx]/g, "s"],
  [/v/g, "b"],
  [/h/g, ""],
  [/w/g, "u"],
  [/n(?=[bp])/g, "m"],
  [/y(?![aeiou])/g, "i"],
  [/^i(?=[aeou])/, "y"],
  [/C/g, "ch"],
  [/(.)\1+/g, "$1"],
];

/**
 * How a folded word sounds in Andean-Amazonian Spanish, so that "kiero", "quiero" and "qiero" meet:
 * k/c/q, s/c/z/x, b/v, ll/y, g/j, silent h, doubled letters.
 */
export function soundKey(folded: string): string {
  let key = folded;
  for (const [pattern, replacement] of soundRules) key = key.replace(pattern, replacement);
  return key;
}
