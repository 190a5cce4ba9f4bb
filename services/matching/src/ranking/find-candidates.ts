import { findCandidates, type Candidate } from "@minka/contracts/catalog";
import type { Reason } from "@minka/contracts/common";
import type { CallInput } from "@minka/contracts/endpoint";
import type { Database } from "@minka/database/connect";
import { and, eq, gt, inArray, or } from "drizzle-orm";
import { capacityMonth } from "../capacity/places.ts";
import { matches, type RequestRow } from "../tables.ts";
import type { Caller } from "@minka/http/caller";
import { noWomanNear, onlyWomen, readAsker, type Asker } from "./attended-by.ts";
import { rankCandidates, type Knowledge, type Ranked } from "./rank-candidates.ts";

/** The first search, and one that reaches further; then a person takes over. */
export const widestRound = 2;
/** Enough that a well rated offer far off still meets the near ones. */
const candidatesAsked = 30;
/** As many as catalog gives at once, and as many as can be left out of a search. */
const womenPage = 50;
const mostExcluded = 500;

export type Found = {
  readonly round: number;
  readonly ranked: readonly Ranked[];
  /** Why the list is empty; null when it is not. */
  readonly emptyBecause: Reason | null;
  /** Whether only women were looked for. */
  readonly womanOnly: boolean;
};

/**
 * Searches from the request's round on until something is found: an empty first round does not make the
 * producer wait for the wider one. Calls catalog, so never inside a transaction; throws what the call throws.
 */
export async function searchFor(
  { db, call }: { db: Database; call: Caller },
  request: RequestRow,
  { now, trace }: { now: Date; trace: string },
): Promise<Found> {
  const tried =
    request.searchRound === 1 && request.roundsBefore === 0
      ? []
      : await db.read
          .select({ offerId: matches.offerId, providerId: matches.providerId })
          .from(matches)
          .where(
            and(
              eq(matches.requestId, request.id),
              // Of lists before a search that begins anew, only those who said no or did not come.
              or(gt(matches.round, request.roundsBefore), inArray(matches.state, ["declined", "accepted"])),
            ),
          );
  const triedProviders = new Set(tried.map(({ providerId }) => providerId));
  const asker = await readAsker(call, request, trace);
  let emptyBecause = "all-full";
  let others = false;
  for (let round = request.searchRound; round <= widestRound; round += 1) {
    const wider = round > 1;
    const answer = await findWanted(call, { asker, tried: triedProviders }, trace, {
      need: request.need,
      districtCode: request.districtCode,
      ...pointOf(request),
      requesterPersonId: request.personId,
      requester: { sex: asker.sex },
      excludeOfferIds: tried.map(({ offerId }) => offerId).slice(-mostExcluded),
      wider,
      limit: candidatesAsked,
    });
    const fresh = answer.candidates.filter(({ providerId }) => !triedProviders.has(providerId));
    const ranked = rankCandidates(request, await addKnowledge(db, fresh, now), {
      now,
      wider,
      womanOnly: asker.womanOnly,
    });
    if (ranked.length > 0) return { round, ranked, emptyBecause: null, womanOnly: asker.womanOnly };
    others ||= answer.others;
    if (answer.emptyBecause) emptyBecause = answer.emptyBecause;
  }
  return {
    round: widestRound,
    ranked: [],
    // Women who were tried, or are full, leave the choice among everybody to who asks.
    emptyBecause: { code: others ? noWomanNear : emptyBecause, parameters: {} },
    womanOnly: asker.womanOnly,
  };
}

type Search = CallInput<typeof findCandidates>["body"] & { excludeOfferIds: string[]; limit: number };

/**
 * The nearest candidates. Where only women are wanted, the nearest women: those found are left out of the next
 * search, until there are enough, nobody is left, or as many were left out as a search can name. `others`: somebody
 * else could be asked.
 */
async function findWanted(
  call: Caller,
  { asker: { womanOnly }, tried }: { asker: Asker; tried: ReadonlySet<string> },
  trace: string,
  search: Search,
): Promise<{ candidates: readonly Candidate[]; emptyBecause: string | null; others: boolean }> {
  if (!womanOnly) return { ...(await call(findCandidates, { body: search }, { trace })), others: false };
  const found: Candidate[] = [];
  const excludeOfferIds = [...search.excludeOfferIds];
  let emptyBecause: string | null = null;
  let others = false;
  while (found.length < search.limit) {
    const limit = Math.min(womenPage, mostExcluded - excludeOfferIds.length);
    if (limit <= 0) break;
    const answer = await call(findCandidates, { body: { ...search, excludeOfferIds, limit } }, { trace });
    emptyBecause ??= answer.emptyBecause;
    const women = await onlyWomen(call, answer.candidates, trace);
    found.push(...women);
    const known = new Set(women);
    others ||= answer.candidates.some((each) => !known.has(each) && !tried.has(each.providerId));
    if (answer.candidates.length < limit) break;
    excludeOfferIds.push(...answer.candidates.map(({ offerId }) => offerId));
  }
  return { candidates: found, emptyBecause: found.length > 0 ? null : emptyBecause, others };
}

function pointOf({ placeLatitude: latitude, placeLongitude: longitude }: RequestRow) {
  return latitude === null || longitude === null ? {} : { point: { latitude, longitude } };
}

type KnowledgeRow = Knowledge & { offerId: string };

async function addKnowledge(
  db: Database,
  candidates: readonly Candidate[],
  now: Date,
): Promise<{ candidate: Candidate; knowledge: Knowledge }[]> {
  if (candidates.length === 0) return [];
  const offerIds = candidates.map(({ offerId }) => offerId);
  const providerIds = candidates.map(({ providerId }) => providerId);
  // The driver itself, for unnest: one prepared statement whatever the number of candidates.
  const rows = await db.sql<KnowledgeRow[]>`
    select asked.offer_id as "offerId",
           coalesce(s.ratings, 0) as ratings, coalesce(s.rating_sum, 0) as "ratingSum",
           coalesce(s.asks, 0) as asks, coalesce(s.answers, 0) as answers,
           coalesce(s.answer_minutes_sum, 0) as "answerMinutesSum",
           coalesce(s.no_shows, 0) as "noShows", coalesce(c.used, 0) as used,
           (select count(*)::int from matching.matches m
             where m.provider_id = asked.provider_id and m.state = 'asked') as "openAsks"
    from unnest(${offerIds}::uuid[], ${providerIds}::uuid[]) as asked (offer_id, provider_id)
    left join matching.standings s on s.provider_id = asked.provider_id
    left join matching.capacity c on c.offer_id = asked.offer_id and c.month = ${capacityMonth(now)}`;
  const known = new Map(rows.map(({ offerId, ...knowledge }) => [offerId, knowledge]));
  return candidates.flatMap((candidate) => {
    const knowledge = known.get(candidate.offerId);
    return knowledge ? [{ candidate, knowledge }] : [];
  });
}
