import { phrase } from "./texts.ts";

/** "a, b y c". */
export function sayAll(words: readonly string[], language: string): string {
  const last = words.at(-1) ?? "";
  return words.length > 1 ? phrase("and", { first: words.slice(0, -1).join(", "), last }, language) : last;
}
