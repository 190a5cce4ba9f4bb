import { lexicons } from "./languages/all-lexicons.ts";
import { findNumbers } from "./understanding/numbers.ts";
import { findPatterns, indexPatterns, type Span } from "./understanding/phrase-pattern.ts";
import { correctSpelling } from "./understanding/spelling.ts";
import { tokenize } from "./understanding/tokens.ts";

/** What whoever was sent a list goes by when they name none of its numbers. */
export type ChoiceByWords = { by: "price" | "distance" | "rating" } | { priceSoles: number };

const words = lexicons["choice-words"];
type Criterion = "price" | "distance" | "rating" | "stated" | "refused";
const index = indexPatterns<Criterion>([
  ...words.price.map((source) => ({ source, entry: "price" as const })),
  ...words.distance.map((source) => ({ source, entry: "distance" as const })),
  ...words.rating.map((source) => ({ source, entry: "rating" as const })),
  ...words.stated.map((source) => ({ source, entry: "stated" as const })),
  ...words.refused.map((source) => ({ source, entry: "refused" as const })),
]);

/** Longer messages say more than which one. */
const mostTokens = 12;

/**
 * Reads "el más barato", "la que está más cerca", "el de 30 soles" as an answer to a list: the cheapest, the nearest,
 * the best rated, or the one of a price in soles. Null when the message names no criterion, several, the opposite
 * ("el más caro"), or asks ("¿hay más barato?"). Meant for messages that the interpreter does not understand while a choice is open.
 */
export function choiceByWords(text: string): ChoiceByWords | null {
  if (text.includes("?")) return null;
  const tokens = correctSpelling(tokenize(text), () => false);
  if (tokens.length === 0 || tokens.length > mostTokens) return null;
  const spansAt: Span[][] = tokens.map(() => []);
  const numbers = findNumbers(tokens).filter(({ article }) => !article);
  for (const { value, start, end } of numbers)
    spansAt[start]?.push({ name: "number", value: String(value), start, end });
  const found = findPatterns(index, { tokens, spansAt });
  const named = new Set(found.map(({ entry }) => entry));
  if (named.has("refused")) return null;
  const price = found.find(({ entry }) => entry === "stated");
  if (price !== undefined) {
    const [number] = numbers;
    return numbers.length === 1 && number !== undefined && number.value > 0
      ? { priceSoles: number.value }
      : null;
  }
  const [first, ...others] = [...named];
  if (first === undefined || first === "stated" || first === "refused" || others.length > 0) return null;
  return { by: first };
}
