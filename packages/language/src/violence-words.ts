import { foldCase, soundKey } from "./fold.ts";
import { lexicons } from "./languages/all-lexicons.ts";
import { vocabulary } from "./understanding/lexicons.ts";
import { NearWords } from "./understanding/near-words.ts";
import { wordsOfPattern } from "./understanding/phrase-pattern.ts";
import type { Token } from "./understanding/tokens.ts";

const { violence } = lexicons;

/** The forms of a regular verb that people write about themselves: `pega` gives pego, pegan, pegando, pegarme … */
export function formsOf(verb: string): string[] {
  const stem = verb.slice(0, -1);
  // "Me golpeé" happens at work: of verbs in -ear those forms sound alike.
  const wishes = stem.endsWith("e") ? [] : ["e", "en"];
  const endings = ["a", "o", "an", "as", "aron", "aba", "aban", "ado", "ada", "ados", "adas", ...wishes];
  const infinitive = ["ar", "arme", "arnos", "arla", "arle", "arlas", "ando", "andome", "andola", "andonos"];
  return [...endings, ...infinitive].map((ending) => stem + ending);
}

/** A map, because people write "constructor". */
const shorthand: ReadonlyMap<string, string> = new Map([
  ["q", "que"],
  ["k", "que"],
  ["x", "por"],
  ["m", "me"],
  ["d", "de"],
  ["ta", "esta"],
  ["sta", "esta"],
  ["tan", "estan"],
  ["stan", "estan"],
]);

const keyOf = (word: string) => soundKey(foldCase(word));
const own = [...violence.blows, ...violence.roughs].flatMap(formsOf);
const words = [
  ...own,
  ...violence.partners,
  ...violence.people,
  ...violence.victims,
  ...violence.harms,
  ...violence.alarm.flatMap(wordsOfPattern),
].map(foldCase);
/** Short words have too many neighbours: "pesa" is no "pega". */
const shortestCorrected = 6;
const known = new Set([...words, ...vocabulary].map(keyOf));
const near = new NearWords(words.map(keyOf).filter((key) => key.length >= shortestCorrected));

/** A plural of what is known is known: the beans that come out "moradas" are no bruise. */
function isKnown(key: string): boolean {
  return known.has(key) || (key.endsWith("s") && known.has(key.slice(0, -1)));
}

/** Shorthand written out, and a word that nothing knows taken for the alarming one that it is a slip of. */
export function correctViolence(tokens: readonly Token[]): Token[] {
  return tokens.map((token, at) => {
    if (token.digits !== undefined) return token;
    const long = shorthand.get(token.word);
    // "A 100 m" are metres.
    if (long !== undefined && !(token.word === "m" && tokens[at - 1]?.digits !== undefined))
      return { ...token, key: keyOf(long) };
    if (token.key.length < shortestCorrected || isKnown(token.key)) return token;
    const meant = near.nearest(token.key, 1);
    // Slips are rare in the first letters: "volado" is no "violado".
    return meant !== null && meant.startsWith(token.key.slice(0, 2)) ? { ...token, key: meant } : token;
  });
}
