import answers from "../lexicons/es/answers.json" with { type: "json" };
import choiceWords from "../lexicons/es/choice-words.json" with { type: "json" };
import commonWords from "../lexicons/es/common-words.json" with { type: "json" };
import courtesies from "../lexicons/es/courtesies.json" with { type: "json" };
import crops from "../lexicons/es/crops.json" with { type: "json" };
import equipment from "../lexicons/es/equipment.json" with { type: "json" };
import inputs from "../lexicons/es/inputs.json" with { type: "json" };
import numberWords from "../lexicons/es/numbers.json" with { type: "json" };
import control from "../lexicons/es/phrases/control.json" with { type: "json" };
import needs from "../lexicons/es/phrases/needs.json" with { type: "json" };
import purposes from "../lexicons/es/purposes.json" with { type: "json" };
import roles from "../lexicons/es/roles.json" with { type: "json" };
import services from "../lexicons/es/services.json" with { type: "json" };
import shorthand from "../lexicons/es/shorthand.json" with { type: "json" };
import tools from "../lexicons/es/tools.json" with { type: "json" };
import topicHints from "../lexicons/es/topic-hints.json" with { type: "json" };
import topics from "../lexicons/es/topics.json" with { type: "json" };
import units from "../lexicons/es/units.json" with { type: "json" };
import { type Intent, intents } from "../intents.ts";
import { wordsOfPattern } from "./phrase-pattern.ts";

/** Terms of the field by the value that they stand for. */
type Terms = Readonly<Record<string, readonly string[]>>;

/** A lexicon's term: where it is found, a span of that name and value begins. */
export type TermEntry = { name: string; value: string };
/** A phrase's meaning. A head states a need by itself; others only support one. */
export type PhraseEntry = { intent: Intent; weight: number; head: boolean };
type PhraseGroup = { weight: number; head?: boolean; patterns: readonly string[] };

function termsOf(name: string, terms: Terms): { source: string; entry: TermEntry }[] {
  return Object.entries(terms).flatMap(([value, sources]) =>
    sources.map((source) => ({ source, entry: { name, value } })),
  );
}

/** Throws for a name that is no intent: a lexicon's mistake must not pass silently. */
function intentNamed(name: string): Intent {
  const intent = intents.find((known) => known === name);
  if (intent === undefined) throw new Error(`A lexicon names no intent: "${name}"`);
  return intent;
}

function phrasesOf(groups: Readonly<Record<string, readonly PhraseGroup[]>>) {
  return Object.entries(groups).flatMap(([intent, list]) =>
    list.flatMap(({ weight, head = true, patterns }) =>
      patterns.map((source) => ({ source, entry: { intent: intentNamed(intent), weight, head } })),
    ),
  );
}

/** Terms that need no other span. */
export const plainTerms = [
  ...termsOf("crop", crops),
  ...termsOf("equipment", equipment),
  ...termsOf("unit", units),
  ...termsOf("service", services),
  ...termsOf("purpose", purposes),
  ...termsOf("tool", tools),
  ...Object.entries(roles).flatMap(([name, terms]) => termsOf(name, { [name]: terms })),
];

/** Terms whose patterns name the spans of the plain ones. */
export const builtTerms = [
  ...termsOf("input", inputs),
  ...termsOf("topic", topics),
  ...termsOf("disease", { pest_management: topics.pest_management }),
  ...termsOf("topic_hint", topicHints),
];

export const phrases = [...phrasesOf(control), ...phrasesOf(needs)];

export const shorthandWords: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(shorthand).map(([short, long]) => [short, long.split(" ")]),
);

export { courtesies };

/** Every word that the lexicons know: what a misspelt word may be corrected to, and what is left alone. */
export const vocabulary: ReadonlySet<string> = new Set(
  [
    ...[...plainTerms, ...builtTerms, ...phrases].map(({ source }) => source),
    ...Object.values(answers).flat(),
    ...Object.values(choiceWords).flat(),
    ...commonWords,
    ...Object.values(numberWords).flat(),
    ...Object.values(shorthand),
    ...Object.values(courtesies).flat(),
    "medio media docena cuarto docenas",
  ].flatMap(wordsOfPattern),
);

/** Beginnings of words that patterns match. */
export const stems: readonly string[] = [...plainTerms, ...builtTerms, ...phrases].flatMap(
  ({ source }) => source.match(/\p{L}+(?=\*)/gu) ?? [],
);
