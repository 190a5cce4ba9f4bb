import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readAttendance } from "../src/read-attendance.ts";

describe("by whom somebody wants to be attended", () => {
  test.each([
    "que me atienda una mujer",
    "KE ME ATIENDA UNA MUGER",
    "quiero que venga una señora",
    "prefiero una tecnica mujer",
    "quiero ingeniera",
    "kiero una injeniera",
    "solo mujeres",
    "solo mujeres porfa",
    "con una señora",
    "mejor con una señora",
    "mujer",
    "una mujer nomas",
    "manden una ingeniera",
    "necesito tecnico para la roya, que sea mujer, uchiza",
    "busco ingeniera pa la monilia en tocache",
    "un tecnico pero mujer de preferencia",
    "prefiero que sea mujer",
    "preferible una mujer",
    "me gustaria que venga una ingeniera",
    "hay alguna mujer que sepa podar?",
    "quisiera una tecnica mujer",
    "que me visite una señorita",
    "prefiero mujer",
  ])("%s: a woman", (text) => expect(readAttendance(text)).toBe("woman"));

  test.each([
    "puede ser hombre",
    "que venga un hombre tambien",
    "me da igual hombre o mujer",
    "hombre o mujer",
    "no importa si es hombre",
    "ya no quiero que sea mujer",
    "varon o mujer da igual",
    "aunque sea hombre",
    "ya no necesito solo mujer",
  ])("%s: anybody", (text) => expect(readAttendance(text)).toBe("anybody"));

  test.each(["me da igual", "cualquiera", "ya no importa", "no importa quien venga", "me da lo mismo"])(
    "%s: whoever, where it is about that",
    (text) => expect(readAttendance(text)).toBe("whoever"),
  );

  test.each([
    "taller para mujeres en lamas",
    "credito para mujeres",
    "somos 15 señoras queremos taller de ahorro",
    "apoyo para formar una asociacion de mujeres",
    "mi señora quiere 2 sacos de urea",
    "la ingeniera ya vino",
    "el tecnico le falto el respeto a mi señora",
    "necesito una tecnica para podar",
    "visita tecnica para roya",
    "quiero hablar con una persona",
    "soy mujer y tengo 2 hectareas de cacao",
    "si",
    "2",
    "necesito un tecnico para la monilia en tocache",
    "busco comprador de cacao",
  ])("%s: nothing", (text) => expect(readAttendance(text)).toBeNull());

  test("no labelled message is taken for such a wish", () => {
    const files = ["messages", "more-messages", "held-out"];
    const texts = files.flatMap((name) =>
      readFileSync(new URL(`labelled/${name}.jsonl`, import.meta.url), "utf8")
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => (JSON.parse(line) as { text: string }).text),
    );
    expect(texts.length).toBeGreaterThan(600);
    expect(texts.filter((text) => readAttendance(text) !== null)).toEqual([]);
  });
});
