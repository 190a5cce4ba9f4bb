import { lexicons } from "./languages/all-lexicons.ts";
import { findPatterns, indexPatterns } from "./understanding/phrase-pattern.ts";
import { correctSpelling } from "./understanding/spelling.ts";
import { tokenize, type Token } from "./understanding/tokens.ts";

const words = lexicons["decline-reasons"];
/** Of several reasons the one that says most of the order itself. */
const strongestFirst = ["far", "price", "busy", "not_my_work"] as const;
type SaidReason = (typeof strongestFirst)[number];

const index = indexPatterns<SaidReason>(
  strongestFirst.flatMap((entry) => words[entry].map((source) => ({ source, entry }))),
);

/** A no of so many words gives a reason, if none that is known. */
const wordsOfReason = 5;

/** Why a message that says no says so ("no puedo, está muy lejos"); null for a no and nothing more. */
export function readDeclineReason(text: string): SaidReason | "other" | null {
  const tokens = tokenize(text);
  const found = new Set([...reasonsIn(tokens), ...reasonsIn(correctSpelling(tokens, () => false))]);
  const said = strongestFirst.find((reason) => found.has(reason));
  return said ?? (tokens.length >= wordsOfReason ? "other" : null);
}

function reasonsIn(tokens: readonly Token[]): SaidReason[] {
  return findPatterns(index, { tokens, spansAt: tokens.map(() => []) }).map(({ entry }) => entry);
}
