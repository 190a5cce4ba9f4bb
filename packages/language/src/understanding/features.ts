import type { Context } from "../intents.ts";
import type { ReadMessage } from "./read-message.ts";

/** Spans that stand for the words they cover: whoever wants urea wants as whoever wants lime. The first wins. */
const kinds = [
  "input",
  "equipment",
  "crop",
  "service",
  "training",
  "advisor",
  "buyer",
  "organization",
  "credit",
  "money",
  "disease",
  "unit",
  "number",
  "topic",
];
const longestMessage = 60;
const prefix = 4;

/** The words of a message, those of a span as one "{span}". */
function generalized(message: ReadMessage): string[] {
  const cover: string[] = [];
  const starts = new Set<number>();
  for (const kind of kinds) {
    for (const span of message.spans) {
      if (span.name !== kind) continue;
      for (let at = span.start; at < Math.min(span.end, longestMessage); at += 1) {
        if (cover[at] !== undefined) continue;
        cover[at] = kind;
        if (at === span.start || cover[at - 1] !== kind) starts.add(at);
      }
    }
  }
  return message.tokens.slice(0, longestMessage).flatMap((token, at) => {
    const kind = cover[at];
    if (kind === undefined) return [token.digits === undefined ? token.key : "#"];
    return starts.has(at) ? [`{${kind}}`] : [];
  });
}

/**
 * What the learned weights look at: the words as they sound, alone and beside each other, the beginnings of words, and
 * what the conversation waits for.
 */
export function featuresOf(message: ReadMessage, context: Context): string[] {
  const words = generalized(message);
  const features = new Set(["", `@${context}`, `#${Math.min(6, message.tokens.length)}`]);
  for (const word of words) {
    features.add(word);
    if (word.length > prefix && !word.startsWith("{")) features.add(`${word.slice(0, prefix)}*`);
  }
  for (const token of message.tokens.slice(0, longestMessage))
    if (token.digits === undefined) features.add(`=${token.key}`);
  const bounded = ["^", ...words, "$"];
  for (const [at, word] of bounded.entries()) {
    const next = bounded[at + 1];
    if (next === undefined) break;
    features.add(`${word} ${next}`);
    const afterNext = bounded[at + 2];
    if (afterNext !== undefined) features.add(`${word} ~ ${afterNext}`);
  }
  return [...features];
}
