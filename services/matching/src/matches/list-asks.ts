import type { Actor } from "@minka/contracts/actor";
import type { Answer } from "@minka/contracts/endpoint";
import type { listAsks as contract } from "@minka/contracts/provider-asks";
import type { Database } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import { DomainError } from "@minka/domain/errors";
import { and, asc, desc, eq, getTableColumns, gt, isNull, not, sql } from "@minka/database/query";
import { disputes } from "../disputes/disputes-tables.ts";
import { quoteView } from "../quotes/quote-view.ts";
import { quotes } from "../quotes/quotes-tables.ts";
import { ratings } from "../ratings/ratings-tables.ts";
import { isPromised } from "../requests/open-matters.ts";
import { engagementView } from "../requests/request-views.ts";
import { sponsorships } from "../sponsorships/sponsorships-tables.ts";
import { engagements, matches, requests, type EngagementRow, type RequestRow } from "../tables.ts";

/** More than anybody can serve at a time. */
const most = 100;
const mostToRate = 20;

/**
 * What is asked of the actor as a provider and still open, the most urgent first; what they proposed and the producer
 * has to answer; what they agreed to, by day; what an operator settles; and what is done and they may still rate.
 */
export async function listAsks(
  { db, clock }: { db: Database; clock: Clock },
  actor: Actor,
): Promise<Answer<typeof contract>> {
  if (actor.kind !== "person") throw new DomainError("forbidden", "not-allowed", "Only a person is asked.");
  const work = { need: requests.need, districtCode: requests.districtCode };
  const ask = {
    ...work,
    matchId: matches.id,
    providerId: matches.providerId,
    requestId: matches.requestId,
    distanceKm: sql<number | null>`round(${matches.distanceKm})::float8`,
    priceCentimos: matches.priceCentimos,
    priceUnit: matches.priceUnit,
    sponsorName: sponsorships.sponsorName,
    paysCentimos: matches.sponsorPaysCentimos,
  };
  const now = clock();
  const [asked, quoted, agreed, disputed, unrated] = await Promise.all([
    db.read
      .select({ ...ask, askExpiresAt: matches.askExpiresAt, quote: quotes })
      .from(matches)
      .innerJoin(requests, eq(requests.id, matches.requestId))
      .leftJoin(sponsorships, eq(sponsorships.id, matches.sponsorshipId))
      .leftJoin(quotes, and(eq(quotes.matchId, matches.id), eq(quotes.state, "open")))
      .where(
        and(
          eq(matches.providerPersonId, actor.personId),
          eq(matches.state, "asked"),
          gt(matches.askExpiresAt, now),
        ),
      )
      .orderBy(asc(matches.askExpiresAt), asc(matches.id))
      .limit(most),
    // Few quotes are open at a time: they are where this begins.
    db.read
      .select({ ...ask, quote: quotes })
      .from(quotes)
      .innerJoin(matches, eq(matches.id, quotes.matchId))
      .innerJoin(requests, eq(requests.id, matches.requestId))
      .leftJoin(sponsorships, eq(sponsorships.id, matches.sponsorshipId))
      .where(
        and(
          eq(quotes.state, "open"),
          gt(quotes.expiresAt, now),
          eq(matches.providerPersonId, actor.personId),
          eq(matches.state, "quoted"),
        ),
      )
      .orderBy(asc(quotes.expiresAt), asc(quotes.id))
      .limit(most),
    db.read
      .select({
        ...getTableColumns(engagements),
        ...work,
        placeName: requests.placeName,
        quote: quotes,
      })
      .from(engagements)
      .innerJoin(requests, eq(requests.id, engagements.requestId))
      .leftJoin(quotes, and(eq(quotes.matchId, engagements.matchId), eq(quotes.state, "open")))
      .where(and(eq(engagements.providerPersonId, actor.personId), isPromised))
      .orderBy(asc(engagements.visitOn), asc(engagements.id))
      .limit(most),
    // So are disputes.
    db.read
      .select({ ...getTableColumns(engagements), ...work, placeName: requests.placeName })
      .from(disputes)
      .innerJoin(engagements, eq(engagements.id, disputes.engagementId))
      .innerJoin(requests, eq(requests.id, engagements.requestId))
      .where(
        and(
          isNull(disputes.settledAt),
          eq(engagements.providerPersonId, actor.personId),
          eq(engagements.state, "disputed"),
        ),
      )
      .orderBy(asc(disputes.id))
      .limit(most),
    db.read
      .select({ ...getTableColumns(engagements), ...work, placeName: requests.placeName })
      .from(engagements)
      .innerJoin(requests, eq(requests.id, engagements.requestId))
      .where(and(eq(engagements.providerPersonId, actor.personId), isDone, not(ratingIsOver(now))))
      .orderBy(desc(engagements.closedAt), desc(engagements.id))
      .limit(mostToRate),
  ]);
  return {
    asks: asked.flatMap(({ askExpiresAt, quote, ...row }) =>
      askExpiresAt
        ? [
            {
              ...askView(row),
              quote: quote && quoteView(quote),
              askExpiresAt: askExpiresAt.toISOString(),
            },
          ]
        : [],
    ),
    quoted: quoted.map(({ quote, ...row }) => ({ ...askView(row), quote: quoteView(quote) })),
    engagements: agreed.map(({ quote, ...row }) => ({ ...workView(row), quote: quote && quoteView(quote) })),
    disputed: disputed.map((row) => ({ ...workView(row), quote: null })),
    toRate: unrated.map((row) => ({ ...workView(row), quote: null })),
  };
}

/** Written out, as the index has it. */
const isDone = sql`${engagements.state} = 'done'`;

/** They have rated it, or what the other side said can be read. */
const ratingIsOver = (now: Date) => sql`exists (
  select 1 from ${ratings}
  where ${ratings.engagementId} = ${engagements.id}
    and (${ratings.by} = 'provider' or ${ratings.publishedAt} is not null or ${ratings.publishAt} <= ${now.toISOString()}))`;

type Paid = { sponsorName: string | null; paysCentimos: number | null };

function askView<Row extends Paid>({ sponsorName: name, paysCentimos, ...row }: Row) {
  return { ...row, sponsor: name === null || paysCentimos === null ? null : { name, paysCentimos } };
}

type Work = EngagementRow & Pick<RequestRow, "need" | "districtCode" | "placeName">;

function workView({ need, districtCode, placeName, ...row }: Work) {
  return { ...engagementView(row), requestId: row.requestId, need, districtCode, placeName };
}
