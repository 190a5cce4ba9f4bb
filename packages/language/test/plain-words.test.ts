import { allTexts } from "@minka/language/texts";
import { foldCase } from "@minka/language/fold";
import { describe, expect, test } from "vitest";

/** Words of offices and screens, and those that speak of people as "tú". */
const banned =
  /\b(usuari[oa]s?|plataforma|sistema|aplicativo|aplicacion|solicitud(es)?|solicitar|valid\w+|proces\w+|gestion\w*|beneficiari[oa]s?|vigentes?|vigencia|requerimientos?|mediante|asimismo|efectu\w+|adjunt\w+|ingrese|seleccione|notific\w+|confirmacion|tu|tus|ti|contigo|puedes|tienes|quieres)\b/;

/** Sentences, a filled-in parameter being one word; what stands between colons and semicolons is read apart. */
function sentencesOf(text: string): string[][] {
  return text
    .replace(/\{\w+\}/g, "nombre")
    .split(/[.?!:;\n]+(?=\s|$)/)
    .map((sentence) => foldCase(sentence).match(/[a-z]+|\d+/g) ?? [])
    .filter((words) => words.length > 0);
}

/** Vowels that sound together count once; "ía", "úo" are two, but are folded here: a little too easy, never too hard. */
function syllables(word: string): number {
  return word.match(/[aeiouy]+/g)?.length ?? 1;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("texts are read by who has been to primary school", () => {
  test.each(allTexts())("$key has no word of offices, and its sentences are short", ({ text }) => {
    expect(foldCase(text)).not.toMatch(banned);
    const lengths = sentencesOf(text).map((words) => words.length);
    expect(mean(lengths)).toBeLessThanOrEqual(12);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(20);
  });

  test("on the whole they are easy by the index of Fernández Huerta (1959): 80 and more", () => {
    const sentences = allTexts().flatMap(({ text }) => sentencesOf(text));
    const words = sentences.flat();
    const perWord = mean(words.map(syllables));
    const perSentence = mean(sentences.map(({ length }) => length));
    expect(perSentence).toBeLessThanOrEqual(8);
    expect(206.84 - 60 * perWord - 1.02 * perSentence).toBeGreaterThanOrEqual(80);
  });
});
