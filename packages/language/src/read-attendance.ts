import { lexicons } from "./languages/all-lexicons.ts";
import { findPatterns, indexPatterns } from "./understanding/phrase-pattern.ts";
import { correctSpelling } from "./understanding/spelling.ts";
import { tokenize, type Token } from "./understanding/tokens.ts";

/**
 * By whom somebody wants to be attended: by a woman; by a man or a woman alike ("puede ser hombre"); or by whoever,
 * said so that it may mean something else ("me da igual").
 */
export type AttendanceWish = "woman" | "anybody" | "whoever";

const words = lexicons.attendance;
const index = indexPatterns<AttendanceWish>([
  ...words.woman.map((source) => ({ source, entry: "woman" as const })),
  ...words.anybody.map((source) => ({ source, entry: "anybody" as const })),
  ...words.whoever.map((source) => ({ source, entry: "whoever" as const })),
]);

/** What is taken back wins over what is asked for: "ya no quiero mujer" holds both. */
const strongestFirst: readonly AttendanceWish[] = ["anybody", "woman", "whoever"];

/**
 * Reads "que me atienda una mujer" and what takes it back, alone or within a message that says more; null where
 * nothing is said of it. "Curso para mujeres" and "mi señora" say nothing of it.
 */
export function readAttendance(text: string): AttendanceWish | null {
  const tokens = tokenize(text);
  const found = new Set([...wishesIn(tokens), ...wishesIn(correctSpelling(tokens, () => false))]);
  return strongestFirst.find((wish) => found.has(wish)) ?? null;
}

function wishesIn(tokens: readonly Token[]): AttendanceWish[] {
  return findPatterns(index, { tokens, spansAt: tokens.map(() => []) }).map(({ entry }) => entry);
}
