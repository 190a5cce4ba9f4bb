import { believed, falling } from "./beliefs.ts";

/** What matching knows of a provider and of the places of one of its offers. */
export type Knowledge = {
  readonly ratings: number;
  readonly ratingSum: number;
  readonly publishedRatings: number;
  readonly publishedSum: number;
  readonly asks: number;
  readonly answers: number;
  readonly answerMinutesSum: number;
  readonly completed: number;
  /** Visits agreed to, to which nobody came, and those that the provider called off. */
  readonly noShows: number;
  readonly cancelledLate: number;
  readonly helped: number;
  readonly helpAsked: number;
  /** Questions that the provider has not answered yet. */
  readonly openAsks: number;
  /** Places of this month, and of the next, that are taken. */
  readonly used: number;
  readonly usedNext: number;
};

/** Where a part has fallen to one half. */
export const halfAt = { waitMinutes: 240, openAsks: 4, asks: 10 };

/** What everybody is taken for before anything is known of them. */
export const before = {
  rating: { mean: 4, worth: 5 },
  answering: { mean: 0.8, worth: 3 },
  minutes: { mean: 120, worth: 3 },
  completion: { mean: 0.9, worth: 5 },
  help: { mean: 0.7, worth: 3 },
};

/** Of all ratings, published or not: 1 to 5 on [0, 1]. */
export function rating({ ratings, ratingSum }: Pick<Knowledge, "ratings" | "ratingSum">): number {
  return (believed(before.rating, { sum: ratingSum, count: ratings }) - 1) / 4;
}

export function answering({ asks, answers }: Pick<Knowledge, "asks" | "answers">): number {
  return believed(before.answering, { sum: answers, count: asks });
}

export function speed({
  answers,
  answerMinutesSum,
}: Pick<Knowledge, "answers" | "answerMinutesSum">): number {
  return falling(believed(before.minutes, { sum: answerMinutesSum, count: answers }), halfAt.waitMinutes);
}

/** People rate what took place: not to come, or to call it off, costs here. */
export function completion({
  completed,
  noShows,
  cancelledLate,
}: Pick<Knowledge, "completed" | "noShows" | "cancelledLate">): number {
  return believed(before.completion, { sum: completed, count: completed + noShows + cancelledLate });
}

export function help({ helped, helpAsked }: Pick<Knowledge, "helped" | "helpAsked">): number {
  return believed(before.help, { sum: helped, count: helpAsked });
}

/** Who was asked seldom is tried: a bonus that each ask takes a little from. */
export function discovery({ asks }: Pick<Knowledge, "asks">): number {
  return falling(asks, halfAt.asks);
}

/** Places left of the month, and time to answer. `room` is null where the offer sets no limit. */
export function room(left: { left: number; of: number } | null, openAsks: number): number {
  const share = left === null ? 1 : Math.min(1, Math.max(0, left.left) / left.of);
  return (share + falling(openAsks, halfAt.openAsks)) / 2;
}
