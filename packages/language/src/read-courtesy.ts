import { foldCase } from "./fold.ts";
import words from "./lexicons/es/courtesy-messages.json" with { type: "json" };

export type Courtesy = "greeting" | "closing";

/** Letters are doubled for warmth: "holaaa", "graciasss". */
const key = (word: string) => foldCase(word).replace(/(.)\1+/g, "$1");
const keysOf = (group: keyof typeof words) => new Set(words[group].map(key));
const greetings = keysOf("greeting");
const closings = keysOf("closing");
const fillers = keysOf("filler");

/** Longer messages have something to say. */
const mostWords = 10;

/**
 * Whether a message is politeness and nothing more: a greeting ("hola buenas tardes"), or the thanks and
 * "ok" with which a dialogue ends. Null as soon as one word says anything else.
 */
export function readCourtesy(text: string): Courtesy | null {
  if (/\d|\?/.test(text)) return null;
  const said = (text.slice(0, 200).match(/\p{L}+/gu) ?? []).map(key);
  if (said.length === 0 || said.length > mostWords) return null;
  if (!said.every((word) => greetings.has(word) || closings.has(word) || fillers.has(word))) return null;
  if (said.some((word) => closings.has(word))) return "closing";
  return said.some((word) => greetings.has(word)) ? "greeting" : null;
}
