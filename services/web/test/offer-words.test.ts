import type { OfferTerms } from "@minka/contracts/offer-terms";
import { publicTerms } from "@minka/contracts/public-terms";
import { expect, test } from "vitest";
import { deadlineWords, priceBefore, timeWords, weekdaysWords } from "../src/words/field-words.ts";
import { conditionWords } from "../src/words/offer-words.ts";

const today = "2026-11-24";
const said = (terms: OfferTerms, coverage: string[] = ["2210"]) =>
  conditionWords(publicTerms(terms, today), coverage, today).replaceAll("\u00a0", " ");

test("who visits says how, what they know best and how far they go", () => {
  expect(
    said(
      {
        kind: "assistance",
        topics: ["pest_management", "pruning"],
        specialistTopics: ["pest_management"],
        crops: ["cacao", "coffee"],
        modalities: ["field_visit", "phone"],
        pricePerVisitCentimos: 3_000,
        monthlyCapacity: 40,
        base: { latitude: -8.18, longitude: -76.51 },
        reachKm: 25,
      },
      ["PE"],
    ),
  ).toBe("Cacao y café, en la chacra y por teléfono. Especialista en plagas. Va hasta 25 km de donde sale.");
});

test("a training says when, where, how many and for whom", () => {
  expect(
    said({
      kind: "training",
      title: "Escuela de café",
      topics: ["harvest"],
      crops: ["coffee"],
      modality: "school_of_excellence",
      startsOn: "2026-12-05",
      endsOn: "2026-12-06",
      seats: 25,
      place: { districtCode: "221001", name: "Local comunal" },
      priceCentimos: 0,
      audience: "women_preferred",
    }),
  ).toBe("Primero para mujeres. Café. Del 5 al 6 de diciembre en Local comunal, Tocache. 25 cupos.");
});

test("an input says what a kilo costs, what less it costs from how many, and how it arrives", () => {
  expect(
    said({
      kind: "input",
      title: "Oxicloruro de cobre",
      product: "copper",
      crops: [],
      pack: { amount: 5, unit: "kg" },
      tiers: [
        { minimumPacks: 1, priceCentimos: 20_000 },
        { minimumPacks: 10, priceCentimos: 18_500 },
      ],
      delivery: { districtCodes: ["221001"], days: 3 },
      organicApproved: true,
      registerNumber: "PQUA N° 1234-SENASA",
    }),
  ).toBe(
    "De S/ 37 a S/ 40 por kilo. Desde 10, a S/ 185. Entrega en 3 días en Tocache. Sirve para orgánico. Registro SENASA PQUA N° 1234-SENASA. Llega a la provincia de Tocache.",
  );
});

test("a rent and a service say where", () => {
  expect(
    said({
      kind: "equipment",
      title: "Motoguadaña",
      product: "brush_cutter",
      crops: [],
      mode: "rent",
      rentPer: "day",
      tiers: [{ minimumPacks: 1, priceCentimos: 5_000 }],
      delivery: { districtCodes: [], days: 0 },
    }),
  ).toBe("Alquiler. Se recoge en la tienda el mismo día. Llega a la provincia de Tocache.");
  expect(
    said(
      {
        kind: "service",
        title: "Análisis de suelo",
        service: "laboratory",
        crops: [],
        unit: "sample",
        priceCentimos: 9_000,
        place: { districtCode: "221001", name: "Laboratorio central" },
      },
      ["22"],
    ),
  ).toBe("En Laboratorio central, Tocache. Llega a toda la región San Martín.");
});

test("a loan says what comes back, when it is paid and what may stand in for a title", () => {
  expect(
    said(
      {
        kind: "credit",
        title: "Crédito de cosecha",
        crops: [],
        purposes: ["harvest"],
        minimumCentimos: 50_000,
        maximumCentimos: 300_000,
        annualRatePercent: 21,
        minimumMonths: 6,
        maximumMonths: 12,
        graceMonths: 0,
        graceInterest: "paid",
        schedule: "harvest",
        harvestMonths: [11],
        openingFeeCentimos: 0,
        insuranceMonthlyPercent: 0,
        instalmentFeeCentimos: 0,
        requirements: [
          { requirement: "identity_document", substitutes: [] },
          { requirement: "land_title", substitutes: ["possession_certificate", "association_endorsement"] },
        ],
        audience: "women_only",
      },
      ["PE"],
    ),
  ).toBe(
    "Solo para mujeres. De S/ 500 a S/ 3,000, de 6 a 12 meses. Ejemplo: por S/ 1,000 a 12 meses devuelve S/ 1,210 en una sola cuota. Se paga en la cosecha: noviembre. Pide DNI y título de la chacra (o constancia de posesión o aval de su organización). Llega a todo el Perú.",
  );
});

test("a buyer says how much, how good, certified how, and where to bring it until when", () => {
  expect(
    said({
      kind: "purchase",
      title: "Cacao bajo en cadmio",
      crop: "cacao",
      state: "dry",
      minimumKg: 100,
      price: null,
      quality: { maximumMoisturePercent: 7.5, minimumFermentationPercent: 75, maximumCadmiumMgPerKg: 0.8 },
      certificates: ["organic"],
      delivery: { districtCode: "221001", until: "2027-01-20" },
    }),
  ).toBe(
    "Cacao seco, desde 100 kg. Humedad hasta 7.5 %, fermentado desde 75 %, cadmio hasta 0.8 mg/kg. Con certificado orgánico. Se entrega en Tocache, hasta el 20 de enero de 2027.",
  );
});

test.each([
  [[1, 2, 3, 4, 5], "lunes a viernes"],
  [[1, 3, 5], "lunes, miércoles y viernes"],
  [[0, 5, 6], "viernes a domingo"],
  [[1, 2, 3, 6], "lunes a miércoles y sábado"],
  [[0, 1], "lunes y domingo"],
  [[0, 1, 2, 3, 4, 5, 6], "todos los días"],
])("days %j are said as %s", (weekdays, words) => {
  expect(weekdaysWords(weekdays)).toBe(words);
});

test("a time stays in one line", () => {
  const at = "2026-11-24T22:00:00.000Z";
  expect(timeWords(at)).toBe("5:00\u00a0p.\u00a0m.");
  expect(deadlineWords(at, new Date(today))).toMatch(/^las 5\u00a0p\.\u00a0m\./);
});

test("a price that changed says what it was and by how much", () => {
  const said = (before: number | null, now: number | null) =>
    priceBefore(before, now)?.replaceAll("\u00a0", " ");
  expect(said(5_000, 6_000)).toBe("antes S/ 50: son S/ 10 más");
  expect(said(5_000, 4_550)).toBe("antes S/ 50: son S/ 4.50 menos");
  expect(said(0, 2_000)).toBe("antes gratis: son S/ 20 más");
  for (const [before, now] of [
    [5_000, 5_000],
    [null, 5_000],
    [5_000, null],
  ] as const)
    expect(said(before, now)).toBeUndefined();
});
