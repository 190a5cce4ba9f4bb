import { soundKey } from "./fold.ts";
import { lexicons } from "./languages/all-lexicons.ts";
import { findNumbers } from "./understanding/numbers.ts";
import { tokenize } from "./understanding/tokens.ts";

const fillers = new Set(lexicons["menu-words"].map(soundKey));
const both = new Set(["ambos", "ambas"]);
const plurals = new Set(["los", "las"]);
/** No list is longer. */
const mostTogether = 9;
/** Longer messages say more than which one. */
const mostTokens = 8;

/**
 * The numbers of a message that says nothing but which ones of a numbered list: "2", "el 4", "2 y 3", "opcion cero";
 * "los dos" and "ambos" are the first ones, as many as that.
 * Null for every other message: "2 sacos" names a quantity, and "cuánto cobra el 2" asks.
 */
export function readMenuNumbers(text: string): readonly number[] | null {
  const tokens = tokenize(text.replaceAll("#", " "));
  if (tokens.length === 0 || tokens.length > mostTokens || text.includes("?")) return null;
  if (tokens.some(({ word }) => both.has(word)))
    return tokens.every(({ key, word }) => both.has(word) || fillers.has(key)) ? [1, 2] : null;
  const numbers = findNumbers(tokens).filter(
    ({ article, start }) => !article || tokens.length === 1 || tokens[start]?.word === "uno",
  );
  if (numbers.length === 0 || numbers.some(({ value }) => !Number.isInteger(value))) return null;
  const isNumber = (at: number) => numbers.some(({ start, end }) => start <= at && at < end);
  if (!tokens.every(({ key }, at) => isNumber(at) || fillers.has(key))) return null;
  const named = numbers.flatMap(({ value, start }) =>
    plurals.has(tokens[start - 1]?.word ?? "") && value > 1 && value <= mostTogether
      ? Array.from({ length: value }, (_, at) => at + 1)
      : [value],
  );
  return [...new Set(named)];
}
