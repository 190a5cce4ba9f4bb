import { offerBodies } from "@minka/web/offer-bodies";

export const tocache = "221001";
export const urea = offerBodies.input.terms;

/** The offers of the API reference, as they stand there, and what a person looks for each with: a slip in each. */
export const sevenOffers = [
  { ...offerBodies.assistance, words: "plagas de cacoa" },
  { ...offerBodies.training, words: "taler de ingertos" },
  { ...offerBodies.input, words: "urrea" },
  { ...offerBodies.equipment, words: "despulpadra de cafe" },
  { ...offerBodies.service, words: "analisis de cadmyo" },
  { ...offerBodies.credit, words: "prestmo de campaña" },
  { ...offerBodies.purchase, words: "compra cacao fermentdo" },
];
