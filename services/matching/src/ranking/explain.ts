import type { Reason } from "@minka/contracts/common";
import type { Need } from "@minka/contracts/need";
import type { Facts } from "./score.ts";
import { weightsOf } from "./weights.ts";

/** A pace is only worth telling when it was seen more than once or twice. */
const answersToTell = 3;

/**
 * Why an offer is on the list, the strongest for the producer first: only facts that counted in the rank.
 * `packages/language` has the sentence of each code.
 */
export function explain(
  need: Need,
  facts: Facts,
  { wider, womanOnly }: { wider: boolean; womanOnly: boolean },
): Reason[] {
  const reasons: Reason[] = [];
  const say = (code: string, parameters: Reason["parameters"] = {}) => reasons.push({ code, parameters });
  if (need.topic && facts.fits.topic) say("topic", { topic: need.topic });
  if (need.crop && facts.fits.crop) say("crop", { crop: need.crop });
  if (facts.distanceKm === null) say("serves-area");
  else say("distance", { km: Math.max(1, Math.round(facts.distanceKm)) });
  if (facts.priceCentimos !== null && weightsOf[need.kind].price > 0)
    say("price", { centimos: facts.priceCentimos });
  if (facts.ratings === 0) say("new-provider");
  else say("rating", { mean: Math.round((facts.ratingSum / facts.ratings) * 10) / 10, count: facts.ratings });
  if (facts.answers >= answersToTell)
    say("answers-in", { hours: Math.max(1, Math.ceil(facts.answerMinutesSum / facts.answers / 60)) });
  if (womanOnly) say("woman");
  if (wider) say("wider-search");
  return reasons;
}
