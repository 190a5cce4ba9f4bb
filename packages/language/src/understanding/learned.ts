import { type Context, type Intent, intents } from "../intents.ts";
import { featuresOf } from "./features.ts";
import data from "./learned-weights.json" with { type: "json" };
import type { ReadMessage } from "./read-message.ts";

/** A guess of the weights learned from the labelled messages: its share of certainty, and the words that spoke for it. */
export type LearnedGuess = { intent: Intent; share: number; words: readonly string[] };

/** Weights are kept in hundredths, by feature, as pairs of an intent's place in the list and its weight. */
const hundredth = 0.01;
const labels = data.intents.map((name) => {
  const intent = intents.find((known) => known === name);
  if (intent === undefined) throw new Error(`Learned weights name no intent: "${name}"`);
  return intent;
});
const weights = new Map(
  Object.entries(data.weights).map(([feature, pairs]) => [feature, pairs.split(" ").map(Number)]),
);

/**
 * How likely each intent is by the weights that `scripts/learn-intents.ts` learned from the labelled messages (a
 * logistic regression): what the phrases of the lexicons did not foresee. The three likeliest, the likeliest first.
 */
export function learnedGuesses(message: ReadMessage, context: Context): LearnedGuess[] {
  const sums = new Float64Array(labels.length);
  const known = featuresOf(message, context).filter((feature) => weights.has(feature));
  for (const feature of known) {
    const pairs = weights.get(feature) ?? [];
    for (let at = 0; at < pairs.length; at += 2) sums[pairs[at] ?? 0]! += (pairs[at + 1] ?? 0) * hundredth;
  }
  const most = Math.max(...sums);
  const shares = sums.map((sum) => Math.exp(sum - most));
  const total = shares.reduce((sum, share) => sum + share, 0);
  return labels
    .map((intent, at) => ({ intent, at, share: (shares[at] ?? 0) / total }))
    .sort((a, b) => b.share - a.share)
    .slice(0, 3)
    .map(({ intent, at, share }) => ({ intent, share, words: tellingWords(known, at) }));
}

function tellingWords(features: readonly string[], label: number): string[] {
  const weightOf = (feature: string) => {
    const pairs = weights.get(feature) ?? [];
    for (let at = 0; at < pairs.length; at += 2) if (pairs[at] === label) return pairs[at + 1] ?? 0;
    return 0;
  };
  return features
    .map((feature) => ({ feature, weight: weightOf(feature) }))
    .filter(({ feature, weight }) => weight > 0 && feature !== "")
    .sort((a, b) => b.weight - a.weight)
    .slice(0, 3)
    .map(({ feature }) => feature);
}
