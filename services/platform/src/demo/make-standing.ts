import type { StandingRow } from "@minka/matching";
import type { Random } from "./random.ts";

/** What earlier services tell about a provider; one in five is new and has nothing to tell. */
export function makeStanding(
  random: Random,
  providerId: string,
  known?: { ratings: number; ratingSum: number },
): StandingRow {
  const isNew = known === undefined && random.next() < 0.2;
  const ratings = known?.ratings ?? (isNew ? 0 : random.between(1, 40));
  const ratingSum = known?.ratingSum ?? Math.round(ratings * (3.4 + random.next() * 1.5));
  const asks = isNew ? 0 : ratings + random.between(1, 15);
  const answers = Math.max(ratings, Math.round(asks * (0.6 + random.next() * 0.4)));
  return {
    providerId,
    ratings,
    ratingSum: Math.min(ratingSum, ratings * 5),
    asks,
    answers,
    answerMinutesSum: answers * random.between(10, 180),
  };
}
