/**
 * Two ways to make spellings comparable. The plain key forgives what every keyboard forgives (case, accents,
 * spaces); the sound key forgives what a writer who spells by ear would not notice.
 */

const ABBREVIATIONS: ReadonlyMap<string, string> = new Map([
  ["pto", "puerto"],
  ["pte", "puente"],
  ["sta", "santa"],
  ["sto", "santo"],
  ["sn", "san"],
  ["nvo", "nuevo"],
  ["nva", "nueva"],
  ["mcal", "mariscal"],
  ["mrcal", "mariscal"],
  ["cnel", "coronel"],
  ["crnl", "coronel"],
  ["gral", "general"],
]);

/** A word of a message: as read, and where it stood in the text. */
export type Word = {
  readonly plain: string;
  readonly start: number;
  readonly end: number;
  /** Whether a comma, full stop, colon or line end stands between this word and the one before it. */
  readonly opensClause: boolean;
};

const NOT_ASCII = /[^\u0020-\u007e]/;
const MARKS = /[\u0300-\u036f]/g;

/** Lower case without accents; "ñ" becomes "n", since a phone without it writes "n". "gü" keeps its sound as "w". */
export function withoutAccents(text: string): string {
  const lower = text.toLowerCase();
  if (!NOT_ASCII.test(lower)) return lower;
  return lower.replaceAll("gü", "gw").normalize("NFD").replace(MARKS, "");
}

const WORD = /[a-z]+|\d+/g;
const CLAUSE_BREAK = /[,.;:!?()\n/]/;
/** Words whose full stop only shortens them: "Sta. Lucía", "Dist. Tocache", "T. María". */
const SHORTENED = /^(?:[a-z]|dist|dto|prov|pcia|dpto|depto|dep|reg)$/;

/** The words of a text, with abbreviations of place names written out ("pto" as "puerto"). */
export function wordsOf(text: string): Word[] {
  // Positions must stay those of the original text, so marks are removed letter by letter only when lengths agree.
  const folded = withoutAccents(text);
  const aligned = folded.length === text.length ? folded : foldLetterByLetter(text);
  const words: Word[] = [];
  let end = 0;
  let shortened = false;
  for (const match of aligned.matchAll(WORD)) {
    const start = match.index;
    const letters = match[0];
    words.push({
      plain: ABBREVIATIONS.get(letters) ?? letters,
      start,
      end: start + letters.length,
      opensClause:
        start > end && CLAUSE_BREAK.test(aligned.slice(end, start).replace(shortened ? "." : "", "")),
    });
    end = start + letters.length;
    shortened = ABBREVIATIONS.has(letters) || SHORTENED.test(letters);
  }
  return words;
}

/** One folded unit for each unit of the text; what has no single letter (an emoji, a ligature) becomes a space. */
function foldLetterByLetter(text: string): string {
  let folded = "";
  for (let at = 0; at < text.length; at++) {
    const letter = withoutAccents(text.charAt(at));
    folded += letter.length === 1 ? letter : " ";
  }
  return folded;
}

/** A name as letters only: "Rupa-Rupa" and "rupa rupa" are one. */
export function plainKey(name: string): string {
  let key = "";
  for (const word of wordsOf(name)) key += word.plain;
  return key;
}

/** How a single folded word sounds in Peruvian Spanish; letters that sound alike become one. */
export function soundOfWord(plain: string): string {
  return plain
    .replace(/[cs]h/g, "X")
    .replace(/qu(?=[ei])|[qk]/g, "k")
    .replace(/c(?=[eiy])|z/g, "s")
    .replace(/x/g, "ks")
    .replace(/c/g, "k")
    .replace(/v/g, "b")
    .replace(/ll/g, "y")
    .replace(/gw|gu(?=[ao])|h?w|hu(?=[aeio])|^u(?=[aeio])/g, "w")
    .replace(/gu(?=[ei])/g, "G")
    .replace(/g(?=[ei])/g, "j")
    .replace(/h/g, "")
    .replace(/y(?![aeiou])/g, "i")
    .replace(/m(?=[pb])/g, "n")
    .replace(/(.)\1+/g, "$1")
    .replace(/G/g, "g");
}

/** The sound of several words run together, so that "campo verde" and "kampoberde" agree. */
export function soundKey(name: string): string {
  let key = "";
  for (const word of wordsOf(name)) key = joinSounds(key, soundOfWord(word.plain));
  return key;
}

/** Appends a word's sound; a letter doubled at the seam counts once, as inside a word. */
export function joinSounds(before: string, next: string): string {
  return before !== "" && before.at(-1) === next[0] ? before + next.slice(1) : before + next;
}
