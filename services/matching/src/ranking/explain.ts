import type { Candidate } from "@minka/contracts/catalog";
import type { Reason } from "@minka/contracts/common";
import type { Need } from "@minka/contracts/need";
import { laterMonth } from "../capacity/later-month.ts";
import { toldHours, toldMean } from "../standings/as-told.ts";
import type { Knowledge } from "./provider-parts.ts";

/** A pace is only worth telling when it was seen more than once or twice. */
const answersToTell = 3;

type Search = {
  readonly now: Date;
  readonly wider: boolean;
  readonly later: boolean;
  readonly womanOnly: boolean;
  readonly sex: "f" | "m" | null;
};

/**
 * Why an offer is on the list, and what has to be known of it before it is chosen, the strongest for the producer
 * first. Of ratings only those that are published are told. `packages/language` has the words of each code.
 */
export function explain(
  need: Need,
  candidate: Candidate,
  known: Knowledge,
  { now, wider, later, womanOnly, sex }: Search,
): Reason[] {
  const reasons: Reason[] = [];
  const say = (code: string, parameters: Reason["parameters"] = {}) => reasons.push({ code, parameters });
  const { fits, product, state, byPhone, distanceKm, priceCentimos, priceUnit, missing, asks } = candidate;
  if (product !== null && (need.product ?? need.service) !== undefined) say("product", { product });
  if (state !== null) say("crop-state", { state });
  if (need.topic && fits.topic) say("topic", { topic: need.topic });
  if (byPhone) say("by-phone");
  else if (distanceKm === null) say("serves-area");
  else say("distance", { km: Math.max(1, Math.round(distanceKm)) });
  if (need.crop && fits.crop) say("crop", { crop: need.crop });
  if (priceCentimos !== null) {
    // A visit's price needs no unit.
    const unit = need.kind === "assistance" ? null : priceUnit;
    say("price", { centimos: priceCentimos, ...(unit === null ? {} : { unit }) });
  }
  if (known.answers >= answersToTell)
    say("answers-in", {
      hours: Math.max(1, Math.round(toldHours(known.answerMinutesSum, known.answers))),
    });
  if (known.publishedRatings > 0) {
    const mean = toldMean(known.publishedSum, known.publishedRatings);
    say("rating", { mean, count: known.publishedRatings });
  } else if (known.ratings === 0) say("new-provider");
  if (womanOnly) say("woman");
  if (candidate.womenFocused && sex === "f") say("for-women");
  if (candidate.certified) say("certified");
  if (later) say("later-month", { month: laterMonth(now) });
  if (candidate.adviserSells) say("adviser-sells");
  if (missing.length > 0) say("missing", { requirements: missing.join(",") });
  if (asks.length > 0) say("asks-certificates", { certificates: asks.join(",") });
  if (wider && !byPhone) say("wider-search");
  return reasons;
}
