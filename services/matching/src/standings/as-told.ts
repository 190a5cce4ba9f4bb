/**
 * A provider's figures as people read them, on lists, on public pages and on its own: each is rounded here alone, since
 * two ways of rounding would tell the same provider's standing differently.
 */

/** To one decimal: "4.6". Nothing may be told of no ratings. */
export const toldMean = (sum: number, count: number): number => Math.round((10 * sum) / count) / 10;

/** Hours to an answer, to one decimal. */
export const toldHours = (minutesSum: number, answers: number): number =>
  Math.round(minutesSum / answers / 6) / 10;

/** A share to whole hundredths, never above all. */
export const toldShare = (part: number, whole: number): number =>
  Math.round(100 * Math.min(1, part / whole)) / 100;
