import { foldCase, soundKey } from "../fold.ts";
import { commonWords, shorthandWords, stems, vocabulary } from "./lexicons.ts";
import { NearWords } from "./near-words.ts";
import { isUsualName } from "./person-names.ts";
import { stemKey } from "./phrase-pattern.ts";
import type { Token } from "./tokens.ts";

/**
 * Turns what was typed into words that the lexicons know: shorthand, diminutives and plurals, misspellings within
 * the tolerated edits, and two words run together. A word that is known is never changed.
 */
const knownKeys = new Set([...vocabulary, ...formsOfVerbs(vocabulary)].map(soundKey));
const keyOfWord = new Map([...vocabulary].map((word) => [word, soundKey(word)]));
const longStems = new Set(stems.map(stemKey).filter((stem) => stem.length >= 3));
const longestStem = Math.max(...[...longStems].map((stem) => stem.length));
const everyday = new Set(commonWords.flatMap((word) => [word, soundKey(word)]));
/** A slip in an everyday word seldom matters; it is known mainly to keep others from being read into it. */
const farthest = (word: string) => (everyday.has(word) ? 1 : 2);
const correctable = [...vocabulary].filter((word) => word.length >= 4);
const nearKeys = new NearWords(correctable.map(soundKey), farthest);
const nearWords = new NearWords(correctable, farthest);

/** The regular forms of the infinitives among the words: they are words, though nothing is corrected to them. */
function formsOfVerbs(words: Iterable<string>): string[] {
  const ar =
    "o as a amos an e es emos en aste o aron aba aban ando ado ada ados adas are ara aran aria arian arme arlo arla arse arle arnos".split(
      " ",
    );
  const er =
    "o es e emos en a as amos an i iste io imos ieron ia ian iendo ido ida idos idas ere era eran eria erian erme erlo erla erse erle".split(
      " ",
    );
  const ir =
    "o es e imos en a as amos an i iste io ieron ia ian iendo ido ida idos idas ire ira iran iria irian irme irlo irla irse irle".split(
      " ",
    );
  const endings: Readonly<Record<string, readonly string[]>> = { ar, er, ir };
  return [...words].flatMap((word) => {
    const stem = word.slice(0, -2);
    return stem.length < 3 ? [] : (endings[word.slice(-2)] ?? []).map((ending) => stem + ending);
  });
}

/** A beginning this long tells a word of any length. */
const tellingStem = 5;

/** Answers of one syllable that people run into the next word: "oksi", "nogracias", "yavino". */
const gluedStarts = ["ok", "no", "si", "ya"];
/** What people run onto the end of an answer: "sipe", "yapue", "dalenomas". */
const gluedEnds = ["pe", "pue", "pues", "ps", "nomas"];
const answerStarts = new Set([...gluedStarts, "dale", "klaro", "bueno", "listo", "eso"]);

function startsWithStem(key: string, shortest = 3): boolean {
  for (let length = shortest; length <= Math.min(key.length, longestStem); length += 1) {
    if (longStems.has(key.slice(0, length))) return true;
  }
  return false;
}

function singularOrPlain(key: string): string | null {
  const candidates: string[] = [];
  if (key.endsWith("s")) candidates.push(key.slice(0, -1));
  if (key.endsWith("es")) candidates.push(key.slice(0, -2));
  const diminutive = /^(.{2,}?)(s?)it([oa])(s?)$/.exec(key);
  if (diminutive !== null) {
    const [, base = "", link = "", vowel = "", plural = ""] = diminutive;
    for (const stem of link === "" ? [base] : [base, base + link]) {
      for (const ending of [vowel, "", "e", "o", "a"]) candidates.push(stem + ending + plural, stem + ending);
    }
  }
  return candidates.find((candidate) => candidate.length >= 2 && knownKeys.has(candidate)) ?? null;
}

function splitGlued(key: string): [string, string] | null {
  for (const start of gluedStarts) {
    const first = soundKey(start);
    const rest = key.slice(first.length);
    if (key.startsWith(first) && rest.length >= 2 && knownKeys.has(rest)) return [first, rest];
  }
  for (const end of gluedEnds) {
    const start = key.slice(0, -end.length);
    if (key.endsWith(end) && answerStarts.has(start)) return [start, soundKey("pues")];
  }
  if (key.length < 8) return null;
  for (let at = key.length - 3; at >= 4; at -= 1) {
    const [first, rest] = [key.slice(0, at), key.slice(at)];
    if (knownKeys.has(first) && (knownKeys.has(rest) || startsWithStem(rest))) return [first, rest];
  }
  return null;
}

/** The keys that a typed word stands for: one, or two when words were run together. */
function readWord(word: string): readonly string[] {
  const long = shorthandWords.get(word) ?? shorthandWords.get(word.replace(/(.)\1{2,}$/, "$1"));
  if (long !== undefined) return long.map((part) => soundKey(foldCase(part)));
  const key = soundKey(word);
  if (knownKeys.has(key) || key.length < 3) return [key];
  const plain = singularOrPlain(key);
  if (plain !== null) return [plain];
  if (startsWithStem(key, key.length < 8 ? 3 : tellingStem)) return [key];
  const one = nearKeys.nearest(key, 1) ?? keyOfWord.get(nearWords.nearest(word, 1) ?? "");
  if (one !== undefined) return [one];
  if (startsWithStem(key)) return [key];
  const parts = splitGlued(key);
  if (parts !== null) return parts;
  const two = nearKeys.nearest(key, 2) ?? keyOfWord.get(nearWords.nearest(word, 2) ?? "");
  return [two ?? key];
}

/** People repeat themselves: what was read once is remembered, up to a bound. */
const remembered = new Map<string, readonly string[]>();
const rememberedMost = 20_000;

function keysOf(word: string): readonly string[] {
  const known = remembered.get(word);
  if (known !== undefined) return known;
  const keys = readWord(word);
  if (remembered.size >= rememberedMost) remembered.clear();
  remembered.set(word, keys);
  return keys;
}

/** Words before a person's name. */
const beforeNames = new Set([
  "con",
  "don",
  "doña",
  "dona",
  "sr",
  "señor",
  "senor",
  "sra",
  "señora",
  "senora",
  "ing",
  "ingeniero",
  "ingeniera",
  "tecnico",
]);

/**
 * Whether a word reads as a person's name: one of the usual names, or an unknown word after "con", "don" … with a
 * capital in a message that is not all capitals ("con Tello"). Names are not corrected into words of the field.
 */
function isPersonName(token: Token, before: Token | undefined): boolean {
  if (knownKeys.has(token.key)) return false;
  if (isUsualName(token.word)) return true;
  return (
    beforeNames.has(before?.word ?? "") && token.breakBefore === "none" && /^\p{Lu}\p{Ll}/u.test(token.raw)
  );
}

/** The tokens with their keys corrected, those of a place's name left alone; a token that holds two words becomes two at the same place. */
export function correctSpelling(tokens: readonly Token[], isPlace: (token: Token) => boolean): Token[] {
  return tokens.flatMap((token, at) => {
    if (token.digits !== undefined || token.word.startsWith("#") || isPlace(token)) return [token];
    if (isPersonName(token, tokens[at - 1])) return [token];
    // After digits an m is metres, and a k counts thousands or kilos; elsewhere they are "me" and "que".
    if (token.word === "m" && tokens[at - 1]?.digits !== undefined) return [token];
    if (token.word === "k" && token.glued) return [{ ...token, key: "kg" }];
    const [first = token.key, ...others] = keysOf(token.word);
    return [
      { ...token, key: first },
      ...others.map((key): Token => ({ ...token, key, breakBefore: "none", glued: true })),
    ];
  });
}
