import { notCandidateCodes } from "@minka/contracts/catalog";
import { notListedCodes } from "@minka/contracts/explanations";
import { matchReasons } from "@minka/contracts/reason-codes";
import { sayReason, sayReasons, sayWhyNot } from "@minka/language/say-reasons";
import { expect, test } from "vitest";

test("reasons are said in one line, as a neighbour would say them", () => {
  expect(
    sayReasons([
      { code: "distance", parameters: { km: 9 } },
      { code: "crop", parameters: { crop: "cacao" } },
      { code: "price", parameters: { centimos: 3_000 } },
      { code: "answers-in", parameters: { hours: 2 } },
      { code: "rating", parameters: { mean: 4.6, count: 17 } },
    ]),
  ).toBe("a 9 km, atiende cacao, S/ 30, contesta en 2 h, 4.6 de 17 opiniones");
  expect(sayReason({ code: "rating", parameters: { mean: 5, count: 1 } })).toBe("nota 5 (1)");
  expect(
    sayReasons([
      { code: "product", parameters: { product: "urea" } },
      { code: "price", parameters: { centimos: 12_000, unit: "saco" } },
      { code: "later-month", parameters: { month: "2026-12" } },
      { code: "missing", parameters: { requirements: "land_title,guarantor" } },
    ]),
  ).toBe("urea, S/ 120/saco, desde diciembre, pide título de la chacra, garante");
});

test("a code without words is left out, and no word stands for it", () => {
  expect(sayReason({ code: "of-tomorrow", parameters: {} })).toBeNull();
  expect(
    sayReasons([
      { code: "of-tomorrow", parameters: {} },
      { code: "by-phone", parameters: {} },
    ]),
  ).toBe("por teléfono");
  expect(sayWhyNot({ code: "of-tomorrow" })).toBeNull();
});

test("for every code by which an offer can be left out there is a sentence", () => {
  for (const code of [...notCandidateCodes, ...notListedCodes])
    expect(sayWhyNot({ code }), code).toMatch(/\.$/);
});

test("for every code by which an offer is on a list there are words", () => {
  const parameters = { km: 9, hours: 2, centimos: 3_000, month: "2026-12", mean: 4.6, count: 17 };
  const named = { product: "urea", topic: "pruning", crop: "cacao", state: "wet" };
  const listed = { requirements: "land_title", certificates: "organic" };
  for (const code of Object.keys(matchReasons))
    expect(sayReason({ code, parameters: { ...parameters, ...named, ...listed } }), code).toMatch(/^[^{}]+$/);
});
