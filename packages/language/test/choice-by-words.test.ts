import { choiceByWords } from "@minka/language/choice-by-words";
import { describe, expect, test } from "vitest";

describe("a choice told in words", () => {
  test.each([
    "el mas barato",
    "la mas baratita pe",
    "el que cobra menos",
    "kiero el mas economiko",
    "el q cueste menos",
    "el de menor precio",
    "al varato",
  ])("%s goes by the price", (text) => expect(choiceByWords(text)).toEqual({ by: "price" }));
  test.each([
    "la mas cerca",
    "el mas serca a mi chacra",
    "el que esta mas cerquita",
    "el menos lejos",
    "el cercano",
  ])("%s goes by the distance", (text) => expect(choiceByWords(text)).toEqual({ by: "distance" }));
  test.each([
    "el mejor calificado",
    "el mejor",
    "el de mas experiencia",
    "el que tiene mas estrellas",
    "el mas recomendado",
  ])("%s goes by the rating", (text) => expect(choiceByWords(text)).toEqual({ by: "rating" }));
  test.each([
    ["el de 30 soles", 30],
    ["el d 25", 25],
    ["el que cobra 40 soles", 40],
    ["la de treinta soles", 30],
    ["S/ 35", 35],
    ["el de S/. 50", 50],
  ])("%s names a price", (text, priceSoles) => expect(choiceByWords(text)).toEqual({ priceSoles }));
  test.each([
    "",
    "2",
    "👍",
    "no se",
    "ninguno",
    "el mas caro",
    "el mas lejos",
    "hay otro mas barato?",
    "mas barato hay?",
    "hay mas barato",
    "el mas barato?",
    "el mas barato o el mas cerca",
    "entre 30 y 40 soles",
    "quiero un tecnico para mi cacao",
  ])("%j chooses nothing by words", (text) => expect(choiceByWords(text)).toBeNull());
});
