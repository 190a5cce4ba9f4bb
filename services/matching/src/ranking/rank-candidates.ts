import { createHash } from "node:crypto";
import type { Candidate } from "@minka/contracts/catalog";
import type { Reason } from "@minka/contracts/common";
import type { Need } from "@minka/contracts/need";
import { explain } from "./explain.ts";
import { partsOf, scoreOf, type Facts, type ScoreParts } from "./score.ts";
import { weightsOf } from "./weights.ts";

/** What matching itself knows of an offer and its provider. */
export type Knowledge = Pick<
  Facts,
  "ratings" | "ratingSum" | "asks" | "answers" | "answerMinutesSum" | "noShows" | "openAsks"
> & {
  /** Places of this month that are taken. */
  readonly used: number;
};

export type Ranked = {
  readonly candidate: Candidate;
  readonly score: number;
  readonly parts: ScoreParts;
  readonly reasons: Reason[];
};

/** How many a list holds; a phone shows the first three, the rest are asked when those pass. */
const listLength = 10;
const dayMs = 24 * 60 * 60 * 1000;

/**
 * The list, best first: without offers that are full this month, and with one offer a provider, since who
 * declines one declines both. Equal scores are shuffled by request, so that the oldest offer is not always
 * first.
 */
export function rankCandidates(
  request: { id: string; need: Need },
  candidates: readonly { candidate: Candidate; knowledge: Knowledge }[],
  { now, wider, womanOnly = false }: { now: Date; wider: boolean; womanOnly?: boolean },
): Ranked[] {
  const ranked = candidates.flatMap(({ candidate, knowledge }) => {
    const facts = factsOf(candidate, knowledge, now);
    if (facts.room && facts.room.left <= 0) return [];
    const parts = partsOf(facts);
    const score = Math.round(scoreOf(parts, weightsOf[request.need.kind]) * 1e4) / 1e4;
    const lot = createHash("sha256")
      .update(request.id + candidate.offerId)
      .digest("hex");
    return [{ candidate, parts, score, lot, reasons: explain(request.need, facts, { wider, womanOnly }) }];
  });
  ranked.sort((a, b) => b.score - a.score || a.lot.localeCompare(b.lot));
  const seen = new Set<string>();
  return ranked
    .filter(({ candidate: { providerId } }) => !seen.has(providerId) && seen.add(providerId))
    .slice(0, listLength)
    .map(({ candidate, score, parts, reasons }) => ({ candidate, score, parts, reasons }));
}

function factsOf(candidate: Candidate, knowledge: Knowledge, now: Date): Facts {
  const { monthlyCapacity, confirmedOn, fits, distanceKm, priceCentimos } = candidate;
  const { used, ...known } = knowledge;
  return {
    ...known,
    fits,
    distanceKm,
    priceCentimos,
    confirmedDaysAgo: Math.max(0, Math.floor((now.getTime() - Date.parse(confirmedOn)) / dayMs)),
    room: monthlyCapacity === null ? null : { left: monthlyCapacity - used, of: monthlyCapacity },
  };
}
