import { offerSummary } from "@minka/contracts/offer-summary";
import type { OfferTerms } from "@minka/contracts/offer-terms";
import type { Need } from "@minka/contracts/need";
import {
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

/** Under which words an offer that names these is counted. */
export function countedKeys(named: readonly string[]): string[] {
  return [...(named.length > 0 ? new Set(named) : [every]), unsaid];
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
  const named = new Set(offerSummary(terms).subjects);
  if (terms.kind === "input" && fertilizers.has(terms.product)) named.add("fertilizer");
  return [...named];
}
