import { foldCase } from "./fold.ts";
import { vocabulary } from "./understanding/lexicons.ts";
import { isUsualName } from "./understanding/person-names.ts";

/** Whether people write this word in messages anyway, or are called so: then it can tell nobody apart. */
export function isEverydayWord(word: string): boolean {
  const folded = foldCase(word);
  return vocabulary.has(folded) || isUsualName(folded);
}
