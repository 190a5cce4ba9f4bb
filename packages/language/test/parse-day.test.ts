import { array, assert, constantFrom, property } from "fast-check";
import { addDays } from "@minka/domain/lima-time";
import { describe, expect, it } from "vitest";
import { parseDay } from "@minka/language/parse-day";

// A Saturday.
const today = "2026-11-21";

describe("the day in a provider's answer", () => {
  it.each([
    ["hoy", "2026-11-21"],
    ["oi mismo voy", "2026-11-21"],
    ["mañana", "2026-11-22"],
    ["manana temprano", "2026-11-22"],
    ["pasado mañana", "2026-11-23"],
    ["jueves", "2026-11-26"],
    ["el juebes", "2026-11-26"],
    ["si el lunes x la tarde", "2026-11-23"],
    ["lunes 8 am", "2026-11-23"],
    ["lunes en la mañana", "2026-11-23"],
    ["sábado", "2026-11-28"],
    ["martes 8", "2026-12-08"],
    ["14/12", "2026-12-14"],
    ["14-12-2026", "2026-12-14"],
    ["14 de diciembre", "2026-12-14"],
    ["5 enero", "2027-01-05"],
    ["el 30", "2026-11-30"],
    ["dia 3", "2026-12-03"],
  ])("%s", (text, day) => {
    expect(parseDay(text, today)).toBe(day);
  });

  it.each([
    "no se",
    "si puedo",
    "20/11",
    "31/02",
    "14/05",
    "en la mañana",
    "",
    "20 de noviembre de 2026",
    "99/99",
  ])("names none within reach: %s", (text) => {
    expect(parseDay(text, today)).toBeNull();
  });

  it("is never past and never over sixty days ahead", () => {
    const words = constantFrom(
      "el",
      "lunes",
      "14",
      "31",
      "/",
      "12",
      "de",
      "enero",
      "mañana",
      "pasado",
      "hoy",
    );
    assert(
      property(array(words, { maxLength: 6 }), (parts) => {
        const day = parseDay(parts.join(" "), today);
        if (day === null) return;
        expect(day >= today && day <= addDays(today, 60)).toBe(true);
      }),
    );
  });
});
