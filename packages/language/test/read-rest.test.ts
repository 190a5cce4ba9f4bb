import { readFileSync } from "node:fs";
import { readRest } from "@minka/language/read-rest";
import { describe, expect, test } from "vitest";

describe("a provider's rest", () => {
  test.each([
    ["DESCANSO 10", 10],
    ["descanso", 7],
    ["descanzo dies dias", 10],
    ["descanso 10 días, gracias", 10],
    ["descanso por 2 semanas", 14],
    ["buenos días, descanso 3", 3],
    ["pausa", 7],
    ["PAUSA 5", 5],
    ["bacasiones", 7],
    ["estoy de vacaciones 15 dias", 15],
    ["salgo de vacaciones un mes", 30],
    ["voy a descansar una semana", 7],
    ["tomo un descanso de 4 dias", 4],
  ])("%s: %i days", (text, days) => expect(readRest(text)).toEqual({ kind: "rest", days }));

  test.each(["no puedo esta semana", "esta semana no atiendo", "Esta semana no voy a atender."])(
    "%s may also be the answer to a question",
    (text) => expect(readRest(text)).toEqual({ kind: "away", days: 7 }),
  );

  test("a day may be named", () => {
    expect(readRest("descanso hasta el lunes")).toEqual({ kind: "rest-until" });
  });

  test.each(["VOLVI", "ya volví", "ya bolvi", "YA VOLVI de mis vacaciones", "sigo atendiendo", "ya regrese"])(
    "%s ends it",
    (text) => expect(readRest(text)).toEqual({ kind: "back" }),
  );

  test.each([
    "quiero descansar la tierra un año",
    "pausa en mi credito por favor",
    "curso en vacaciones para jovenes",
    "ya volvi a sembrar cacao",
    "ya volvio el tecnico",
    "no puedo",
    "10",
    "",
  ])("%s says nothing of it", (text) => expect(readRest(text)).toBeNull());

  test("no labelled message is taken for one", () => {
    const labelled = ["messages", "more-messages"].flatMap((name) =>
      readFileSync(new URL(`labelled/${name}.jsonl`, import.meta.url), "utf8")
        .trim()
        .split("\n"),
    );
    expect(labelled.length).toBeGreaterThan(100);
    const taken = labelled
      .map((line) => JSON.parse(line) as { text: string; context: string; intent: string })
      .filter(({ text }) => {
        const wish = readRest(text);
        return wish !== null && wish.kind !== "away";
      });
    expect(taken).toEqual([]);
  });
});
