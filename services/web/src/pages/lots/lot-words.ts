import type { Reason } from "@minka/contracts/common";
import type { MeasureName, Pledge } from "@minka/contracts/lot-pledges";
import type { Lot, LotDemand, LotState } from "@minka/contracts/lots";
import { findDistrict, commonName } from "@minka/geography/districts";
import { formatCount, word } from "@minka/language/texts";
import type { Html } from "../../design/html.ts";
import { stateMark, type Tone } from "../../design/parts.ts";
import { capitalized, dayWords, joinWords, soles } from "../../words/field-words.ts";

const nbsp = "\u00a0";

/** "1,250 kg" of grams. */
export const kilosWords = (grams: number): string => `${formatCount(grams / 1000)}${nbsp}kg`;

export const lotStateWords: Readonly<Record<LotState, readonly [string, Tone]>> = {
  open: ["juntando", "going"],
  collecting: ["acopiando", "going"],
  composed: ["armado", "good"],
  settled: ["liquidado", "good"],
  cancelled: ["cancelado", "over"],
};
export const lotMark = (state: LotState): Html => stateMark(...lotStateWords[state]);

/** Of one page of a list of lots, how many are on their way. */
export function lotsHeading(
  { items, next }: { readonly items: readonly Lot[]; readonly next: string | null },
  asked: { state: LotState | undefined; cursor: string | undefined; whose?: string },
): string {
  const { state, cursor, whose = "" } = asked;
  if (state !== undefined) return `Lotes: ${lotStateWords[state][0]}`;
  const open = items.filter((lot) => lot.state !== "settled" && lot.state !== "cancelled").length;
  // A later page says nothing about the whole, and the first one of several little about the older ones.
  if (cursor !== undefined || (next !== null && open === 0)) return "Lotes";
  if (next !== null) return `${open} o más lotes en camino${whose}`;
  if (open === 0) return "Ningún lote en camino";
  return open === 1 ? `1 lote en camino${whose}` : `${open} lotes en camino${whose}`;
}

/** "cacao seco" */
export function harvestWords({ crop, cropState }: Pick<Lot, "crop" | "cropState">): string {
  // Fresh coffee is in the cherry.
  const state = crop === "coffee" && cropState === "wet" ? "cherry" : cropState;
  return `${word("crop", crop)} ${word("crop_state", state)}`;
}

/** "7 al 9 de diciembre", "30 de noviembre al 2 de diciembre", "7 de diciembre" */
export function daysWords({ from, until }: { from: string; until: string }, today: string): string {
  if (from === until) return dayWords(from, today);
  const first =
    from.slice(0, 7) === until.slice(0, 7) ? String(Number(from.slice(8))) : dayWords(from, today);
  return `${first} al ${dayWords(until, today)}`;
}

/** The same of a lot's gathering. */
export const gatheringWords = (
  { collectFrom: from, collectUntil: until }: Pick<Lot, "collectFrom" | "collectUntil">,
  today: string,
) => daysWords({ from, until }, today);

export function placeName(districtCode: string): string {
  const district = findDistrict(districtCode);
  return district ? commonName(district) : "";
}

const measureUnits: Readonly<Record<MeasureName, string>> = {
  moisturePercent: `${nbsp}%`,
  defectsPercent: `${nbsp}%`,
  fermentationPercent: `${nbsp}%`,
  cupPoints: " puntos",
  cadmiumMgPerKg: " mg/kg",
};
export const measureTitles: Readonly<Record<MeasureName, string>> = {
  moisturePercent: "Humedad",
  defectsPercent: "Defectos",
  fermentationPercent: "Fermentación",
  cupPoints: "Taza",
  cadmiumMgPerKg: "Cadmio",
};

export const measureValue = (measure: MeasureName, value: number): string =>
  `${formatCount(value)}${measureUnits[measure]}`;

/** "humedad 7 %, cadmio 0.3 mg/kg" */
export function qualityWords(quality: Pledge["quality"]): string {
  const known = Object.entries(quality) as [MeasureName, number][];
  return known.map(([name, value]) => `${word("lot_measure", name)} ${measureValue(name, value)}`).join(", ");
}

/** "humedad hasta 7.5 %, cadmio hasta 0.5 mg/kg" */
export function limitWords(limits: Lot["limits"]): string {
  const one = (words: string, value: number | undefined, unit: string) =>
    value === undefined ? [] : [`${words} ${formatCount(value)}${unit}`];
  return [
    ...one("humedad hasta", limits.maximumMoisturePercent, `${nbsp}%`),
    ...one("defectos hasta", limits.maximumDefectsPercent, `${nbsp}%`),
    ...one("fermentado desde", limits.minimumFermentationPercent, `${nbsp}%`),
    ...one("taza desde", limits.minimumCupPoints, " puntos"),
    ...one("cadmio hasta", limits.maximumCadmiumMgPerKg, " mg/kg"),
  ].join(", ");
}

/** "S/ 20 el kilo", "bolsa de Nueva York menos S/ 0.30 el kilo" */
export function priceWords(price: NonNullable<LotDemand["price"]>): string {
  if (price.mode === "fixed") return `${soles(price.centimosPerKg)} el kilo`;
  const { reference, centimosPerKg } = price;
  if (centimosPerKg === 0) return reference;
  return `${reference} ${centimosPerKg > 0 ? "más" : "menos"} ${soles(Math.abs(centimosPerKg))} el kilo`;
}

/** "S/ 0.10 por kilo y 2 %", or "nada" */
export function feeWords({ feeCentimosPerKg, feePercent }: Pick<Lot, "feeCentimosPerKg" | "feePercent">) {
  const parts = [
    ...(feeCentimosPerKg > 0 ? [`${soles(feeCentimosPerKg)} por kilo`] : []),
    ...(feePercent > 0 ? [`${formatCount(feePercent)}${nbsp}% de lo que paga el comprador`] : []),
  ];
  return parts.length > 0 ? joinWords(parts) : "nada";
}

/** "8 quintales" as it was said. */
export const saidAmount = ({ amount, unit }: Pledge["amount"]) =>
  `${formatCount(amount)} ${word(amount === 1 ? "unit_one" : "unit_many", unit)}`;

/** Why something is left out of a lot. */
export function leftWords({ code, parameters: { certificate } }: Reason): string {
  if (certificate !== undefined)
    return `Le faltó el certificado ${certificateWords([String(certificate)])}, que pide el lote.`;
  return capitalized(`${word("lot_reason", code)}.`);
}

/** What whoever decides should look at; it is taken all the same. */
export function flagWords({ code, parameters: { pledgedKg, couldGrowKg, lastSeasonKg } }: Reason): string {
  const kg = (value: string | number | undefined) => `${formatCount(Number(value))}${nbsp}kg`;
  switch (code) {
    case "beyond-area":
      return `Ofrece ${kg(pledgedKg)}, y en sus parcelas saldrían unos ${kg(couldGrowKg)}.`;
    case "beyond-last-season":
      return `Ofrece ${kg(pledgedKg)}, más del doble de su última campaña (${kg(lastSeasonKg)}).`;
    default:
      return "No sabemos cuánto cosecha: no dijo sus parcelas ni su última campaña.";
  }
}

/** Why no lot can be made, each with the best that there is. */
export function impossibleWords({ code, parameters }: Reason): string {
  const { mostGrams, minimumGrams, usableGrams, pledgedGrams, best, limit, minimum } = parameters;
  const kilos = (grams: string | number | undefined) => kilosWords(Number(grams));
  const number = (value: string | number | undefined) => formatCount(Number(value));
  const measures: Readonly<Record<string, string>> = {
    "moisture-not-reached": "humedad",
    "defects-not-reached": "defectos",
    "fermentation-not-reached": "fermentación",
    "cup-not-reached": "taza",
    "cadmium-not-reached": "cadmio",
  };
  const measure = measures[code];
  if (measure)
    return `${capitalized(measure)}: lo mejor que se logra con lo mínimo es ${number(best)}, y se pide ${number(limit)}.`;
  switch (code) {
    case "least-volume-not-reached":
      return `Solo hay ${kilos(mostGrams)}, y lo mínimo son ${kilos(minimumGrams)}.`;
    case "not-enough-usable":
      return `Se puede usar ${kilos(usableGrams)} de ${kilos(pledgedGrams)}, y lo mínimo son ${kilos(minimumGrams)}.`;
    case "women-share-not-reached":
      return `De mujeres se logra ${number(best)}${nbsp}%, y se pide ${number(minimum)}${nbsp}%.`;
    case "amounts-do-not-fit":
      return `Sin partir lo de nadie se logra ${kilos(mostGrams)} como mucho.`;
    default:
      return "Cada límite se cumple solo, pero todos juntos no.";
  }
}

export const certificateWords = (certificates: readonly string[]): string =>
  joinWords(certificates.map((one) => word("certificate", one)));

/** What the lot's buyer asks for and this harvest is not known to have: without it nothing of it is taken. */
export const lackingOf = (
  { certificates }: Pick<Lot, "certificates">,
  pledge: Pick<Pledge, "certificates">,
) => certificates.filter((one) => !pledge.certificates.includes(one));
