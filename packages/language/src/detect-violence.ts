import { foldCase, soundKey } from "./fold.ts";
import { lexicons } from "./languages/all-lexicons.ts";
import { findPatterns, type Found, indexPatterns, type Span } from "./understanding/phrase-pattern.ts";
import { tokenize, type Token } from "./understanding/tokens.ts";
import { correctViolence, formsOf } from "./violence-words.ts";
import { alarmingClauses } from "./violence-clauses.ts";

const { violence } = lexicons;
type Sense = "alarm" | "harmless";

/** What the patterns name in braces, by the keys of its words. */
const lists: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    blow: violence.blows.flatMap(formsOf),
    partner: violence.partners,
    plague: violence.plagues,
    victim: violence.victims,
  }).map(([name, words]) => [name, new Set(words.map((word) => soundKey(foldCase(word))))]),
);

function spansIn(tokens: readonly Token[]): Span[][] {
  return tokens.map(({ key }, start) =>
    [...lists].flatMap(([name, keys]) =>
      keys.has(key) ? [{ name, value: key, start, end: start + 1 }] : [],
    ),
  );
}

const index = indexPatterns<Sense>([
  ...violence.alarm.map((source) => ({ source, entry: "alarm" as const })),
  ...violence.harmless.map((source) => ({ source, entry: "harmless" as const })),
]);
const partners = new Set(violence.partners.map((word) => soundKey(foldCase(word))));

/** Their numbers, as people ask for them: "línea 100", "llamar al 113", "el 100". */
const helplines =
  /l[ií]nea\s*(?:n\S*\s*)?1(?:00|13)(?!\d)|\b(?:llam\p{L}*|marc\p{L}*|fono|tel[eé]fono)\s+(?:al?|el|en)?\s*(?:numero\s+|n[uú]mero\s+)?1(?:00|13)(?![\d.,]*\d|\s*(?:sac|kil|kg|plan|sol|de\s))|\b(?:n[uú]mero|cu[aá]l\s+es\s+el)\s+(?:el\s+)?1(?:00|13)(?![\d.,]*\d|\s*(?:sac|kil|kg|plan|sol|de\s))|^\W*(?:al?|el)\s+1(?:00|13)\W*$/iu;

/**
 * Whether a message speaks of violence at home or of taking one's own life, or asks for their helplines. A false
 * alarm costs one neutral answer, a miss costs more: a harmless reading only counts where it covers every alarming
 * word and names nobody who could be the one that strikes ("la sequía … y mi marido me pega").
 */
export function mentionsViolence(text: string): boolean {
  if (helplines.test(text)) return true;
  const tokens = correctViolence(tokenize(text));
  const found = findPatterns(index, { tokens, spansAt: spansIn(tokens) });
  const names = ({ start, end }: Found<Sense>) =>
    tokens.some((token, at) => at > start && at < end && partners.has(token.key) && !isPotato(tokens, at));
  const harmless = found.filter((other) => other.entry === "harmless" && !names(other));
  const alarms = [...found.filter(({ entry }) => entry === "alarm"), ...alarmingClauses(tokens)];
  return alarms.some(({ start, end }) => !harmless.some((other) => other.start <= start && other.end >= end));
}

/** "La papa" is the crop, "mi papá" the father. */
function isPotato(tokens: readonly Token[], at: number): boolean {
  return tokens[at]?.key === "papa" && /^las?$/.test(tokens[at - 1]?.key ?? "");
}
