import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { interpret } from "@minka/language/interpret";
import { contexts } from "@minka/language/intents";
import { mentionsViolence } from "@minka/language/detect-violence";
import { alarming, harmless } from "./violence-cases.ts";

type Labelled = { text: string; alarm: boolean };
/** Written in rounds, each before the detector was tried on it. */
const labelled = readFileSync(new URL("labelled/violence.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Labelled);

describe("violence at home", () => {
  it.each(alarming)("is heard in: %s", (text) => {
    expect(mentionsViolence(text)).toBe(true);
  });

  it.each(harmless)("is not heard in: %s", (text) => {
    expect(mentionsViolence(text)).toBe(false);
  });

  it("is missed in none of the labelled messages, and seen where there is none in fewer than one of a hundred", () => {
    const alarms = labelled.filter(({ alarm }) => alarm);
    const others = labelled.filter(({ alarm }) => !alarm);
    expect(Math.min(alarms.length, others.length)).toBeGreaterThan(350);
    expect(alarms.filter(({ text }) => !mentionsViolence(text))).toEqual([]);
    const wrong = others.filter(({ text }) => mentionsViolence(text));
    expect(wrong.length / others.length, JSON.stringify(wrong)).toBeLessThan(0.01);
  });

  it("wins in every context", () => {
    for (const context of contexts)
      expect(interpret("mi marido me pega", context).intent).toBe("safety_help");
  });

  it("has at least a hundred cases each way", () => {
    expect(Math.min(alarming.length, harmless.length)).toBeGreaterThanOrEqual(100);
  });
});
