import type { Match } from "@minka/contracts/matches";
import type { Request } from "@minka/contracts/matching";
import { countedIn } from "@minka/contracts/offer-summary";
import type { PublicOfferTerms } from "@minka/contracts/offer-terms";
import { harvestKg, harvestStates, harvestUnits } from "@minka/domain/harvest-weights";
import { findDistrict, type District } from "@minka/geography/districts";
import { formatCount, word } from "@minka/language/texts";
import { capitalized, joinWords, soles } from "../../words/field-words.ts";
import { daysWords } from "../../words/offer-words.ts";
import { placeAway } from "../market/offer-row.ts";
import { priceFor, qualityLimits } from "../market/offer-details.ts";

type Asked = Pick<Request, "need" | "districtCode">;

/** Kinds whose terms say more of a match than its price does: how much it is in all, and where it changes hands. */
export const kindsWithTerms: readonly string[] = ["input", "equipment", "purchase", "training", "service"];

/** "5 quintales (230 kg): S/ 5,612 en total"; null where what they said and what the price is for do not meet. */
export function totalWords({ need }: Asked, terms: PublicOfferTerms): string | null {
  const count = countOf(need, terms);
  if (count === null) return null;
  if (terms.kind === "purchase") {
    if (terms.price?.mode !== "fixed") return null;
    return `${amountWords(need)}: ${soles(Math.round(count * terms.price.centimosPerKg))} en total`;
  }
  const price = priceFor(terms, count);
  if (price === null) return null;
  const [first] = priceTiers(terms);
  // Who takes many pays less for each than what stands beside the name.
  const each = first === price.eachCentimos ? "" : `, a ${soles(price.eachCentimos)} cada uno`;
  return `${amountWords(need)}: ${soles(price.totalCentimos)} en total${each}`;
}

/** The same of what was agreed on, whose price may be another than the offer's. */
export function agreedTotal(
  { need }: Asked,
  { terms, match, priceCentimos }: { terms: PublicOfferTerms; match: Match; priceCentimos: number | null },
): string | null {
  if (priceCentimos === match.priceCentimos) return totalWords({ need, districtCode: "" }, terms);
  const count = countOf(need, terms);
  if (count === null || priceCentimos === null) return null;
  return `${amountWords(need)}: ${soles(Math.round(count * priceCentimos))} en total`;
}

const priceTiers = (terms: PublicOfferTerms): number[] =>
  terms.kind === "input" || terms.kind === "equipment"
    ? terms.tiers.map(({ priceCentimos }) => priceCentimos)
    : [];

/** How many of what the price is for: kilograms of a harvest, packs of goods. */
function countOf({ quantity, unit, state }: Request["need"], terms: PublicOfferTerms): number | null {
  if (!quantity) return null;
  if (terms.kind === "purchase") {
    const weighed = harvestUnits.find((each) => each === unit);
    // A kilogram of wet cacao is not one of dry: what is paid for one says nothing of the other.
    if (!weighed || (harvestStates(terms.crop).length > 0 && state !== terms.state)) return null;
    return harvestKg({ amount: quantity, unit: weighed });
  }
  if (terms.kind === "equipment") return terms.mode === "sale" ? whole(quantity) : null;
  if (terms.kind !== "input" || (unit ?? "unit") !== countedIn(terms.pack)) return null;
  return whole(unit === "bag" ? quantity : quantity / terms.pack.amount);
}

const whole = (count: number) => (Number.isInteger(count) ? count : null);

/** "5 quintales (230 kg)", "8 sacos" */
function amountWords({ quantity = 0, unit = "unit", kind }: Request["need"]): string {
  const said = `${formatCount(quantity)} ${word(quantity > 1 ? "unit_many" : "unit_one", unit)}`;
  const weighed = kind === "purchase" && unit !== "kg" && harvestUnits.find((each) => each === unit);
  return weighed ? `${said} (${formatCount(harvestKg({ amount: quantity, unit: weighed }))} kg)` : said;
}

/** Who brings it and where to: "Se entrega en Tarapoto, a 188 km del centro de Tocache."; when and where it is given. */
export function handOverWords(
  { districtCode }: Asked,
  terms: PublicOfferTerms,
  { shop, today }: { shop: District | null; today: string },
): string | null {
  const here = findDistrict(districtCode) ?? null;
  const away = (code: string) => {
    const place = findDistrict(code);
    return place ? placeAway(place, here) : null;
  };
  switch (terms.kind) {
    case "purchase": {
      const where = away(terms.delivery.districtCode);
      return where && `Se entrega ${where}.`;
    }
    case "training":
      return `${capitalized(daysWords(terms.startsOn, terms.endsOn, today))}, ${terms.place.name}, ${away(terms.place.districtCode) ?? ""}.`;
    case "service": {
      const where = terms.place ? away(terms.place.districtCode) : shop && placeAway(shop, here);
      return where && `${capitalized(where)}.`;
    }
    case "input":
    case "equipment": {
      const { districtCodes, days } = terms.delivery;
      const when = days === 0 ? "el mismo día" : days === 1 ? "en 1 día" : `en ${days} días`;
      if (here && districtCodes.includes(here.code)) return `Lo llevan a ${here.name} ${when}.`;
      return `Se recoge en la tienda${shop ? `, ${placeAway(shop, here)},` : ""} ${when}.`;
    }
    default:
      return null;
  }
}

/** What a buyer demands before anything else. */
export const demandWords = (terms: PublicOfferTerms): string | null =>
  terms.kind === "purchase" && terms.certificates.length > 0
    ? `Pide certificado ${joinWords(terms.certificates.map((one) => word("certificate", one)))}.`
    : null;

/** What the harvest has to keep to where it is weighed: "Humedad hasta 7 %, defectos hasta 3 %." */
export function limitWords(terms: PublicOfferTerms): string | null {
  if (terms.kind !== "purchase") return null;
  const limits = qualityLimits(terms.quality).map(([what, most]) => `${what} ${most}`.toLowerCase());
  return limits.length === 0 ? null : `${capitalized(limits.join(", "))}.`;
}
