import type { PublicOfferTerms } from "@minka/contracts/offer-terms";
import { findDistrict } from "@minka/geography/districts";
import { expect, test } from "vitest";
import { demandWords, handOverWords, limitWords, totalWords } from "../src/pages/requests/match-terms.ts";

const buys = {
  kind: "purchase",
  title: "Cacao orgánico",
  crop: "cacao",
  state: "dry",
  minimumKg: 50,
  price: { mode: "fixed", centimosPerKg: 2_440 },
  quality: {},
  certificates: ["organic"],
  delivery: { districtCode: "220901" },
} satisfies PublicOfferTerms;
const sells = {
  kind: "input",
  title: "Urea",
  product: "urea",
  crops: [],
  pack: { amount: 50, unit: "kg" },
  tiers: [
    { minimumPacks: 1, priceCentimos: 14_600 },
    { minimumPacks: 10, priceCentimos: 14_000 },
  ],
  delivery: { districtCodes: ["221001"], days: 3 },
  organicApproved: false,
  pricePerUnitCentimos: { from: 280, to: 292 },
} satisfies PublicOfferTerms;
const course = {
  kind: "training",
  title: "Fermentado y secado",
  topics: ["post_harvest"],
  crops: ["cacao"],
  modality: "course",
  startsOn: "2026-12-01",
  endsOn: "2026-12-03",
  seats: 20,
  place: { districtCode: "220901", name: "Casa comunal" },
  priceCentimos: 4_000,
  audience: "everyone",
} satisfies PublicOfferTerms;
const plain = (words: string | null) => words?.replaceAll("\u00a0", " ") ?? null;
const total = (need: object, terms: PublicOfferTerms) =>
  plain(totalWords({ need: { kind: terms.kind, ...need }, districtCode: "221001" }, terms));

test("a harvest in quintals is reckoned in the kilograms that its price is for", () => {
  const harvest = { crop: "cacao", quantity: 5, unit: "quintal" };
  expect(total({ ...harvest, state: "dry" }, buys)).toBe("5 quintales (230 kg): S/ 5,612 en total");
  // What is paid for dry cacao says nothing of wet.
  expect(total({ ...harvest, state: "wet" }, buys)).toBeNull();
  expect(total(harvest, buys)).toBeNull();
  const onTop = {
    ...buys,
    price: { mode: "differential", reference: "Bolsa", centimosPerKg: 250 },
  } satisfies PublicOfferTerms;
  expect(total({ ...harvest, state: "dry" }, onTop)).toBeNull();
});

test("goods cost what so many cost, where what was asked for is what is sold", () => {
  expect(total({ quantity: 8, unit: "bag" }, sells)).toBe("8 sacos: S/ 1,168 en total");
  expect(total({ quantity: 12, unit: "bag" }, sells)).toBe("12 sacos: S/ 1,680 en total, a S/ 140 cada uno");
  expect(total({ quantity: 8, unit: "liter" }, sells)).toBeNull();
  expect(total({}, sells)).toBeNull();
});

test("who brings it, where it is handed over and what a buyer demands are told", () => {
  const at = (districtCode: string) => ({ need: { kind: "input" as const }, districtCode });
  const told = (districtCode: string, terms: PublicOfferTerms, shopCode = "") =>
    handOverWords(at(districtCode), terms, { shop: findDistrict(shopCode) ?? null, today: "2026-11-23" });
  expect(told("221001", sells)).toBe("Lo llevan a Tocache en 3 días.");
  expect(told("221005", sells)).toBe("Se recoge en la tienda en 3 días.");
  expect(told("221005", sells, "221001")).toMatch(
    /^Se recoge en la tienda, en Tocache, a \d+ km del centro de [^,]+, en 3 días\.$/,
  );
  expect(told("221001", buys)).toMatch(/^Se entrega en Tarapoto, a 188 km del centro de Tocache\.$/);
  expect(told("221001", course)).toMatch(
    /^Del 1 al 3 de diciembre, Casa comunal, en Tarapoto, a 188 km del centro de Tocache\.$/,
  );
  expect(demandWords(buys)).toBe("Pide certificado orgánico.");
  expect(demandWords(sells)).toBeNull();
  expect(limitWords(buys)).toBeNull();
  expect(
    limitWords({ ...buys, quality: { maximumMoisturePercent: 7, minimumFermentationPercent: 75 } }),
  ).toBe("Humedad hasta 7 %, fermentado desde 75 %.");
});
