import { exactName } from "@minka/geography/place-names";
import { foldCase, soundKey } from "../fold.ts";
import { vocabulary } from "./lexicons.ts";

/** Shorter words are left to the spelling, which knows two words in one. */
const shortestRun = 11;
/** No message runs more together than its writer would read. */
const longestRun = 60;
const shortestWord = 4;
const longestWord = 16;
const joiners = new Set("un una de la el mi en por para con que y".split(" "));
const knownKeys = new Set([...vocabulary].filter((word) => word.length >= shortestWord).map(soundKey));
/** What a run of words must hold to be one: otherwise it is a name that happens to hold others. */
const wants = new Set(
  "necesito nesecito nesesito quiero kiero busco deseo quisiera queremos necesitamos manden mande vendo compro"
    .split(" ")
    .map(soundKey),
);

function isWord(part: string): boolean {
  if (joiners.has(part)) return true;
  if (part.length < shortestWord) return false;
  return knownKeys.has(soundKey(part)) || wants.has(soundKey(part)) || isPlace(part);
}

function isPlace(part: string): boolean {
  return part.length > shortestWord && exactName(part)?.local === true;
}

/** The fewest words that a run of letters is made of, the longest first; undefined when something is left over. */
function wordsIn(folded: string): string[] | undefined {
  const best: (string[] | undefined)[] = [[]];
  for (let end = 1; end <= folded.length; end += 1) {
    for (let from = Math.max(0, end - longestWord); from < end; from += 1) {
      const before = best[from];
      if (before === undefined || before.length + 1 >= (best[end]?.length ?? Infinity)) continue;
      const part = folded.slice(from, end);
      if (isWord(part)) best[end] = [...before, part];
    }
  }
  return best[folded.length];
}

/**
 * The message with spaces where somebody wrote without: "nesecitotecnicouchiza". Only a run that begins with a want
 * is taken apart, and only when all of it is known words and places of senders' regions.
 */
export function separateWords(text: string): string {
  return text.replace(/\p{L}+/gu, (run) => {
    if (run.length < shortestRun || run.length > longestRun) return run;
    const folded = foldCase(run);
    if (folded.length !== run.length || knownKeys.has(soundKey(folded))) return run;
    const words = wordsIn(folded);
    return words !== undefined && words.length > 1 && wants.has(soundKey(words[0] ?? ""))
      ? words.join(" ")
      : run;
  });
}
