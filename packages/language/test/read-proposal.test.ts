import { namesRate, readProposal } from "@minka/language/read-proposal";
import { describe, expect, test } from "vitest";

/** A Tuesday. */
const today = "2026-11-24";
const soles = (text: string) => (readProposal(text, today).priceCentimos ?? 0) / 100;

describe("a price", () => {
  test.each([
    ["SI 40 soles", 40],
    ["si 40", 40],
    ["40 soles el martes", 40],
    ["s/ 45", 45],
    ["S/.45.50", 45.5],
    ["cobro 25", 25],
    ["por 40 si voy", 40],
    ["en 35 lo dejo pues", 35],
    ["no, 30 soles", 30],
    ["le doi cuarenta soles", 40],
    ["pago 8.50 soles el kilo", 8.5],
    ["40 lucas el viernes 28", 40],
    ["si el viernes 28 por 20 soles", 20],
    ["1 sol", 1],
  ])("is read from '%s'", (text, price) => expect(soles(text)).toBe(price));

  test.each([
    "si a las 8 am",
    "puedo el 28",
    "si viernes 27",
    "el 28 de noviembre",
    "28/11",
    "en 3 dias voy",
    "estoy a 40 km",
    "somos 50 personas",
    "llamame al 987654321",
    "si",
    "voy en una hora",
    "a las 8:30",
    "si, al 3 por ciento",
    "si 3%",
    "al 2.5 % mensual",
    "al tres x ciento",
    "500 soles al 3 porciento",
  ])("is not read from '%s'", (text) => expect(readProposal(text, today).priceCentimos).toBeNull());

  test("is told from a percentage, beside which a day is read", () => {
    expect(readProposal("si 3% el viernes", today)).toEqual({
      priceCentimos: null,
      visitOn: "2026-11-27",
      unclear: null,
    });
    expect(["si, al 3 por ciento", "cobro 2%", "el tres por siento"].map(namesRate)).not.toContain(false);
    expect(["por ciento veinte soles", "si 40", "por 40"].map(namesRate)).not.toContain(true);
    expect(soles("por ciento veinte soles")).toBe(120);
  });

  test("may be a day as well, and that is said", () => {
    expect(readProposal("SI 15", today)).toEqual({ priceCentimos: null, visitOn: null, unclear: 15 });
    expect(readProposal("si el 15", today).unclear).toBeNull();
  });
});

describe("a day", () => {
  test.each([
    ["puedo el viernes", "2026-11-27"],
    ["no puedo el martes, mejor el jueves", "2026-11-26"],
    ["no puedo el martes mejor el jueves", "2026-11-26"],
    ["el lunes si, hoy no", "2026-11-30"],
    ["mejor el lunes", "2026-11-30"],
    ["el martes no puedo pero el sabado si", "2026-11-28"],
    ["40 soles el martes", "2026-12-01"],
    ["no puedo el martes", null],
    ["claro, no hay problema el jueves", "2026-11-26"],
    ["no, estoy ocupado hasta el lunes", null],
    ["no", null],
  ])("that is proposed in '%s' is %s", (text, day) => expect(readProposal(text, today).visitOn).toBe(day));
});
