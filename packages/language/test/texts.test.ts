import { countSegments, foldToGsm7 } from "@minka/language/gsm7";
import { allTexts, describeNeed, renderText, sayDay, sayDeadline, sayDistance } from "@minka/language/texts";
import { longestValues } from "@minka/language/languages/longest-values";
import { describe, expect, test } from "vitest";

describe("texts", () => {
  test.each(allTexts())("$key stays within $segments segment(s) at its longest", ({ key, segments }) => {
    const folded = foldToGsm7(renderText(key, longestValues(key)));
    expect(countSegments(folded)).toMatchObject({ encoding: "gsm7" });
    expect(countSegments(folded).segments, `${folded.length} characters: ${folded}`).toBeLessThanOrEqual(
      segments,
    );
  });

  test("a text without one of its parameters is an error, not a hole", () => {
    expect(() => renderText("asked", { provider: "Rosa" })).toThrow("deadline");
  });

  test("needs read as people say them", () => {
    expect(describeNeed({ kind: "assistance", topic: "pest_management", crop: "cacao" })).toBe(
      "visita técnica de plagas en cacao",
    );
    expect(describeNeed({ kind: "credit", amountCentimos: 350_000 })).toBe("crédito de S/ 3,500");
    expect(describeNeed({ kind: "purchase", crop: "coffee" })).toBe("comprador de café");
  });

  test("a need says how much, where that decides whether it can be served", () => {
    expect(describeNeed({ kind: "input", product: "urea", quantity: 3, unit: "bag" })).toBe(
      "3 sacos de urea",
    );
    expect(describeNeed({ kind: "input", product: "lime", quantity: 1, unit: "tonne" })).toBe(
      "1 tonelada de cal",
    );
    expect(describeNeed({ kind: "input", product: "seedling", quantity: 1500, unit: "unit" })).toBe(
      "1,500 plantones",
    );
    expect(describeNeed({ kind: "equipment", product: "chainsaw", quantity: 2 })).toBe("motosierra (2)");
    expect(describeNeed({ kind: "purchase", crop: "cacao", quantity: 20, unit: "quintal" })).toBe(
      "comprador de 20 quintales de cacao",
    );
  });

  test("days, hours and distances read as people say them", () => {
    expect(sayDay("2026-11-24", "2026-11-24")).toBe("hoy");
    expect(sayDay("2026-11-26", "2026-11-24")).toBe("jueves 26");
    const now = new Date("2026-11-24T14:00:00Z");
    expect(sayDeadline(new Date("2026-11-24T23:00:00Z"), now)).toBe("las 6 p. m.");
    expect(sayDeadline(new Date("2026-11-24T18:30:00Z"), now)).toBe("la 1:30 p. m.");
    expect(sayDeadline(new Date("2026-11-25T12:00:00Z"), now)).toBe("las 7 a. m. de mañana");
    expect(sayDistance(0.4)).toBe("a menos de 1 km");
    expect(sayDistance(8.6)).toBe("a 9 km");
  });
});
