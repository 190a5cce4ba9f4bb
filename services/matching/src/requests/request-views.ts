import type { Engagement, Match, Request } from "@minka/contracts/matching";
import type { Database } from "@minka/database/connect";
import { asc, desc, sql } from "drizzle-orm";
import { engagements, matches, type EngagementRow, type MatchRow, type RequestRow } from "../tables.ts";

/**
 * Requests as the contract shows them, prepared once for all reads: matches of every round, the newest
 * round first, since a later message may still be about an earlier one.
 */
export function requestViews({ read }: Database) {
  const ids = sql`any(${sql.placeholder("ids")}::uuid[])`;
  const matchesOf = read
    .select()
    .from(matches)
    .where(sql`${matches.requestId} = ${ids}`)
    .orderBy(desc(matches.round), asc(matches.rank))
    .prepare("matches_of_requests");
  const standingOf = read
    .select()
    .from(engagements)
    .where(sql`${engagements.requestId} = ${ids} and ${engagements.state} in ('agreed', 'done')`)
    .prepare("engagements_of_requests");

  return async (rows: readonly RequestRow[]): Promise<Request[]> => {
    if (rows.length === 0) return [];
    const parameters = { ids: `{${rows.map(({ id }) => id).join(",")}}` };
    const [matched, standing] = await Promise.all([
      matchesOf.execute(parameters),
      standingOf.execute(parameters),
    ]);
    const byRequest = Map.groupBy(matched, ({ requestId }) => requestId);
    const engaged = new Map(standing.map((engagement) => [engagement.requestId, engagement]));
    return rows.map((row) => viewOf(row, byRequest.get(row.id) ?? [], engaged.get(row.id)));
  };
}
export type RequestViews = ReturnType<typeof requestViews>;

function viewOf(row: RequestRow, matched: readonly MatchRow[], engagement?: EngagementRow): Request {
  return {
    id: row.id,
    personId: row.personId,
    openedThrough: row.openedThrough,
    need: row.need,
    districtCode: row.districtCode,
    placeName: row.placeName,
    state: row.state,
    womanOnly: row.womanOnly ?? false,
    openedAt: row.openedAt.toISOString(),
    round: row.round,
    listExpiresAt: row.listExpiresAt?.toISOString() ?? null,
    reason: row.reason,
    matches: matched.map(matchView),
    engagement: engagement ? engagementView(engagement) : null,
  };
}

function matchView(row: MatchRow): Match {
  return {
    id: row.id,
    rank: row.rank,
    round: row.round,
    state: row.state,
    offerId: row.offerId,
    offerVersion: row.offerVersion,
    providerId: row.providerId,
    providerName: row.providerName,
    providerPersonId: row.providerPersonId,
    distanceKm: wholeKm(row.distanceKm),
    priceCentimos: row.priceCentimos,
    priceUnit: row.priceUnit,
    score: Math.round(row.score * 100) / 100,
    reasons: row.reasons,
    askExpiresAt: row.state === "asked" ? (row.askExpiresAt?.toISOString() ?? null) : null,
    declineReason: row.declineReason,
  };
}

export function engagementView(row: EngagementRow): Engagement {
  return {
    id: row.id,
    matchId: row.matchId,
    providerId: row.providerId,
    state: row.state,
    visitOn: row.visitOn,
    score: row.score,
  };
}

/** Finer distances, from several requests, would tell where an agent lives; so would finer scores. */
function wholeKm(km: number | null): number | null {
  return km === null ? null : Math.round(km);
}
