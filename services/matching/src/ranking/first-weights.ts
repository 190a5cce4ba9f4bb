import type { Weights } from "@minka/contracts/weights";
import type { Kind } from "@minka/domain/vocabulary";

/**
 * The weights with which an installation begins. It keeps them as its first version; from then on they are changed
 * by `PUT /api/matching/weights`, and a change here reaches new installations only. Version 1 ranked by fewer parts
 * and was not kept.
 */
export const firstVersion = 2;

/** Somebody comes: how far, how good and whether they answer and come decide. */
const visits: Weights = {
  fit: 0.2,
  distance: 0.22,
  price: 0.07,
  rating: 0.15,
  answering: 0.08,
  speed: 0.05,
  completion: 0.08,
  room: 0.04,
  freshness: 0.03,
  women: 0.01,
  help: 0.03,
  discovery: 0.02,
  rotation: 0.02,
};

/** For women first, where it is so: a course in their hours, a loan on their terms. */
const courses: Weights = { ...visits, distance: 0.18, women: 0.05 };

/** Things are brought or fetched: the right one, from who delivers, at a price that compares. */
const goods: Weights = { ...visits, fit: 0.24, distance: 0.14, price: 0.11 };

/** Who pays more is worth a longer way. */
const buyers: Weights = { ...goods, fit: 0.2, price: 0.15 };

const loans: Weights = { ...visits, fit: 0.26, distance: 0.1, price: 0.05, rating: 0.17, women: 0.07 };

export const firstWeights: Readonly<Record<Kind, Weights>> = {
  assistance: visits,
  training: courses,
  service: visits,
  input: goods,
  equipment: goods,
  credit: loans,
  purchase: buyers,
};
