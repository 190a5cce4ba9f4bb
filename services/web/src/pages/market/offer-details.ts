import type { PublicOfferTerms } from "@minka/contracts/offer-terms";
import { offerSummary } from "@minka/contracts/offer-summary";
import { findDistrict } from "@minka/geography/districts";
import { word } from "@minka/language/texts";
import type { Content } from "../../design/html.ts";
import {
  areaWords,
  capitalized,
  counted,
  dayWords,
  joinWords,
  modalityWords,
  soles,
} from "../../words/field-words.ts";
import { daysWords, forWomen } from "../../words/offer-words.ts";

type Fact = readonly [term: Content, value: Content];
type Terms<Kind extends PublicOfferTerms["kind"]> = Extract<PublicOfferTerms, { kind: Kind }>;

/** All that is said of an offer, one thing a line. */
export function offerDetails(
  { terms, coverage }: { terms: PublicOfferTerms; coverage: readonly string[] },
  today: string,
): Fact[] {
  const crops = "crops" in terms ? terms.crops : [terms.crop];
  return [
    ["Cultivo", crops.length === 0 ? "Todos" : list(crops.map((crop) => word("crop", crop)))],
    ...ofKind(terms, today),
    ["Llega a", list(coverage.map(areaWords))],
    ...("audience" in terms && terms.audience !== "everyone"
      ? [[audience, capitalized(forWomen[terms.audience])] as const]
      : []),
  ];
}

const audience = "Para quién";
const list = (words: readonly string[]) => capitalized(joinWords(words));
const placeName = (code: string) => findDistrict(code)?.name ?? "otro distrito";

function ofKind(terms: PublicOfferTerms, today: string): Fact[] {
  switch (terms.kind) {
    case "assistance":
      return [
        ["Temas", list(terms.topics.map((topic) => word("topic", topic)))],
        ...some(terms.specialistTopics, (topics) => [
          "Sabe más de",
          list(topics.map((topic) => word("topic", topic))),
        ]),
        ["Cómo", list(terms.modalities.map((way) => modalityWords[way]))],
        ["Va hasta", `${terms.reachKm} km de donde sale`],
      ];
    case "training":
      return [
        ["Temas", list(terms.topics.map((topic) => word("topic", topic)))],
        [
          "Cuándo",
          terms.startsOn === terms.endsOn
            ? capitalized(dayWords(terms.startsOn, today))
            : capitalized(daysWords(terms.startsOn, terms.endsOn, today)),
        ],
        ["Dónde", `${terms.place.name}, ${placeName(terms.place.districtCode)}`],
        ["Cupos", String(terms.seats)],
      ];
    case "input":
      return [
        ...delivery(terms),
        ["Para chacra orgánica", terms.organicApproved ? "Sí" : "No"],
        ...(terms.registerNumber ? [["Registro SENASA", terms.registerNumber] as const] : []),
        ...stock(terms.stockPacks),
      ];
    case "equipment":
      return [
        ["Es", { sale: "Venta", rent: "Alquiler", repair: "Arreglo" }[terms.mode]],
        ...delivery(terms),
        ...(terms.warrantyMonths
          ? [["Garantía", counted(terms.warrantyMonths, "mes", "meses")] as const]
          : []),
        ...stock(terms.stockPacks),
      ];
    case "service":
      return terms.place ? [["Dónde", `${terms.place.name}, ${placeName(terms.place.districtCode)}`]] : [];
    case "credit":
      return credit(terms);
    case "purchase":
      return purchase(terms, today);
  }
}

const some = <Item>(items: readonly Item[], fact: (items: readonly Item[]) => Fact): Fact[] =>
  items.length > 0 ? [fact(items)] : [];

function delivery({ delivery: { districtCodes, days } }: Terms<"input"> | Terms<"equipment">): Fact[] {
  const when = days === 0 ? "el mismo día" : days === 1 ? "en 1 día" : `en ${days} días`;
  return [
    districtCodes.length === 0
      ? ["Se recoge en la tienda", capitalized(when)]
      : ["Lo llevan a", `${joinWords(districtCodes.map(placeName))}, ${when}`],
  ];
}

const stock = (packs: number | undefined): Fact[] =>
  packs === undefined ? [] : [["Hay ahora", packs === 0 ? "Nada" : String(packs)]];

function credit(terms: Terms<"credit">): Fact[] {
  const { minimumMonths, maximumMonths, graceMonths } = terms;
  return [
    ["Para", list(terms.purposes.map((purpose) => word("purpose", purpose)))],
    ["Presta", `De ${soles(terms.minimumCentimos)} a ${soles(terms.maximumCentimos)}`],
    [
      "Plazo",
      minimumMonths === maximumMonths
        ? counted(minimumMonths, "mes", "meses")
        : `De ${minimumMonths} a ${counted(maximumMonths, "mes", "meses")}`,
    ],
    [
      "Se paga",
      terms.schedule === "harvest" && terms.harvestMonths
        ? `En la cosecha: ${joinWords(terms.harvestMonths.map((month) => word("month", String(month))))}`
        : "Cada mes",
    ],
    ...(graceMonths > 0
      ? [["Empieza a pagar capital", `Después de ${counted(graceMonths, "mes", "meses")}`] as const]
      : []),
    ["Interés del año (TEA)", `${terms.annualRatePercent} %`],
    ...(terms.openingFeeCentimos > 0
      ? [["Se descuenta al recibir", soles(terms.openingFeeCentimos)] as const]
      : []),
    ...some(terms.requirements, (all) => ["Pide", list(all.map(requirementWords))]),
  ];
}

function requirementWords({ requirement, substitutes }: Terms<"credit">["requirements"][number]): string {
  const instead = joinWords(
    substitutes.map((one) => word("requirement", one)),
    "o",
  );
  return `${word("requirement", requirement)}${instead === "" ? "" : ` (o ${instead})`}`;
}

function purchase(terms: Terms<"purchase">, today: string): Fact[] {
  const { minimumKg, maximumKg, quality, delivery: place } = terms;
  return [
    ["Compra", `${capitalized(word("crop", terms.crop))} ${word("crop_state", terms.state)}`],
    ["Cantidad", maximumKg === undefined ? `Desde ${minimumKg} kg` : `De ${minimumKg} a ${maximumKg} kg`],
    ...qualityLimits(quality),
    ...some(terms.certificates, (all) => [
      "Pide certificado",
      list(all.map((one) => word("certificate", one))),
    ]),
    [
      "Se entrega en",
      `${placeName(place.districtCode)}${place.until === undefined ? "" : `, hasta el ${dayWords(place.until, today)}`}`,
    ],
  ];
}

/** What the harvest has to keep to: "Humedad", "Hasta 7 %". */
export const qualityLimits = (
  quality: Terms<"purchase">["quality"],
): (readonly [what: string, most: string])[] =>
  [
    limit("Humedad", quality.maximumMoisturePercent, "hasta", " %"),
    limit("Defectos", quality.maximumDefectsPercent, "hasta", " %"),
    limit("Fermentado", quality.minimumFermentationPercent, "desde", " %"),
    limit("Taza", quality.minimumCupPoints, "desde", " puntos"),
    limit("Cadmio", quality.maximumCadmiumMgPerKg, "hasta", " mg/kg"),
  ].flat();

const limit = (
  what: string,
  value: number | undefined,
  way: string,
  unit: string,
): (readonly [string, string])[] =>
  value === undefined ? [] : [[what, `${capitalized(way)} ${value}${unit}`]];

/** What one pack or piece costs when so many are bought; null where the offer has no tiers, or sells so few not. */
export function priceFor(
  terms: PublicOfferTerms,
  packs: number,
): { eachCentimos: number; totalCentimos: number } | null {
  if (terms.kind !== "input" && terms.kind !== "equipment") return null;
  const tier = terms.tiers.findLast(({ minimumPacks }) => minimumPacks <= packs);
  return tier ? { eachCentimos: tier.priceCentimos, totalCentimos: tier.priceCentimos * packs } : null;
}

/** "saco de 50 kg", "la visita": what the price is for. */
export const unitOf = (terms: PublicOfferTerms): string | null => offerSummary(terms).priceUnit;
