import { type Intent, intents } from "../intents.ts";
import { lexicons } from "../languages/all-lexicons.ts";
import { wordsOfPattern } from "./phrase-pattern.ts";

const { answers, courtesies, crops, equipment, inputs, purposes, roles, services, shorthand } = lexicons;
const { tools, topics, units, numbers: numberWords } = lexicons;
const { "choice-words": choiceWords, "common-words": commonWords, "topic-hints": topicHints } = lexicons;
const { "phrases/control": control, "phrases/needs": needs } = lexicons;

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

export { commonWords, courtesies };

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
