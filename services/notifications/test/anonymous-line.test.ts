import { expect, test } from "vitest";
import { anonymousLine } from "../src/misunderstood/anonymous-line.ts";

const textOf = (text: string, slots = {}) =>
  (
    JSON.parse(anonymousLine({ id: "1", context: "idle", text, intent: "unknown", slots })) as {
      text: string;
    }
  ).text;

test("eight digits and more become zeros, however they are written; quantities and sums stay", () => {
  expect(textOf("llame al 987654321 o 987-654-321, dni 41 23 45 67")).toBe(
    "llame al 000000000 o 000-000-000, dni 00 00 00 00",
  );
  expect(textOf("quiero 3500 soles y 12 sacos")).toBe("quiero 3500 soles y 12 sacos");
});

test("a name that is introduced, and a given name beside a surname, are replaced", () => {
  expect(textOf("me llamo Segundo Huamán y zzq")).toBe("me llamo Rosa Pinedo y zzq");
  expect(textOf("zzq wxk, atte. Juan Pérez Tuanama")).toBe("zzq wxk, atte. Rosa Pinedo");
});

test("the words of a place and everyday words that are names too stay", () => {
  expect(textOf("vivo en Santa Rosa de Alto Yanajanca")).toBe("vivo en Santa Rosa de Alto Yanajanca");
  expect(textOf("se caen las flores de mi cacao")).toBe("se caen las flores de mi cacao");
});

test("the labelled name is taken out where it stands", () => {
  const text = "zzq Wenceslada wxk";
  const slots = { nameAt: 4, nameLength: 10, place: "221001" };
  expect(JSON.parse(anonymousLine({ id: "7", context: "rating", text, intent: "register", slots }))).toEqual({
    id: "7",
    context: "rating",
    text: "zzq Rosa Pinedo wxk",
    intent: "register",
    slots: { name: "Rosa Pinedo", place: "221001" },
  });
});
