import type { OfferTerms } from "@minka/contracts/offer-terms";
import type { LimaDay } from "@minka/domain/lima-time";
import type { Random } from "./random.ts";

/** Where the provider has its counter, and the day of the load: trainings and windows lie around it. */
type OfferPlace = { readonly districtCode: string; readonly today: LimaDay };
export type OfferModel = (random: Random, place: OfferPlace) => OfferTerms;

export type Soles = readonly [low: number, high: number];
