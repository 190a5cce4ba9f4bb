import { assert, constantFrom, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { contexts, type Context } from "@minka/language/intents";
import { interpret } from "@minka/language/interpret";
import { nearestIntents } from "@minka/language/nearest-intents";

describe("proposals for a message that was not understood", () => {
  it.each<[string, Context, string]>([
    ["cacao", "idle", "request_buyer"],
    ["plantas con hojas", "idle", "request_assistance"],
    ["no se todavia", "confirming", "decline"],
    ["7", "choosing", "choose"],
    ["mas o menos nomas", "rating", "rate"],
  ])("holds what the words or the question suggest: %s (%s)", (text, context, intent) => {
    expect(interpret(text, context).intent).toBe("unknown");
    expect(nearestIntents(text, context).map((proposal) => proposal.intent)).toContain(intent);
  });

  it("gives three different intents, the likeliest first, and never unknown or a helpline", () => {
    assert(
      property(string({ unit: "grapheme", maxLength: 100 }), constantFrom(...contexts), (text, context) => {
        const found = nearestIntents(text, context);
        expect(new Set(found.map(({ intent }) => intent)).size).toBe(3);
        expect(found.map(({ score }) => score)).toEqual(
          found.map(({ score }) => score).toSorted((a, b) => b - a),
        );
        for (const { intent, score } of found) {
          expect(["unknown", "safety_help"]).not.toContain(intent);
          expect(score).toBeGreaterThan(0);
          expect(score).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 100 },
    );
  });
});
