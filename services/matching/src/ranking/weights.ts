import type { Kind } from "@minka/domain/vocabulary";
import type { ScorePart } from "./score.ts";

export type Weights = Readonly<Record<ScorePart, number>>;

/** Kept with each match: raise it with any change here or in score.ts, so that an old rank can be explained. */
export const weightsVersion = 1;

/** Somebody comes: how far, how good and whether they answer decide. */
const visits: Weights = {
  fit: 0.22,
  distance: 0.22,
  rating: 0.2,
  answering: 0.12,
  speed: 0.06,
  price: 0.08,
  room: 0.05,
  freshness: 0.05,
};

/** Things and money: prices are per pack, kilo or quintal, so comparing the bare numbers would deceive. */
const goods: Weights = { ...visits, fit: 0.3, distance: 0.15, rating: 0.25, answering: 0.14, price: 0 };

export const weightsOf: Readonly<Record<Kind, Weights>> = {
  assistance: visits,
  training: visits,
  service: visits,
  input: goods,
  equipment: goods,
  credit: goods,
  purchase: goods,
};
