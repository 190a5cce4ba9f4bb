import { lexicons } from "../languages/all-lexicons.ts";
import { findPatterns, indexPatterns } from "./phrase-pattern.ts";
import type { ReadMessage } from "./read-message.ts";

const words = lexicons["complaint-words"];
const index = indexPatterns<keyof typeof words>(
  (["denied", "withdrawn"] as const).flatMap((entry) => words[entry].map((source) => ({ source, entry }))),
);

type Stretch = { readonly start: number; readonly end: number };

function find({ tokens, spans }: ReadMessage) {
  const spansAt = tokens.map((_, at) => spans.filter(({ start }) => start === at));
  return findPatterns(index, { tokens, spansAt });
}

/**
 * Where a message says that it does not complain: "ninguna queja", "no me estafó". Whoever takes a complaint back
 * still speaks of one.
 */
export function deniedComplaints(message: ReadMessage): readonly Stretch[] {
  const found = find(message);
  return found.some(({ entry }) => entry === "withdrawn") ? [] : found;
}

/** "Quiero retirar mi queja", "me equivoqué, no era queja". */
export function takesComplaintBack(message: ReadMessage): boolean {
  return find(message).some(({ entry }) => entry === "withdrawn");
}
