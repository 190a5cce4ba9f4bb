import type { Crop, CropState } from "@minka/domain/vocabulary";
import { lexicons } from "./languages/all-lexicons.ts";
import { findPatterns, indexPatterns } from "./understanding/phrase-pattern.ts";
import { correctSpelling } from "./understanding/spelling.ts";
import { tokenize, type Token } from "./understanding/tokens.ts";

const words = lexicons["crop-states"];
type Said = keyof typeof words;
const index = indexPatterns<Said>(
  (["baba", "cherry", "dry", "parchment", "green", "not"] as const).flatMap((entry) =>
    words[entry].map((source) => ({ source, entry })),
  ),
);

/**
 * What each word means of a crop. "Café seco" is left open: for some it is parchment, for others the dried cherry, and
 * a wrong state would hide all buyers.
 */
const statesOf: Partial<Record<Crop, Partial<Record<Said, CropState>>>> = {
  cacao: { baba: "wet", dry: "dry" },
  coffee: { cherry: "wet", parchment: "parchment", green: "green" },
};

/**
 * In which state a harvest is for sale: "cacao en baba", "café pergamino". Null where the message names none, two of
 * them, one that is not yet ("falta secar"), or one that the crop does not come in.
 */
export function readCropState(text: string, crop: Crop | undefined): CropState | null {
  const states = crop && statesOf[crop];
  if (!states) return null;
  const tokens = tokenize(text);
  const found = new Set([...wordsIn(tokens), ...wordsIn(correctSpelling(tokens, () => false))]);
  if (found.has("not")) return null;
  const named = [...found].flatMap((said) => states[said] ?? []);
  return named.length === 1 && named[0] ? named[0] : null;
}

function wordsIn(tokens: readonly Token[]): Said[] {
  return findPatterns(index, { tokens, spansAt: tokens.map(() => []) }).map(({ entry }) => entry);
}
