import type { Actor } from "@minka/contracts/actor";
import type { Answer } from "@minka/contracts/endpoint";
import type { listAsks as contract } from "@minka/contracts/matching";
import type { Database } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import { DomainError } from "@minka/domain/errors";
import { and, asc, desc, eq, getTableColumns, gt, not, sql } from "drizzle-orm";
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
 * What is asked of the actor as a provider and still open, the most urgent first; what they agreed to, by day; and what
 * is done and they may still rate.
 */
export async function listAsks(
  { db, clock }: { db: Database; clock: Clock },
  actor: Actor,
): Promise<Answer<typeof contract>> {
  if (actor.kind !== "person") throw new DomainError("forbidden", "not-allowed", "Only a person is asked.");
  const work = { need: requests.need, districtCode: requests.districtCode };
  const now = clock();
  const [asked, agreed, unrated] = await Promise.all([
    db.read
      .select({
        ...work,
        matchId: matches.id,
        requestId: matches.requestId,
        distanceKm: sql<number | null>`round(${matches.distanceKm})::float8`,
        priceCentimos: matches.priceCentimos,
        priceUnit: matches.priceUnit,
        sponsorName: sponsorships.sponsorName,
        paysCentimos: matches.sponsorPaysCentimos,
        askExpiresAt: matches.askExpiresAt,
        quote: quotes,
      })
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
    db.read
      .select({ ...getTableColumns(engagements), ...work, placeName: requests.placeName })
      .from(engagements)
      .innerJoin(requests, eq(requests.id, engagements.requestId))
      .where(and(eq(engagements.providerPersonId, actor.personId), isPromised))
      .orderBy(asc(engagements.visitOn), asc(engagements.id))
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
    asks: asked.flatMap(({ askExpiresAt, sponsorName: name, paysCentimos, quote, ...ask }) => {
      const sponsor = name === null || paysCentimos === null ? null : { name, paysCentimos };
      return askExpiresAt
        ? [{ ...ask, sponsor, quote: quote && quoteView(quote), askExpiresAt: askExpiresAt.toISOString() }]
        : [];
    }),
    engagements: agreed.map(workView),
    toRate: unrated.map(workView),
  };
}

/** Written out, as the index has it. */
const isDone = sql`${engagements.state} = 'done'`;

/** They have rated it, or what the other side said can be read. */
const ratingIsOver = (now: Date) => sql`exists (
  select 1 from ${ratings}
  where ${ratings.engagementId} = ${engagements.id}
    and (${ratings.by} = 'provider' or ${ratings.publishedAt} is not null or ${ratings.publishAt} <= ${now.toISOString()}))`;

type Work = EngagementRow & Pick<RequestRow, "need" | "districtCode" | "placeName">;

function workView({ need, districtCode, placeName, ...row }: Work) {
  return { ...engagementView(row), requestId: row.requestId, need, districtCode, placeName };
}
