import { lexicons } from "./languages/all-lexicons.ts";
import { foldCase, soundKey } from "./fold.ts";
import { findPatterns, indexPatterns, type Span } from "./understanding/phrase-pattern.ts";
import { correctSpelling } from "./understanding/spelling.ts";
import { tokenize, type Token } from "./understanding/tokens.ts";

/**
 * What a provider says of being away: for so many days from today; until a day that the message names; or that they
 * are back. `away` is said so ("no puedo esta semana") that it may also be the answer to a question.
 */
export type RestWish =
  | { readonly kind: "rest"; readonly days: number }
  | { readonly kind: "away"; readonly days: number }
  | { readonly kind: "rest-until" }
  | { readonly kind: "back" };

/** A week, for who says nothing else. */
const usualDays = 7;

const words = lexicons.rest;
const index = indexPatterns<keyof typeof words>(
  (["rest", "restUntil", "away", "back"] as const).flatMap((entry) =>
    words[entry].map((source) => ({ source, entry })),
  ),
);

const numbers = new Map<string, number>(
  Object.entries(lexicons.numbers).flatMap(([value, said]) =>
    said.map((word) => [soundKey(word), Number(value)] as const),
  ),
);

const daysOfUnit = new Map<string, number>([
  [soundKey("semana"), 7],
  [soundKey("semanas"), 7],
  [soundKey("quincena"), 15],
  [soundKey("mes"), 30],
  [soundKey("meses"), 30],
]);

/** Reads DESCANSO 10, "vacaciones una semana", "no puedo esta semana", "ya volví": the whole message, or null. */
export function readRest(text: string): RestWish | null {
  const tokens = withoutCourtesy(tokenize(text));
  return wishIn(tokens) ?? wishIn(correctSpelling(tokens, () => false));
}

function wishIn(tokens: readonly Token[]): RestWish | null {
  const found = new Set(
    findPatterns(index, { tokens, spansAt: tokens.map(numberAt) }).map(({ entry }) => entry),
  );
  if (found.has("back")) return { kind: "back" };
  if (found.has("restUntil")) return { kind: "rest-until" };
  if (found.has("rest")) return { kind: "rest", days: daysIn(tokens) };
  return found.has("away") ? { kind: "away", days: daysIn(tokens) } : null;
}

const polite = new Set(
  [...lexicons["courtesy-messages"].greeting, ...lexicons["courtesy-messages"].closing].map((word) =>
    soundKey(foldCase(word)),
  ),
);

/** Without the "buenos días" before and the "gracias" after. */
function withoutCourtesy(tokens: readonly Token[]): Token[] {
  const speaks = ({ key }: Token) => !polite.has(key);
  return tokens.slice(Math.max(0, tokens.findIndex(speaks)), tokens.findLastIndex(speaks) + 1);
}

const valueOf = ({ digits, key }: Token): number | undefined => digits ?? numbers.get(key);

function numberAt(token: Token, at: number): Span[] {
  const value = valueOf(token);
  return value === undefined ? [] : [{ name: "number", value: String(value), start: at, end: at + 1 }];
}

/** "10", "dos semanas", "un mes", "esta semana". */
function daysIn(tokens: readonly Token[]): number {
  // "Un descanso de 4 días" holds two numbers.
  const counts = tokens.map(valueOf).filter((value) => value !== undefined && value >= 1);
  const unit = tokens.map(({ key }) => daysOfUnit.get(key)).find((days) => days !== undefined);
  if (counts.length === 0) return unit ?? usualDays;
  return Math.round(Math.max(...counts.map(Number)) * (unit ?? 1));
}
