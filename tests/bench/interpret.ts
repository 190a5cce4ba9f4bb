import { readFileSync } from "node:fs";
import { contexts, type Context } from "@minka/language/intents";
import { foldCase, soundKey } from "@minka/language/fold";
import { interpret } from "@minka/language/interpret";
import type { Figure } from "./run-benches.ts";
import { round } from "./statistics.ts";

const files = ["held-out", "field"];
const turns = 5;

/**
 * Messages interpreted in a second of one core's time, over a bare pass that only folds and splits the same messages.
 * Time of the processor, not of the clock: what else the machine does takes nothing from it.
 */
export function benchInterpret(): Promise<Figure[]> {
  const messages = files.flatMap((name) =>
    readFileSync(new URL(`../../packages/language/test/labelled/${name}.jsonl`, import.meta.url), "utf8")
      .trim()
      .split("\n")
      .map((line): { text: string } => JSON.parse(line)),
  );
  const whole = (text: string, context: Context) => interpret(text, context);
  const bare = (text: string) => text.split(/\s+/).map((word) => soundKey(foldCase(word)));
  const rates = { whole: 0, bare: 0 };
  // The first turn warms up; of the others the best is the least disturbed.
  for (let turn = 0; turn < turns; turn += 1) {
    rates.bare = Math.max(rates.bare, perSecond(messages, bare));
    rates.whole = Math.max(rates.whole, perSecond(messages, whole));
  }
  return Promise.resolve([
    {
      bench: "interpret",
      value: round(rates.whole),
      unit: "messages/s",
      limit: round(rates.bare),
      ratio: round(rates.whole / rates.bare),
    },
  ]);
}

function perSecond(
  messages: readonly { text: string }[],
  read: (text: string, context: Context) => unknown,
): number {
  const from = process.cpuUsage();
  for (const { text } of messages) for (const context of contexts) read(text, context);
  const { user, system } = process.cpuUsage(from);
  return (messages.length * contexts.length * 1_000_000) / (user + system);
}
