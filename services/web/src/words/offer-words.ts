import type { PublicOfferTerms } from "@minka/contracts/offer-terms";
import type { PackUnit } from "@minka/domain/vocabulary";
import { findDistrict } from "@minka/geography/districts";
import { word } from "@minka/language/texts";
import {
  areaWords,
  capitalized,
  counted,
  dayWords,
  joinWords,
  modalityWords,
  shortened,
  soles,
} from "./field-words.ts";

type Terms<Kind extends PublicOfferTerms["kind"]> = Extract<PublicOfferTerms, { kind: Kind }>;

/** What one has to know before asking, in one plain line of short sentences. */
export function conditionWords(terms: PublicOfferTerms, coverage: readonly string[], today: string): string {
  return [audienceWords(terms), ...conditions(terms, coverage, today)]
    .filter((sentence) => sentence !== "")
    .map((sentence) => `${capitalized(sentence)}.`)
    .join(" ");
}

function conditions(terms: PublicOfferTerms, coverage: readonly string[], today: string): string[] {
  switch (terms.kind) {
    case "assistance":
      return assistance(terms, coverage);
    case "training":
      return training(terms, today);
    case "input":
      return [cropWords(terms.crops), ...input(terms), reaches(coverage)];
    case "equipment":
      return [cropWords(terms.crops), ...tiers(terms.tiers), ...equipment(terms), reaches(coverage)];
    case "service":
      return [
        cropWords(terms.crops),
        terms.place ? `en ${terms.place.name}, ${districtName(terms.place.districtCode)}` : "",
        reaches(coverage),
      ];
    case "credit":
      return [...credit(terms), reaches(coverage)];
    case "purchase":
      return purchase(terms, today);
  }
}

function assistance(terms: Terms<"assistance">, coverage: readonly string[]): string[] {
  const ways = joinWords(terms.modalities.map((way) => modalityWords[way]));
  const special = joinWords(terms.specialistTopics.map((topic) => word("topic", topic)));
  // Whoever visits goes as far as the reach says; the areas only narrow it.
  const where = coverage.includes("PE") ? "" : `, en ${placeWords(coverage)}`;
  return [
    [cropWords(terms.crops), ways].filter((part) => part !== "").join(", "),
    special === "" ? "" : `especialista en ${special}`,
    `va hasta ${terms.reachKm} km de donde sale${where}`,
  ];
}

function training(terms: Terms<"training">, today: string): string[] {
  const { startsOn, endsOn, place, seats } = terms;
  return [
    cropWords(terms.crops),
    `${daysWords(startsOn, endsOn, today)} en ${place.name}, ${districtName(place.districtCode)}`,
    counted(seats, "cupo", "cupos"),
  ];
}

/** "el 5 de diciembre", "del 5 al 6 de diciembre", "del 30 de noviembre al 2 de diciembre" */
export function daysWords(startsOn: string, endsOn: string, today: string): string {
  if (startsOn === endsOn) return `el ${dayWords(startsOn, today)}`;
  const sameMonth = startsOn.slice(0, 7) === endsOn.slice(0, 7);
  const from = sameMonth ? String(Number(startsOn.slice(8))) : dayWords(startsOn, today);
  return `del ${from} al ${dayWords(endsOn, today)}`;
}

const unitWords: Record<PackUnit, string> = { kg: "kilo", liter: "litro", unit: "unidad" };

function input(terms: Terms<"input">): string[] {
  const { from, to } = terms.pricePerUnitCentimos;
  const perUnit = from === to ? soles(from) : `de ${soles(from)} a ${soles(to)}`;
  return [
    terms.pack.amount === 1 ? "" : `${perUnit} por ${unitWords[terms.pack.unit]}`,
    ...tiers(terms.tiers),
    deliveryWords(terms.delivery),
    terms.organicApproved ? "sirve para orgánico" : "",
    terms.registerNumber === undefined ? "" : `registro SENASA ${terms.registerNumber}`,
  ];
}

/** "desde 10, a S/ 152; desde 40, a S/ 146": the first is the price beside the title, and says its minimum alone. */
function tiers(all: Terms<"input">["tiers"]): string[] {
  const cheaper = all.filter(
    ({ priceCentimos }, index) => index > 0 && priceCentimos !== all[index - 1]?.priceCentimos,
  );
  const least = all[0]?.minimumPacks ?? 1;
  return [
    least > 1 ? `mínimo ${least}` : "",
    cheaper
      .map(({ minimumPacks, priceCentimos }) => `desde ${minimumPacks}, a ${soles(priceCentimos)}`)
      .join("; "),
  ];
}

const modeWords = { sale: "", rent: "alquiler", repair: "arreglo" } as const;

function equipment(terms: Terms<"equipment">): string[] {
  const months = terms.warrantyMonths ?? 0;
  return [
    modeWords[terms.mode],
    deliveryWords(terms.delivery),
    months === 0 ? "" : `garantía de ${counted(months, "mes", "meses")}`,
  ];
}

function deliveryWords({ districtCodes, days }: Terms<"input">["delivery"]): string {
  const when = days === 0 ? "el mismo día" : days === 1 ? "en 1 día" : `en ${days} días`;
  return districtCodes.length === 0
    ? `se recoge en la tienda ${when}`
    : `entrega ${when} en ${placeWords(districtCodes)}`;
}

function credit(terms: Terms<"credit">): string[] {
  const { minimumCentimos, maximumCentimos, minimumMonths, maximumMonths, example } = terms;
  const months =
    minimumMonths === maximumMonths
      ? `a ${counted(minimumMonths, "mes", "meses")}`
      : `de ${minimumMonths} a ${counted(maximumMonths, "mes", "meses")}`;
  const paid =
    example.instalments === 1
      ? "en una sola cuota"
      : `en ${example.instalments} cuotas de hasta ${soles(example.instalmentCentimos)}`;
  return [
    `de ${soles(minimumCentimos)} a ${soles(maximumCentimos)}, ${months}`,
    `ejemplo: por ${soles(example.amountCentimos)} a ${counted(example.months, "mes", "meses")} devuelve ${soles(example.totalCentimos)} ${paid}`,
    terms.schedule === "harvest" && terms.harvestMonths
      ? `se paga en la cosecha: ${joinWords(terms.harvestMonths.map(monthName))}`
      : "",
    terms.requirements.length === 0 ? "" : `pide ${joinWords(terms.requirements.map(requirementWords))}`,
  ];
}

function requirementWords({ requirement, substitutes }: Terms<"credit">["requirements"][number]): string {
  const instead = joinWords(
    substitutes.map((one) => word("requirement", one)),
    "o",
  );
  return `${word("requirement", requirement)}${instead === "" ? "" : ` (o ${instead})`}`;
}

function purchase(terms: Terms<"purchase">, today: string): string[] {
  const { minimumKg, maximumKg, quality, certificates, delivery } = terms;
  const asked = [
    limit("humedad hasta", quality.maximumMoisturePercent, " %"),
    limit("defectos hasta", quality.maximumDefectsPercent, " %"),
    limit("fermentado desde", quality.minimumFermentationPercent, " %"),
    limit("taza desde", quality.minimumCupPoints, " puntos"),
    limit("cadmio hasta", quality.maximumCadmiumMgPerKg, " mg/kg"),
  ].filter((part) => part !== "");
  const until = delivery.until === undefined ? "" : `, hasta el ${dayWords(delivery.until, today)}`;
  return [
    `${word("crop", terms.crop)} ${word("crop_state", terms.state)}, desde ${minimumKg} kg${maximumKg === undefined ? "" : ` hasta ${maximumKg} kg`}`,
    asked.join(", "),
    certificates.length === 0
      ? ""
      : `con certificado ${joinWords(certificates.map((one) => word("certificate", one)))}`,
    `se entrega en ${districtName(delivery.districtCode)}${until}`,
  ];
}

const limit = (what: string, value: number | undefined, unit: string) =>
  value === undefined ? "" : `${what} ${value}${unit}`;

/** Of a credit or a training that is not for all alike: said the same wherever it is shown. */
export const forWomen = {
  women_only: "solo para mujeres",
  women_preferred: "primero para mujeres",
} as const;

function audienceWords(terms: PublicOfferTerms): string {
  if (terms.kind !== "credit" && terms.kind !== "training") return "";
  return terms.audience === "everyone" ? "" : forWomen[terms.audience];
}

function cropWords(crops: readonly string[]): string {
  return shortened(
    crops.map((crop) => word("crop", crop)),
    3,
    (count) => `${count} más`,
  );
}

const placeWords = (areas: readonly string[]) =>
  shortened(areas.map(areaWords), 3, (count) => counted(count, "lugar más", "lugares más"));
const reaches = (coverage: readonly string[]) => `llega a ${placeWords(coverage)}`;
const districtName = (code: string) => findDistrict(code)?.name ?? code;

const monthFormat = new Intl.DateTimeFormat("es-PE", { month: "long", timeZone: "UTC" });
const monthName = (month: number) => monthFormat.format(new Date(Date.UTC(2026, month - 1, 1))).toLowerCase();
