import { readFileSync, writeFileSync } from "node:fs";
import { contexts, type Context, type Intent } from "@minka/language/intents";
import { featuresOf } from "@minka/language/understanding/features";
import { readMessage } from "@minka/language/understanding/read-message";

/**
 * Learns the weights of `src/understanding/learned-weights.json` from our labelled messages and any further files of
 * JSON lines given as arguments, such as an export of what operators corrected. Logistic regression by gradient descent;
 * the same messages always give the same weights. Helplines are not learned: what speaks of violence is decided by its
 * lexicon alone. `last-held-out.jsonl` is never learned from. With `--check` nothing is written: it fails when the
 * messages or lexicons have changed since the weights were learned.
 */
type Labelled = { context: Context; text: string; intent: Intent };

const own = ["messages", "more-messages", "held-out", "field", "controls"].map(
  (name) => new URL(`../test/labelled/${name}.jsonl`, import.meta.url),
);
const rounds = 20;
const firstStep = 0.15;
const decay = 0.003;
/** Weights below this, in hundredths, say nothing. */
const least = 10;
/** The share of messages that are also learned in another context, where their intent wins as well. */
const elsewhere = 0.5;
const boundToContext = new Set<Intent>(["choose", "confirm", "decline", "rate", "unknown", "several"]);

/** A small generator of numbers in [0, 1), so that two runs agree. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

function softmax(sums: Float64Array): Float64Array {
  const most = Math.max(...sums);
  const parts = sums.map((sum) => Math.exp(sum - most));
  const total = parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part) => part / total);
}

const checks = process.argv.includes("--check");
const random = numbersFrom(42);
const told = [...own, ...process.argv.slice(2).filter((argument) => argument !== "--check")]
  .flatMap((file) => readFileSync(file, "utf8").trim().split("\n"))
  .map((line): Labelled => JSON.parse(line))
  .filter(({ intent }) => intent !== "safety_help");
const labels = [...new Set(told.map(({ intent }) => intent))].sort();
const examples = told
  .flatMap((message) => [
    message,
    ...contexts
      .filter(
        (context) =>
          context !== message.context && !boundToContext.has(message.intent) && random() < elsewhere,
      )
      .map((context) => ({ ...message, context })),
  ])
  .map(({ text, context, intent }) => ({
    features: featuresOf(readMessage(text, ""), context),
    label: labels.indexOf(intent),
  }));

const weights = new Map<string, Float64Array>();
function weightsOf(feature: string): Float64Array {
  const known = weights.get(feature) ?? new Float64Array(labels.length);
  weights.set(feature, known);
  return known;
}

for (let round = 0; round < rounds; round += 1) {
  const step = firstStep / (1 + round * 0.2);
  for (let at = examples.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [examples[at], examples[other]] = [examples[other]!, examples[at]!];
  }
  for (const { features, label } of examples) {
    const rows = features.map(weightsOf);
    const sums = new Float64Array(labels.length);
    for (const row of rows) for (const [at, weight] of row.entries()) sums[at]! += weight;
    const shares = softmax(sums);
    for (const row of rows) {
      for (const [at, share] of shares.entries())
        row[at]! -= step * (share - (at === label ? 1 : 0) + decay * row[at]!);
    }
  }
}

const kept = [...weights]
  .map(([feature, row]): [string, string] => {
    const pairs = [...row].flatMap((weight, at) => {
      const hundredths = Math.round(weight * 100);
      return Math.abs(hundredths) < least ? [] : [at, hundredths];
    });
    return [feature, pairs.join(" ")];
  })
  .filter(([, pairs]) => pairs !== "")
  .sort(([a], [b]) => (a < b ? -1 : 1));
const learned = { intents: labels, weights: Object.fromEntries(kept) };
const file = new URL("../src/understanding/learned-weights.json", import.meta.url);
const written = `${JSON.stringify(learned, null, 2)}\n`;
if (!checks) {
  writeFileSync(file, written);
} else if (readFileSync(file, "utf8") !== written) {
  process.stderr.write(
    "the learned weights are out of date: run scripts/learn-intents.ts in packages/language\n",
  );
  process.exitCode = 1;
}
process.stdout.write(`${told.length} messages, ${kept.length} features\n`);
