import { isEveryday } from "./everyday-words.ts";
import { wordsOf, type Word } from "./fold.ts";
import { CUE, contextOf } from "./place-cues.ts";
import { exactName, keysOf } from "./place-names.ts";

/** What may be a hamlet's name in a message, with the words after it: where the name ends, only a list of hamlets tells. */
export type HamletMention = {
  /** As written. */
  readonly text: string;
  /** A word before it says that it is a hamlet; without one only an exact name is to be believed. */
  readonly marked: boolean;
};

const MARKERS = new Set(
  "caserio caserios caceriyo caserillo cacerio comunidad comunida anexo sector ccpp ccnn cp".split(" "),
);
/** Between "comunidad" and its name. */
const AFTER_MARKER = new Set("nativa nativo campesina menor poblado rural de del d".split(" "));
const SMALL = new Set(
  "a al con de del d el en i la las lo los mi mis nuestra nuestro para pa por que se su un una x y".split(
    " ",
  ),
);

/** As many words as names of hamlets have. */
export const MAX_HAMLET_WORDS = 6;

/**
 * The hamlet that a message may name: after "caserío", "centro poblado", "comunidad", "anexo" or "sector", or after a
 * preposition of place where no district is named. Null when there is none.
 */
export function findHamletInText(text: string): HamletMention | null {
  const words = wordsOf(text);
  for (let at = 0; at < words.length; at++) {
    const from = afterMarker(words, at);
    if (from === undefined) continue;
    const run = runFrom(words, from);
    if (run.length > 0) return { text: textOf(text, run), marked: true };
  }
  for (let at = 1; at < words.length; at++) {
    if (words[at]?.opensClause) continue;
    const { cue, ofSomethingElse } = contextOf(words, at);
    if (ofSomethingElse || cue < CUE.from || cue === CUE.district) continue;
    const run = runFrom(words, at);
    if (mayName(run)) return { text: textOf(text, run), marked: false };
  }
  return null;
}

/** Where the name begins when a marker stands at `at`. */
function afterMarker(words: readonly Word[], at: number): number | undefined {
  const plain = words[at]?.plain ?? "";
  const next = words[at + 1]?.plain;
  let from: number;
  if (MARKERS.has(plain)) from = at + 1;
  else if (plain === "centro" && next === "poblado") from = at + 2;
  else if (plain === "c" && (next === "p" || next === "n")) from = at + 2;
  else return undefined;
  while (AFTER_MARKER.has(words[from]?.plain ?? "")) from++;
  return from;
}

/** The words from there to the end of the clause, as many as a name may have. */
function runFrom(words: readonly Word[], from: number): Word[] {
  const run: Word[] = [];
  for (const word of words.slice(from, from + MAX_HAMLET_WORDS)) {
    // "caserío: Nuevo Horizonte" goes on after the mark.
    if (run.length > 0 && word.opensClause) break;
    run.push(word);
  }
  return run;
}

/** Whether a run begins like a name, and not like a district's or like the words of any need. */
function mayName(run: readonly Word[]): boolean {
  for (let to = 1; to <= run.length; to++) {
    // "Santa" is a district, and Santa Rosillo is not: a name that goes on is another name.
    const goesOn = to === 1 && saysSomething(run[1]);
    if (!goesOn && exactName(keysOf(run.slice(0, to)).plain)) return false;
  }
  return run.slice(0, 3).some(saysSomething);
}

function saysSomething(word: Word | undefined): boolean {
  return word !== undefined && word.plain.length >= 4 && !SMALL.has(word.plain) && !isEveryday(word.plain);
}

function textOf(text: string, run: readonly Word[]): string {
  return text.slice(run[0]?.start, run.at(-1)?.end);
}
