import { foldCase } from "./fold.ts";
import { lexicons } from "./languages/all-lexicons.ts";

const words = lexicons["courtesy-messages"];
export type Courtesy = "greeting" | "plea" | "closing";

/** Letters are doubled for warmth: "holaaa", "graciasss". */
const key = (word: string) => foldCase(word).replace(/(.)\1+/g, "$1");
const keysOf = (group: keyof typeof words) => new Set(words[group].map(key));
const greetings = keysOf("greeting");
const closings = keysOf("closing");
const fillers = keysOf("filler");
const pleas = keysOf("plea");
const pleaFillers = keysOf("pleaFiller");
/** Words that end a dialogue and also begin a sentence: "bueno, quisiera saber". */
const agreeing = keysOf("agreeing");

/** Longer messages have something to say. */
const mostWords = 10;

/**
 * Whether a message is politeness and nothing more: a greeting ("hola buenas tardes"), a plea to be helped or told
 * that names no need yet ("buenos días, ¿me pueden ayudar?"), or the thanks and "ok" with which a dialogue ends.
 * A greeting and a plea both want to hear what can be asked for. Null as soon as one word says anything else.
 */
export function readCourtesy(text: string): Courtesy | null {
  if (/\d/.test(text)) return null;
  const said = (text.slice(0, 200).match(/\p{L}+/gu) ?? []).map(key);
  if (said.length === 0 || said.length > mostWords) return null;
  const polite = (word: string) => greetings.has(word) || closings.has(word) || fillers.has(word);
  const firstPlea = said.findIndex((word) => pleas.has(word));
  const allowed = (word: string) =>
    polite(word) || (firstPlea >= 0 && (pleas.has(word) || pleaFillers.has(word)));
  if (!said.every(allowed)) return null;
  // "Gracias por la ayuda" thanks; "ayuda por favor, gracias" pleads.
  const thanked = said.slice(0, firstPlea).some((word) => closings.has(word) && !agreeing.has(word));
  if (firstPlea >= 0 && !thanked) return said.includes("no") ? null : "plea";
  if (text.includes("?")) return null;
  if (said.some((word) => closings.has(word))) return "closing";
  return said.some((word) => greetings.has(word)) ? "greeting" : null;
}
