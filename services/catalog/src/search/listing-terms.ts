import { offerSummary } from "@minka/contracts/offer-summary";
import type { OfferTerms } from "@minka/contracts/offer-terms";
import type { Point } from "@minka/geography/distance";
import { word } from "@minka/language/texts";
import { every, subjectsOf } from "../candidates/asked-keys.ts";
import { servedAreas } from "../offers/posting-rows.ts";
import { listedTerms } from "./public-point.ts";
import { wordsToFind } from "./words.ts";

/**
 * A listing is searched by terms: plain words, and properties with a colon in them, which no word has. One
 * index answers every combination of both.
 */
export const term = {
  kind: (kind: string) => `k:${kind}`,
  crop: (crop: string) => `c:${crop}`,
  subject: (subject: string) => `s:${subject}`,
  area: (area: string) => `a:${area}`,
  certificate: (certificate: string) => `x:${certificate}`,
  /** Of a provider: what it is. */
  providerKind: (kind: string) => `f:${kind}`,
  /** In the title, not only somewhere. */
  titleWord: (plain: string) => `t:${plain}`,
  price: (bucket: number) => `p:${bucket}`,
  cell: (latitude: number, longitude: number) => `g:${latitude}:${longitude}`,
  women: "z:women",
  organic: "z:organic",
  /** Has a point that it sets out from. */
  based: "z:based",
  sunk: "z:sunk",
};

/** Half an octave a bucket: 0 is free, and a price that is agreed upon has none. */
export function priceBucket(centimos: number): number {
  return centimos === 0 ? 0 : 1 + Math.floor(2 * Math.log2(centimos));
}

/** A quarter of a degree, some 27 km. */
const cellsADegree = 4;
export const cellOf = (degrees: number) => Math.floor(degrees * cellsADegree);

const subjectGroup = {
  assistance: "topic",
  training: "topic",
  input: "product",
  equipment: "product",
  service: "service",
  credit: "purpose",
  purchase: "product",
} as const;

/** What else people call an offer of a kind, whatever its title says. */
const alsoCalled: Readonly<Record<OfferTerms["kind"], string>> = {
  assistance: "técnico asistencia asesoría",
  training: "capacitación curso taller",
  input: "insumo",
  equipment: "herramienta máquina",
  service: "servicio",
  credit: "crédito préstamo",
  purchase: "comprador vender acopio",
};

/** Every term by which an offer is found in the public lists, which know of a base no more than where about it is. */
export function offerTermsToFind(
  { terms, coverage }: { terms: OfferTerms; coverage: readonly string[] },
  providerName: string,
): string[] {
  const { title, crops, priceCentimos, audience, organicApproved, certificates } = offerSummary(terms);
  const subjects = subjectsOf(terms);
  const listed = listedTerms(terms);
  const said = [
    word("kind", terms.kind),
    ...subjects.map((subject) => word(subjectGroup[terms.kind], subject)),
    ...crops.map((crop) => word("crop", crop)),
    organicApproved ? "orgánico" : "",
  ];
  const titleWords = wordsToFind(title ?? said.join(" "));
  return unique([
    term.kind(terms.kind),
    ...(crops.length > 0 ? crops : [every]).map(term.crop),
    ...subjects.map(term.subject),
    ...servedAreas(listed, coverage).map(term.area),
    ...certificates.map(term.certificate),
    ...(audience === "everyone" ? [] : [term.women]),
    ...(organicApproved ? [term.organic] : []),
    ...(priceCentimos === null ? [] : [term.price(priceBucket(priceCentimos))]),
    ...(listed.kind === "assistance" ? [term.based, cellTerm(listed.base)] : []),
    ...titleWords.map(term.titleWord),
    ...titleWords,
    ...wordsToFind(said.join(" ")),
    ...wordsToFind(alsoCalled[terms.kind]),
    ...wordsToFind(providerName),
  ]);
}

function cellTerm({ latitude, longitude }: Point): string {
  return term.cell(cellOf(latitude), cellOf(longitude));
}

/** What of a listed offer's terms its provider is found by as well. */
function isOfProvider(offerTerm: string): boolean {
  return !/^[tp]:|^z:sunk$/.test(offerTerm);
}

export function providerTermsToFind(
  provider: { name: string; kinds: readonly string[]; districtCode: string; coverage: readonly string[] },
  offered: readonly string[],
): string[] {
  const words = wordsToFind(provider.name);
  return unique([
    ...words,
    ...words.map(term.titleWord),
    ...provider.kinds.map(term.providerKind),
    ...provider.coverage.map(term.area),
    ...offered.filter(isOfProvider),
  ]);
}

export function isWord(given: string): boolean {
  return !given.includes(":");
}

function unique(terms: readonly string[]): string[] {
  return [...new Set(terms)];
}
