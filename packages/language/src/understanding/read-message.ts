import { soundKey } from "../fold.ts";
import { builtTerms, courtesies, phrases, type PhraseEntry, plainTerms, type TermEntry } from "./lexicons.ts";
import { findNumbers, type NumberSpan } from "./numbers.ts";
import {
  findPatterns,
  type Found,
  indexPatterns,
  type PatternIndex,
  type PhraseText,
  type Span,
} from "./phrase-pattern.ts";
import { correctSpelling } from "./spelling.ts";
import { type Token, tokenize } from "./tokens.ts";

/** A message read once: its words, what they name, and the phrases that say what it is about. */
export type ReadMessage = {
  text: string;
  tokens: readonly Token[];
  numbers: readonly NumberSpan[];
  spans: readonly Span[];
  phrases: readonly Found<PhraseEntry>[];
};

const plainIndex = indexPatterns(plainTerms);
const builtIndex = indexPatterns(builtTerms);
const phraseIndex = indexPatterns(phrases);

const alwaysCourtesy = new Set(courtesies.always.map(soundKey));
const vocatives = new Set(courtesies.vocatives.map((word) => soundKey(word.replace("ñ", "n"))));
const determiners = new Set(courtesies.determiners.map(soundKey));

/** Greetings, thanks and titles say nothing about the need; "un ing" after a determiner is a person wanted. */
function withoutCourtesies(tokens: readonly Token[]): Token[] {
  const kept: Token[] = [];
  let carried: Token["breakBefore"] = "none";
  for (const [at, token] of tokens.entries()) {
    if (isCourtesy(token, tokens[at - 1])) {
      if (carried !== "sentence" && token.breakBefore !== "none") carried = token.breakBefore;
      // Whoever is spoken to stands between clauses, comma or not: "no ing quiero internet".
      if (carried === "none" && kept.length > 0 && vocatives.has(token.key)) carried = "comma";
      continue;
    }
    kept.push(token.breakBefore === "none" ? { ...token, breakBefore: carried } : token);
    carried = "none";
  }
  return kept;
}

function isCourtesy(token: Token, before: Token | undefined): boolean {
  if (token.digits !== undefined) return false;
  if (alwaysCourtesy.has(token.key)) return true;
  if (token.key === "dias") return before?.key === "buenos";
  return vocatives.has(token.key) && (before === undefined || !determiners.has(before.key));
}

/** Of overlapping terms of one lexicon only the longest stays; of equals the first written. */
function longestTerms(found: readonly Found<TermEntry>[]): Span[] {
  const spans: Span[] = [];
  const sorted = [...found].sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start);
  for (const { entry, start, end } of sorted) {
    const covered = spans.some((span) => span.name === entry.name && span.start < end && start < span.end);
    if (!covered) spans.push({ ...entry, start, end });
  }
  return spans;
}

function spansByStart(spans: readonly Span[], length: number): Span[][] {
  const at: Span[][] = Array.from({ length }, () => []);
  for (const span of spans) at[span.start]?.push(span);
  return at;
}

function findTerms(index: PatternIndex<TermEntry>, tokens: readonly Token[], known: readonly Span[]): Span[] {
  const text: PhraseText = { tokens, spansAt: spansByStart(known, tokens.length) };
  return longestTerms(findPatterns(index, text));
}

/** Reads a message; `placeText` is the part of it that names a place, "" when none does. */
export function readMessage(text: string, placeText: string): ReadMessage {
  const placeStart = placeText === "" ? -1 : text.indexOf(placeText);
  const placeEnd = placeStart + placeText.length;
  const isPlace = (token: Token) => placeStart >= 0 && token.start >= placeStart && token.end <= placeEnd;
  const tokens = withoutCourtesies(correctSpelling(tokenize(text), isPlace));
  const numbers = findNumbers(tokens);
  const numberSpans = numbers.map((number): Span => ({
    name: "number",
    value: String(number.value),
    start: number.start,
    end: number.end,
  }));
  const plain = [...numberSpans, ...findTerms(plainIndex, tokens, numberSpans)];
  const spans = [...plain, ...findTerms(builtIndex, tokens, plain)].sort((a, b) => a.start - b.start);
  const phraseText: PhraseText = { tokens, spansAt: spansByStart(spans, tokens.length) };
  return { text, tokens, numbers, spans, phrases: findPatterns(phraseIndex, phraseText) };
}
