import { countSegments, foldToGsm7 } from "@minka/language/gsm7";
import { allTexts, describeNeed, renderText, sayDay, sayDeadline, sayDistance } from "@minka/language/texts";
import { describe, expect, test } from "vitest";

/** The longest realistic value of each parameter, as services shorten them. */
const longest: Record<string, string> = {
  options:
    "1 Segundo Huamán Tuanama, a 120 km, S/ 1,250, nota 4.6 (117)\n2 Rosalbina Pinedo Shupin., a 88 km, gratis, nuevo\n3 Cooperativa Alto Hualla., a 9 km, S/ 30, nota 5",
  place: "Santa Rosa de Alto Yanajanca",
  facts:
    "cuota S/ 1,250; piden parcela de media hectárea, dos reuniones al mes.; dan venta en grupo, abono a crédito, as.; tel. 987 654 321",
  name: "Rosalbina Esperanza Pinedo Shupingahua",
  organization: "Asociación de Productoras Huicungo Alto",
  heading: "3 pueden atender en Santa Rosa",
  choices: "Responda del 1 al 3, o NO",
  count: "3",
  provider: "Rosalbina Pinedo Shup.",
  next: "Segundo Huamán Tuanam.",
  requester: "Rosalbina Pinedo Shupin.",
  deadline: "las 10:30 a. m. de mañana",
  need: "visita técnica de fermentado y secado en cacao",
  distance: ", a 120 km",
  price: ", S/ 1,250.50",
  day: "miércoles 30",
  phone: "987 654 321",
  code: "123456",
  kinds: "herramientas, visita técnica y capacitación",
  other: "Rosalbina Pinedo Shup.",
  whose: "lo de Rosalbina Esperanza Pin.",
  organizations: "3",
  requests: "120",
  link: `https://minka.example.pe/mis-datos/${"x".repeat(43)}`,
  invited: "Rosalbina Esperanza Pin.",
  delegate: "Asociación de Productores Alto H.",
  offer: "Crédito para mujeres productoras de caf…",
  reason: "el RUC que escribió es de otra empresa; mande la ficha que da la SUN.",
};

describe("texts", () => {
  test.each(allTexts())("$key stays within $segments segment(s) at its longest", ({ key, segments }) => {
    const folded = foldToGsm7(renderText(key, longest));
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
