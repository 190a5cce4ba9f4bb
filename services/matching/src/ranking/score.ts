import type { Weights } from "./weights.ts";

/** All that a candidate's rank depends on; whoever knows these can compute it again. */
export type Facts = {
  /** What of the need the offer names itself. */
  readonly fits: { readonly topic: boolean; readonly crop: boolean };
  readonly distanceKm: number | null;
  readonly priceCentimos: number | null;
  readonly confirmedDaysAgo: number;
  readonly ratings: number;
  readonly ratingSum: number;
  readonly asks: number;
  readonly answers: number;
  readonly answerMinutesSum: number;
  /** Visits agreed to which nobody came. */
  readonly noShows: number;
  /** Questions that the provider has not answered yet. */
  readonly openAsks: number;
  /** Places left this month, of how many; null where the offer sets none. */
  readonly room: { readonly left: number; readonly of: number } | null;
};

export const scoreParts = [
  "fit",
  "distance",
  "rating",
  "answering",
  "speed",
  "price",
  "room",
  "freshness",
] as const;
export type ScorePart = (typeof scoreParts)[number];
/** Each in [0, 1], 1 is best. */
export type ScoreParts = Readonly<Record<ScorePart, number>>;

/** What an offer gets for a thing that is not known of it: neither reward nor punishment. */
const unknown = 0.5;
/** Where a part has fallen to one half. */
const halfAt = { km: 20, centimos: 5_000, waitMinutes: 240, openAsks: 4, days: 90 };

/**
 * What everybody is taken for before anything is known, and how many observations that belief is worth:
 * one five from a cousin must not beat forty fours, and a newcomer must get a first visit.
 */
const before = {
  rating: { mean: 4, worth: 5 },
  answering: { rate: 0.8, worth: 3 },
  minutes: { mean: 120, worth: 3 },
};

const falling = (value: number, half: number) => half / (half + Math.max(0, value));

/**
 * Mean rating drawn towards the prior (Bayesian mean), 1 to 5. A visit to which nobody came weighs as one
 * point: people rate what took place, so it would otherwise cost nothing.
 */
function believedRating({
  ratings,
  ratingSum,
  noShows,
}: Pick<Facts, "ratings" | "ratingSum" | "noShows">): number {
  const { mean, worth } = before.rating;
  return (ratingSum + noShows + mean * worth) / (ratings + noShows + worth);
}

export function partsOf(facts: Facts): ScoreParts {
  const { answering, minutes } = before;
  const wait =
    (facts.answerMinutesSum + minutes.mean * minutes.worth) / (Math.max(0, facts.answers) + minutes.worth);
  const share = facts.room === null ? 1 : Math.min(1, Math.max(0, facts.room.left) / facts.room.of);
  return {
    fit: (facts.fits.topic ? 0.6 : 0) + (facts.fits.crop ? 0.4 : 0),
    distance: facts.distanceKm === null ? unknown : falling(facts.distanceKm, halfAt.km),
    rating: (believedRating(facts) - 1) / 4,
    answering: (facts.answers + answering.rate * answering.worth) / (facts.asks + answering.worth),
    speed: falling(wait, halfAt.waitMinutes),
    price: facts.priceCentimos === null ? unknown : falling(facts.priceCentimos, halfAt.centimos),
    room: (share + falling(facts.openAsks, halfAt.openAsks)) / 2,
    freshness: falling(facts.confirmedDaysAgo, halfAt.days),
  };
}

/** The weighted mean of the parts, in [0, 1]. Weights sum to 1. */
export function scoreOf(parts: ScoreParts, weights: Weights): number {
  const sum = scoreParts.reduce((total, part) => total + weights[part] * parts[part], 0);
  return Math.min(1, Math.max(0, sum));
}
