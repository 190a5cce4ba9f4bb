import { describe, expect, it } from "vitest";
import { interpret } from "@minka/language/interpret";
import { contexts } from "@minka/language/intents";
import { mentionsViolence } from "@minka/language/detect-violence";
import { alarming, harmless } from "./violence-cases.ts";

describe("violence at home", () => {
  it.each(alarming)("is heard in: %s", (text) => {
    expect(mentionsViolence(text)).toBe(true);
  });

  it.each(harmless)("is not heard in: %s", (text) => {
    expect(mentionsViolence(text)).toBe(false);
  });

  it("wins in every context", () => {
    for (const context of contexts)
      expect(interpret("mi marido me pega", context).intent).toBe("safety_help");
  });

  it("has at least a hundred cases each way", () => {
    expect(Math.min(alarming.length, harmless.length)).toBeGreaterThanOrEqual(100);
  });
});
