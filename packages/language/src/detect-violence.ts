import violence from "./lexicons/es/violence.json" with { type: "json" };
import { findPatterns, type Found, indexPatterns } from "./understanding/phrase-pattern.ts";
import { tokenize, type Token } from "./understanding/tokens.ts";
import { soundKey, foldCase } from "./fold.ts";

type Sense = "alarm" | "harmless";

/** The forms of a regular verb that people write about themselves: `pega` gives pego, pegan, pegando, pegarme … */
function formsOf(verb: string): string[] {
  const stem = verb.slice(0, -1);
  const endings = ["a", "o", "an", "as", "aron", "aba", "aban", "ado", "ada", "ando", "ar"];
  return [...endings.map((ending) => stem + ending), `${stem}arme`, `${stem}andome`];
}

const lists: Readonly<Record<string, readonly string[]>> = {
  "{blow}": violence.blows.flatMap(formsOf),
  "{partner}": violence.partners,
  "{plague}": violence.plagues,
};

function spellOut(source: string): string {
  return source.replace(/\{\w+\}/g, (name) => `(${(lists[name] ?? []).join("|")})`);
}

const index = indexPatterns<Sense>([
  ...violence.alarm.map((source) => ({ source: spellOut(source), entry: "alarm" as const })),
  ...violence.harmless.map((source) => ({ source: spellOut(source), entry: "harmless" as const })),
]);
const partners = new Set(violence.partners.map((word) => soundKey(foldCase(word))));

/** A map, because people write "constructor". */
const shorthand: ReadonlyMap<string, string> = new Map([
  ["q", "que"],
  ["k", "que"],
  ["x", "por"],
  ["m", "me"],
  ["d", "de"],
  ["ta", "esta"],
  ["sta", "esta"],
  ["tan", "estan"],
  ["stan", "estan"],
]);

function withShorthand(token: Token, at: number, tokens: readonly Token[]): Token {
  const long = shorthand.get(token.word);
  // "A 100 m" are metres.
  if (long === undefined || (token.word === "m" && tokens[at - 1]?.digits !== undefined)) return token;
  return { ...token, key: soundKey(foldCase(long)) };
}

/**
 * Whether a message speaks of violence at home or of taking one's own life, or asks for their helplines. A false
 * alarm costs one neutral answer, a miss costs more: a harmless reading only counts where it covers every alarming
 * word and names nobody who could be the one that strikes ("la sequía … y mi marido me pega").
 */
export function mentionsViolence(text: string): boolean {
  if (/l[ií]nea\s*(?:n\S*\s*)?1(?:00|13)(?!\d)/i.test(text)) return true;
  const tokens = tokenize(text).map(withShorthand);
  const found = findPatterns(index, { tokens, spansAt: [] });
  // "La papa" is the crop, "mi papá" the father.
  const isPotato = (at: number) => tokens[at]?.key === "papa" && /^las?$/.test(tokens[at - 1]?.key ?? "");
  const names = ({ start, end }: Found<Sense>) =>
    tokens.some(({ key }, at) => at > start && at < end && partners.has(key) && !isPotato(at));
  const harmless = found.filter((other) => other.entry === "harmless" && !names(other));
  return found.some(
    ({ entry, start, end }) =>
      entry === "alarm" && !harmless.some((other) => other.start <= start && other.end >= end),
  );
}
