import type { OfferTerms } from "@minka/contracts/catalog";
import type { Need } from "@minka/contracts/need";
import {
  crops,
  equipmentProducts,
  hiredServices,
  inputProducts,
  loanPurposes,
  topics,
  type Kind,
} from "@minka/domain/vocabulary";

/** `every`: the offer names no crop (or subject), and serves each. `unsaid`: the need names none. */
export const every = "*";
const unsaid = "-";

/** Under which crops an offer is posted. */
export function postedCrops(named: readonly string[]): string[] {
  return named.length > 0 ? [...new Set(named)] : [every];
}

/** Under which crops a need looks for offers. */
export function searchedCrops(crop: string | undefined): string[] {
  return crop === undefined ? [...crops, every] : [crop, every];
}

/** Under which words an offer that names these is counted. */
export function countedKeys(named: readonly string[]): string[] {
  return [...postedCrops(named), unsaid];
}

/** Under which words to look the count up for a need; an offer stands under one of them at most. */
export function askedKeys(word: string | undefined): string[] {
  return word === undefined ? [unsaid] : [word, every];
}

const products = [...inputProducts, ...equipmentProducts];

/**
 * What a need of each kind can name beside the crop. Postings store a word as its place in its list, so
 * lists only grow at the end; a test holds them to that.
 */
export const subjectWords: Readonly<Record<Kind, readonly string[]>> = {
  assistance: topics,
  training: topics,
  input: products,
  equipment: products,
  service: hiredServices,
  credit: loanPurposes,
  purchase: [],
};

/** What a need is about, beside the crop. */
export function subjectOf(need: Need): string | undefined {
  const named = [need.topic, need.product, need.service, need.purpose];
  return named.find((word) => word !== undefined && subjectWords[need.kind].includes(word));
}

/** The offer names only things that no need can name: it serves needs that name none. */
const somethingElse = "other-things";

const fertilizers = new Set([
  "urea",
  "dap",
  "potassium_chloride",
  "npk",
  "guano",
  "compost",
  "biofertilizer",
  "foliar",
]);

/** The subjects an offer serves; none means every. Who asks for "fertilizer" is served by any of them. */
export function subjectsOf(terms: OfferTerms): string[] {
  if (terms.kind === "assistance") return [...new Set(terms.topics)];
  // A buyer's products are grades of the crop, and nobody asks for those.
  if (terms.kind === "purchase" || terms.products.length === 0) return [];
  const named = new Set(terms.products.filter((product) => subjectWords[terms.kind].includes(product)));
  if (terms.products.some((product) => fertilizers.has(product))) named.add("fertilizer");
  return named.size > 0 ? [...named] : [somethingElse];
}

/** One bit for each subject, 0 for every: a quarter of what the words would take in tens of rows an offer. */
export function subjectBits(kind: Kind, subjects: readonly string[]): number {
  return subjects.reduce((bits, subject) => {
    const place = subjectWords[kind].indexOf(subject);
    return bits | (1 << (place < 0 ? lastBit : place));
  }, 0);
}

/** Of a signed 32-bit integer. */
const lastBit = 30;
