import { findCandidates, type Candidate } from "@minka/contracts/catalog";
import type { CallInput } from "@minka/contracts/endpoint";
import { limaDay } from "@minka/domain/lima-time";
import type { Caller } from "@minka/http/caller";
import type { RequestRow } from "../tables.ts";
import { onlyWomen, type Asker } from "./attended-by.ts";

/** Twice a list: a well rated offer further off still meets the near ones. */
const candidatesAsked = 20;
/** As many as catalog gives at once, and as many as can be left out of a search. */
const womenPage = 50;
const mostExcluded = 500;

export type Search = CallInput<typeof findCandidates>["body"] & { excludeOfferIds: string[]; limit: number };

export type Answered = {
  readonly candidates: readonly Candidate[];
  readonly emptyBecause: string | null;
  /** Somebody else could be asked, if it need not be a woman. */
  readonly others: boolean;
};

/** Who was listed or asked for a request before, and who is blocked by or for its person. */
export type LeftOut = {
  readonly offerIds: readonly string[];
  readonly providerIds: ReadonlySet<string>;
  readonly blocked: readonly string[];
};

/** The search for a request as catalog takes it. */
export function searchOf(
  request: Pick<RequestRow, "need" | "districtCode" | "placeLatitude" | "placeLongitude" | "personId">,
  { conditions, organicOnly }: Asker,
  { offerIds, blocked }: Pick<LeftOut, "offerIds" | "blocked">,
  now: Date,
): Search {
  const { placeLatitude: latitude, placeLongitude: longitude } = request;
  return {
    need: request.need,
    districtCode: request.districtCode,
    ...(latitude === null || longitude === null ? {} : { point: { latitude, longitude } }),
    requesterPersonId: request.personId,
    requester: conditions,
    organicOnly,
    on: limaDay(now),
    excludeOfferIds: offerIds.slice(-mostExcluded),
    excludeProviderIds: blocked.slice(-mostExcluded),
    limit: candidatesAsked,
  };
}

/**
 * The nearest candidates. Where only women are wanted, the nearest women: those found are left out of the next
 * search, until there are enough, nobody is left, or as many were left out as a search can name.
 */
export async function askCatalog(
  call: Caller,
  { asker: { womanOnly }, tried }: { asker: Asker; tried: ReadonlySet<string> },
  trace: string,
  search: Search,
): Promise<Answered> {
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
