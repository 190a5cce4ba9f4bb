import { lexicons } from "./languages/all-lexicons.ts";
import { findPatterns, indexPatterns } from "./understanding/phrase-pattern.ts";
import { correctSpelling } from "./understanding/spelling.ts";
import { tokenize, type Token } from "./understanding/tokens.ts";

const words = lexicons.urgency;
type Tone = "urgent" | "calm";
const index = indexPatterns<Tone>(
  (["urgent", "calm"] as const).flatMap((entry) => words[entry].map((source) => ({ source, entry }))),
);

/**
 * Whether a message says that something does not wait: "urgente", "apúrense", "hoy mismo", "se me muere el cacao",
 * a pest that "avanza rápido". Not for a "por favor", a "lo más pronto posible" or an exclamation mark; and not when
 * it says the contrary ("no es urgente", "cuando puedan").
 */
export function soundsUrgent(text: string): boolean {
  const tokens = tokenize(text);
  const tones = new Set([...tonesIn(tokens), ...tonesIn(correctSpelling(tokens, () => false))]);
  return tones.has("urgent") && !tones.has("calm");
}

function tonesIn(tokens: readonly Token[]): Tone[] {
  return findPatterns(index, { tokens, spansAt: tokens.map(() => []) }).map(({ entry }) => entry);
}
