import type { Certificate, Crop, PackUnit, QuantityUnit } from "@minka/domain/vocabulary";
import type { OfferTerms, PublicOfferTerms } from "./offer-terms.ts";

/** What lists, searches, candidates and texts read of an offer, whatever its kind. */
type OfferSummary = {
  /** Null for assistance, which is called by its topics. */
  readonly title: string | null;
  /** None means every crop. */
  readonly crops: readonly Crop[];
  /** What it is about, in the words of its kind: topics, a product, a service, purposes of a loan. */
  readonly subjects: readonly string[];
  /** The price at which one may begin (the first tier); null where it is agreed upon or depends. */
  readonly priceCentimos: number | null;
  /** What the price is for, as people say it: "visita", "saco de 50 kg", "kg". */
  readonly priceUnit: string | null;
  readonly monthlyCapacity: number | null;
  readonly audience: Audience;
  /** Null where the question does not arise. */
  readonly organicApproved: boolean | null;
  /** That a buyer asks for. */
  readonly certificates: readonly Certificate[];
};

type Audience = "everyone" | "women_preferred" | "women_only";

const blank = {
  crops: [],
  subjects: [],
  monthlyCapacity: null,
  audience: "everyone",
  organicApproved: null,
  certificates: [],
} as const;

export function offerSummary(terms: OfferTerms | PublicOfferTerms): OfferSummary {
  switch (terms.kind) {
    case "assistance":
      return {
        ...blank,
        title: null,
        crops: terms.crops,
        subjects: terms.topics,
        priceCentimos: terms.pricePerVisitCentimos,
        priceUnit: "visita",
        monthlyCapacity: terms.monthlyCapacity,
      };
    case "training":
      return {
        ...blank,
        title: terms.title,
        crops: terms.crops,
        subjects: terms.topics,
        priceCentimos: terms.priceCentimos,
        priceUnit: "persona",
        audience: terms.audience,
      };
    case "input":
      return {
        ...blank,
        title: terms.title,
        crops: terms.crops,
        subjects: [terms.product],
        priceCentimos: terms.tiers[0]?.priceCentimos ?? null,
        priceUnit: packWords(terms.pack, terms.product === "seedling" ? "plantón" : "unidad"),
        organicApproved: terms.organicApproved,
      };
    case "equipment":
      return {
        ...blank,
        title: terms.title,
        crops: terms.crops,
        subjects: [terms.product],
        priceCentimos: terms.tiers[0]?.priceCentimos ?? null,
        priceUnit:
          terms.mode === "rent"
            ? rentWords[terms.rentPer ?? "day"]
            : terms.mode === "repair"
              ? "arreglo"
              : "unidad",
      };
    case "service":
      return {
        ...blank,
        title: terms.title,
        crops: terms.crops,
        subjects: [terms.service],
        priceCentimos: terms.priceCentimos,
        priceUnit: serviceUnitWords[terms.unit],
        monthlyCapacity: terms.monthlyCapacity ?? null,
      };
    case "credit":
      return {
        ...blank,
        title: terms.title,
        crops: terms.crops,
        subjects: terms.purposes,
        priceCentimos: null,
        priceUnit: null,
        audience: terms.audience,
      };
    case "purchase":
      return {
        ...blank,
        title: terms.title,
        crops: [terms.crop],
        priceCentimos: terms.price?.mode === "fixed" ? terms.price.centimosPerKg : null,
        priceUnit: "kg",
        certificates: terms.certificates,
      };
  }
}

const rentWords = { hour: "hora", day: "día", week: "semana", season: "campaña" } as const;

const serviceUnitWords = {
  sample: "muestra",
  kg: "kg",
  quintal: "quintal",
  tonne: "tonelada",
  hour: "hora",
  day: "día",
  month: "mes",
  visit: "visita",
  plot: "parcela",
} as const;

/** From this weight on a pack is called a sack. */
const sackKg = 20;

type Pack = { readonly amount: number; readonly unit: PackUnit };

/** What whoever buys such packs counts: sacks, kilograms, liters, pieces. */
export const countedIn = ({ amount, unit }: Pack): QuantityUnit =>
  unit === "kg" && amount >= sackKg ? "bag" : unit;

function packWords({ amount, unit }: Pack, piece: string): string {
  if (unit === "kg") return amount === 1 ? "kg" : `${amount >= sackKg ? "saco" : "bolsa"} de ${amount} kg`;
  if (unit === "liter") return amount === 1 ? "litro" : `envase de ${amount} L`;
  return amount === 1 ? piece : `paquete de ${amount}`;
}
