import { kinds } from "@minka/domain/vocabulary";
import { expect, test } from "vitest";
import { subjectBits, subjectsOf, subjectWords } from "../src/candidates/asked-keys.ts";
import { other } from "./catalog-run.ts";

test("the words of stored postings keep their bits: lists only grow at the end", () => {
  const at = (kind: (typeof kinds)[number], word: string) => Math.log2(subjectBits(kind, [word]));
  expect([at("assistance", "pruning"), at("training", "organization")]).toEqual([0, 11]);
  expect([at("input", "urea"), at("input", "fertilizer"), at("equipment", "sprayer")]).toEqual([0, 15, 16]);
  expect([at("equipment", "transport"), at("service", "internet"), at("credit", "other")]).toEqual([
    28, 4, 8,
  ]);
});

test("every subject has a bit of its own, and one is left for things that nobody can name", () => {
  for (const kind of kinds) {
    const words = subjectWords[kind];
    expect(new Set(words.map((word) => subjectBits(kind, [word]))).size).toBe(words.length);
    expect(words.length).toBeLessThanOrEqual(30);
    expect(subjectBits(kind, words) & subjectBits(kind, ["other-things"])).toBe(0);
  }
});

test("an offer without products serves every subject, one with only unknown products serves none", () => {
  expect(subjectBits("input", subjectsOf(other("input")))).toBe(0);
  expect(subjectsOf(other("input", { products: ["dolomita"] }))).toEqual(["other-things"]);
  expect(subjectsOf(other("input", { products: ["npk"] }))).toEqual(["npk", "fertilizer"]);
});
