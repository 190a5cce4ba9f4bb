import type { Engagement } from "@minka/contracts/engagements";
import type { Match } from "@minka/contracts/matches";
import type { Request } from "@minka/contracts/matching";
import type { Database } from "@minka/database/connect";
import { asc, desc, sql } from "@minka/database/query";
import { quoteView } from "../quotes/quote-view.ts";
import { quotes, type QuoteRow } from "../quotes/quotes-tables.ts";
import { ratings, type RatingRow } from "../ratings/ratings-tables.ts";
import { ratingView, scoreIn } from "../ratings/ratings-seen.ts";
import { sponsorViews } from "../sponsorships/sponsor-views.ts";
import { engagements, matches, type EngagementRow, type MatchRow, type RequestRow } from "../tables.ts";
import { nextStep } from "./next-step.ts";

/**
 * Requests as the contract shows them, prepared once for all reads: matches of every round, the newest
 * round first, since a later message may still be about an earlier one.
 */
export function requestViews({ read }: Database) {
  const sponsorsOf = sponsorViews({ read });
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
    .where(
      sql`${engagements.requestId} = ${ids} and ${engagements.state} in ('agreed', 'done', 'rework', 'disputed')`,
    )
    .prepare("engagements_of_requests");
  const proposedOf = read
    .select()
    .from(quotes)
    .where(sql`${quotes.matchId} = ${ids} and ${quotes.state} = 'open'`)
    .prepare("quotes_of_matches");
  const ratingsOf = read
    .select()
    .from(ratings)
    .where(sql`${ratings.engagementId} = ${ids}`)
    .orderBy(desc(ratings.by))
    .prepare("ratings_of_engagements");

  return async (rows: readonly RequestRow[]): Promise<Request[]> => {
    if (rows.length === 0) return [];
    const parameters = idsOf(rows);
    const [matched, standing] = await Promise.all([
      matchesOf.execute(parameters),
      standingOf.execute(parameters),
    ]);
    const negotiable = matched.filter(({ state }) => mayBeQuoted.includes(state));
    const ratable = standing.filter(({ closedAt, reworks }) => closedAt !== null || reworks > 0);
    const [sponsorOf, proposed, rated] = await Promise.all([
      sponsorsOf(matched),
      negotiable.length > 0 ? proposedOf.execute(idsOf(negotiable)) : [],
      ratable.length > 0 ? ratingsOf.execute(idsOf(ratable)) : [],
    ]);
    const byRequest = Map.groupBy(matched, ({ requestId }) => requestId);
    const engaged = new Map(standing.map((engagement) => [engagement.requestId, engagement]));
    return rows.map((row) => {
      const engagement = engaged.get(row.id);
      const its = byRequest.get(row.id) ?? [];
      return viewOf(row, {
        matched: its,
        sponsorOf,
        engagement,
        quotes: proposed.filter(({ matchId }) =>
          its.some(({ id, state }) => id === matchId && mayBeQuoted.includes(state)),
        ),
        ratings: rated.filter(({ engagementId }) => engagementId === engagement?.id),
      });
    });
  };
}
export type RequestViews = ReturnType<typeof requestViews>;

const idsOf = (rows: readonly { id: string }[]) => ({ ids: `{${rows.map(({ id }) => id).join(",")}}` });

/** Where something that is proposed may still be answered. */
const mayBeQuoted: readonly MatchRow["state"][] = ["asked", "quoted", "accepted"];

type Parts = {
  matched: readonly MatchRow[];
  sponsorOf: (match: MatchRow) => Match["sponsor"];
  engagement: EngagementRow | undefined;
  quotes: readonly QuoteRow[];
  ratings: readonly RatingRow[];
};

function viewOf(row: RequestRow, parts: Parts): Request {
  const { matched, sponsorOf, engagement, quotes: proposed, ratings: rated } = parts;
  const quoteOf = (id: string) => proposed.find(({ matchId }) => matchId === id) ?? null;
  const { waitsFor, until } = nextStep({ request: row, matches: matched, engagement, quotes: proposed });
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
    matches: matched.map((match) => ({
      ...matchView(match, quoteOf(match.id)),
      sponsor: sponsorOf(match),
    })),
    tried: [],
    engagement: engagement ? engagementView(engagement, rated) : null,
    waitsFor,
    until: until?.toISOString() ?? null,
  };
}

function matchView(row: MatchRow, quote: QuoteRow | null): Omit<Match, "sponsor"> {
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
    offerTitle: row.offerTitle,
    byPhone: row.byPhone,
    forMonth: row.forMonth,
    score: Math.round(row.score * 100) / 100,
    reasons: row.reasons,
    askExpiresAt: row.state === "asked" ? (row.askExpiresAt?.toISOString() ?? null) : null,
    declineReason: row.declineReason,
    quote: quote && quoteView(quote),
  };
}

/** As a service sees it: with what each side said of the other. */
export function engagementView(row: EngagementRow, rated: readonly RatingRow[] = []): Engagement {
  const views = rated.map(ratingView);
  return {
    id: row.id,
    matchId: row.matchId,
    providerId: row.providerId,
    state: row.state,
    visitOn: row.visitOn,
    priceCentimos: row.priceCentimos,
    priceUnit: row.priceUnit,
    score: scoreIn(views),
    ratings: views,
    helped: row.helped,
  };
}

/** Finer distances, from several requests, would tell where an agent lives; so would finer scores. */
function wholeKm(km: number | null): number | null {
  return km === null ? null : Math.round(km);
}
