import type { Match } from "@minka/contracts/matches";
import type { Request } from "@minka/contracts/matching";
import { expect, test } from "vitest";
import { numberByWords } from "../src/conversations/choose-by-words.ts";

function match(id: string, priceCentimos: number, distanceKm: number | null, mean?: number) {
  const reasons = mean === undefined ? [] : [{ code: "rating", parameters: { mean, count: 3 } }];
  return { id, priceCentimos, distanceKm, reasons } as unknown as Match;
}

function listOf(kind: "assistance" | "purchase", matches: Match[]): Request {
  return { need: { kind }, matches } as unknown as Request;
}

const ids = ["a", "b", "c"];
const list = [match("a", 3000, 9, 4.5), match("b", 0, 12), match("c", 5000, null, 4.9)];

test.each([
  ["el mas barato", 2],
  ["el mas cerca", 1],
  ["el mejor calificado", 3],
  ["el de 30 soles", 1],
  ["el de 40 soles", undefined],
  ["cualquiera", undefined],
])("%s", (text, number) => {
  expect(numberByWords(text, listOf("assistance", list), ids)).toBe(number);
});

test("two that are equal are not chosen between", () => {
  const equal = listOf("assistance", [match("a", 3000, 9), match("b", 3000, 9), match("c", 5000, 20)]);
  for (const text of ["el mas barato", "el mas cerca", "el de 30 soles", "el mejor calificado"])
    expect(numberByWords(text, equal, ids)).toBeUndefined();
});

test("of buyers the best price is the highest", () => {
  const buyers = listOf("purchase", [match("a", 900, 9), match("b", 1100, 9), match("c", 1000, 20)]);
  expect(numberByWords("el de mejor precio", buyers, ids)).toBe(2);
});
