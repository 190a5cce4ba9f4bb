import violence from "./lexicons/es/violence.json" with { type: "json" };
import { findPatterns, indexPatterns } from "./understanding/phrase-pattern.ts";
import { tokenize, type Token } from "./understanding/tokens.ts";
import { soundKey, foldCase } from "./fold.ts";

type Sense = "alarm" | "harmless";
const index = indexPatterns<Sense>([
  ...violence.alarm.map((source) => ({ source, entry: "alarm" as const })),
  ...violence.harmless.map((source) => ({ source, entry: "harmless" as const })),
]);
/** A map, because people write "constructor". */
const shorthand: ReadonlyMap<string, string> = new Map([
  ["q", "que"],
  ["k", "que"],
  ["x", "por"],
  ["ta", "esta"],
  ["d", "de"],
  ["tan", "estan"],
]);

function withShorthand(token: Token): Token {
  const long = shorthand.get(token.word);
  return long === undefined ? token : { ...token, key: soundKey(foldCase(long)) };
}

/**
 * Whether a message speaks of violence at home or asks for its helpline. A false alarm costs one neutral answer,
 * a miss costs more: a harmless reading only counts where it covers every alarming word.
 */
export function mentionsViolence(text: string): boolean {
  if (/l[ií]nea\s*(?:n\S*\s*)?100(?!\d)/i.test(text)) return true;
  const tokens = tokenize(text).map(withShorthand);
  const found = findPatterns(index, { tokens, spansAt: [] });
  const harmless = found.filter(({ entry }) => entry === "harmless");
  return found.some(
    ({ entry, start, end }) =>
      entry === "alarm" && !harmless.some((other) => other.start <= start && other.end >= end),
  );
}
