import type { Candidate } from "@minka/contracts/catalog";
import type { Reason } from "@minka/contracts/common";
import type { NotListedCode } from "@minka/contracts/explanations";
import type { Need } from "@minka/contracts/need";
import { limaDay } from "@minka/domain/lima-time";
import type { Language } from "@minka/domain/vocabulary";
import { explain } from "./explain.ts";
import { distance, fit, freshness, travelFactorOf, women } from "./offer-parts.ts";
import { priceParts } from "./price-part.ts";
import {
  answering,
  completion,
  discovery,
  help,
  rating,
  room,
  speed,
  type Knowledge,
} from "./provider-parts.ts";
import { rotation } from "./rotation.ts";
import { inOrder, scoreOf, type ScoreParts } from "./score.ts";
import type { WeightSet } from "./weight-sets.ts";

/** A candidate with what matching knows of it. */
export type Known = {
  readonly candidate: Candidate;
  readonly knowledge: Knowledge;
  /** Places of the next month are taken instead of this one's, which are gone. */
  readonly later?: boolean;
};

export type Ranked = {
  readonly candidate: Candidate;
  readonly score: number;
  readonly parts: ScoreParts;
  readonly reasons: Reason[];
  readonly later: boolean;
};

/** Why others are not on the list: how many for which reason. */
export type Dropped = Readonly<Partial<Record<NotListedCode, number>>>;

/** What the rank depends on beside the candidates. */
export type Ranking = {
  readonly now: Date;
  readonly weights: WeightSet;
  readonly sex: "f" | "m" | null;
  readonly language: Language | null;
  readonly wider: boolean;
  readonly womanOnly: boolean;
  readonly wantedOfferId: string | null;
};

type Asked = { readonly id: string; readonly need: Need; readonly districtCode: string };

/** How many a list holds; a phone shows the first three, the rest are asked when those pass. */
const listLength = 10;
const dayMs = 24 * 60 * 60 * 1000;

/**
 * The list, best first: without offers that are full, and with one offer a provider, since who declines one declines
 * both. The same candidates make the same list, in whatever order they come. The offer that the person picked
 * themselves is first.
 */
export function rankCandidates(
  request: Asked,
  known: readonly Known[],
  ranking: Ranking,
): { ranked: Ranked[]; dropped: Dropped } {
  const withRoom = known.filter(({ candidate, knowledge, later }) => {
    const places = placesOf(candidate, knowledge, later);
    return places === null || places.left > 0;
  });
  const price = priceParts(
    withRoom.map(({ candidate }) => candidate),
    request.need.kind,
  );
  const all = withRoom
    .map((each) => {
      const parts = partsOf(request, each, ranking, price(each.candidate));
      const score = scoreOf(parts, ranking.weights.weights[request.need.kind]);
      return { ...each, parts, score, offerId: each.candidate.offerId };
    })
    .sort(inOrder);
  const wanted = all.findIndex(({ offerId }) => offerId === ranking.wantedOfferId);
  if (wanted > 0) all.unshift(...all.splice(wanted, 1));
  const seen = new Set<string>();
  const onePerProvider = all.filter(
    ({ candidate: { providerId } }) => !seen.has(providerId) && seen.add(providerId),
  );
  const ranked = onePerProvider
    .slice(0, listLength)
    .map(({ candidate, knowledge, parts, score, later = false }) => ({
      candidate,
      parts,
      score,
      later,
      reasons: explain(request.need, candidate, knowledge, { ...ranking, later }),
    }));
  return {
    ranked,
    dropped: counted({
      full: known.length - withRoom.length,
      "other-offer-better": all.length - onePerProvider.length,
      "lower-rank": onePerProvider.length - ranked.length,
    }),
  };
}

/** Places left of how many; null where the offer sets no limit. */
export function placesOf(
  { monthlyCapacity }: Pick<Candidate, "monthlyCapacity">,
  { used, usedNext }: Pick<Knowledge, "used" | "usedNext">,
  later = false,
): { left: number; of: number } | null {
  if (monthlyCapacity === null) return null;
  return { left: monthlyCapacity - (later ? usedNext : used), of: monthlyCapacity };
}

function partsOf(
  request: Asked,
  { candidate, knowledge, later }: Known,
  { now, weights, sex, language }: Ranking,
  price: number,
): ScoreParts {
  const daysAgo = Math.floor((now.getTime() - Date.parse(candidate.confirmedOn)) / dayMs);
  return {
    fit: fit(candidate, language),
    distance: distance(
      candidate.byPhone ? null : candidate.distanceKm,
      travelFactorOf(weights.travelFactors, request.districtCode),
    ),
    price,
    rating: rating(knowledge),
    answering: answering(knowledge),
    speed: speed(knowledge),
    completion: completion(knowledge),
    room: room(placesOf(candidate, knowledge, later), knowledge.openAsks),
    freshness: freshness(daysAgo),
    women: women(candidate.womenFocused, sex),
    help: help(knowledge),
    discovery: discovery(knowledge),
    rotation: rotation(request.id, limaDay(now), candidate.offerId),
  };
}

/** Without those of which there were none. */
export function counted(dropped: Dropped): Dropped {
  return Object.fromEntries(Object.entries(dropped).filter(([, count]) => count > 0));
}
