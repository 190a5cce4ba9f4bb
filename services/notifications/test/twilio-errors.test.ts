import { describe, expect, test } from "vitest";
import { retryOf } from "../src/gateways/twilio-errors.ts";
import { phone } from "./messaging-run.ts";

describe("a refusal by Twilio", () => {
  test.each([
    [21211, "never"],
    [21614, "never"],
    [30004, "never"],
    [30006, "never"],
    [21610, "opted-out"],
    [20429, "busy"],
    [30001, "soon"],
    [21611, "soon"],
    [30003, "away"],
    [20003, "pause"],
    [30002, "pause"],
    [21606, "pause"],
    [21408, "pause"],
    [20404, "pause"],
    [30036, "away"],
    [30007, "elsewhere"],
    [63016, "elsewhere"],
    [63018, "busy"],
    [99999, "never"],
  ])("with %d means %s", (code, retry) => {
    expect(retryOf(String(code), { attempt: 1, phone })).toBe(retry);
  });

  test("that is often a passing fault counts the second time", () => {
    for (const code of ["30005", "30008"]) {
      expect([1, 2, 3].map((attempt) => retryOf(code, { attempt, phone }))).toEqual([
        "soon",
        "never",
        "never",
      ]);
    }
  });

  test("of a foreign number does not stop the channel for Peru", () => {
    expect(retryOf("21408", { attempt: 1, phone: "+14155550100" })).toBe("never");
  });
});
