import { findCandidates, type Candidate } from "@minka/contracts/catalog";
import type { Reason } from "@minka/contracts/common";
import { readPerson } from "@minka/contracts/profiles";
import type { Database } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import type { Kind } from "@minka/domain/vocabulary";
import { and, eq, gt, inArray, or } from "drizzle-orm";
import { capacityMonth } from "../capacity/places.ts";
import { matches, type RequestRow } from "../tables.ts";
import type { Caller } from "@minka/http/caller";
import { rankCandidates, type Knowledge, type Ranked } from "./rank-candidates.ts";

/** The first search, and one that reaches further; then a person takes over. */
export const widestRound = 2;
/** Enough that a well rated offer far off still meets the near ones. */
const candidatesAsked = 30;

export type Found = {
  readonly round: number;
  readonly ranked: readonly Ranked[];
  /** Why the list is empty; null when it is not. */
  readonly emptyBecause: Reason | null;
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
  const requester = { sex: await sexForSearch(call, request, trace) };
  let emptyBecause = "all-full";
  for (let round = request.searchRound; round <= widestRound; round += 1) {
    const wider = round > 1;
    const answer = await call(
      findCandidates,
      {
        body: {
          need: request.need,
          districtCode: request.districtCode,
          ...pointOf(request),
          requesterPersonId: request.personId,
          requester,
          excludeOfferIds: tried.map(({ offerId }) => offerId).slice(-500),
          wider,
          limit: candidatesAsked,
        },
      },
      { trace },
    );
    const fresh = answer.candidates.filter(({ providerId }) => !triedProviders.has(providerId));
    const ranked = rankCandidates(request, await addKnowledge(db, fresh, now), { now, wider });
    if (ranked.length > 0) return { round, ranked, emptyBecause: null };
    if (answer.emptyBecause) emptyBecause = answer.emptyBecause;
  }
  return { round: widestRound, ranked: [], emptyBecause: { code: emptyBecause, parameters: {} } };
}

function pointOf({ placeLatitude: latitude, placeLongitude: longitude }: RequestRow) {
  return latitude === null || longitude === null ? {} : { point: { latitude, longitude } };
}

/** Kinds of which some offers are for women alone. */
const kindsForWomen: readonly Kind[] = ["credit", "training"];

/** Asked for where an offer may depend on it, and kept nowhere here; null also for somebody who is gone. */
async function sexForSearch(call: Caller, { need, personId }: RequestRow, trace: string) {
  if (!kindsForWomen.includes(need.kind)) return null;
  try {
    const { person } = await call(readPerson, { params: { personId } }, { trace });
    return person.sex;
  } catch (error) {
    if (!(error instanceof DomainError) || error.category !== "not-found") throw error;
    return null;
  }
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
