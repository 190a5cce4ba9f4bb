import { theirRows, type Holding } from "@minka/database/holdings";
import { eq, or, sql } from "@minka/database/query";
import type { PgTable } from "@minka/database/table";
import { blocks } from "../blocks/blocks-tables.ts";
import { askLoad } from "../capacity/ask-load-tables.ts";
import { closures } from "../closures/closures-tables.ts";
import { disputes } from "../disputes/disputes-tables.ts";
import { quotes } from "../quotes/quotes-tables.ts";
import { ratings } from "../ratings/ratings-tables.ts";
import { complaints } from "../complaints/complaints-tables.ts";
import { reviews } from "../reviews/reviews-tables.ts";
import { searches } from "../searches/searches-tables.ts";
import { presences } from "../presence/presence-tables.ts";
import { placeDays } from "../caseloads/caseloads-tables.ts";
import { plans } from "../plans/plans-tables.ts";
import { operatorHoldings } from "./operator-holdings.ts";
import { planHoldings } from "./plan-holdings.ts";
import { sponsorshipHoldings } from "./sponsorship-holdings.ts";
import { audit, capacity, engagements, idempotencyKeys, matches, requests, standings } from "../tables.ts";

/**
 * What matching holds on people. Rows stay when a person is erased, because they are the other side's history too
 * and what is counted of the programme: a need out of closed lists, a district, days and a rating, and the id of
 * somebody who has no name any more. `eraseData` takes out of them what was the person's name,
 * and the hamlet.
 */
export const ownHoldings: readonly Holding[] = [
  {
    table: requests,
    of: ({ personId }) => eq(requests.personId, personId),
    show: {
      section: "requests",
      columns: {
        id: requests.id,
        need: requests.need,
        districtCode: requests.districtCode,
        placeName: requests.placeName,
        placeLatitude: requests.placeLatitude,
        placeLongitude: requests.placeLongitude,
        womanOnly: requests.womanOnly,
        channel: requests.channel,
        state: requests.state,
        openedAt: requests.openedAt,
      },
    },
    erase: "keep",
  },
  {
    table: matches,
    of: ({ personId }) =>
      sql`${matches.requestId} in (select r.id from ${requests} r where r.person_id = ${personId})`,
    show: {
      section: "offersShown",
      columns: {
        requestId: matches.requestId,
        provider: matches.providerName,
        state: matches.state,
        rank: matches.rank,
        distanceKm: matches.distanceKm,
        priceCentimos: matches.priceCentimos,
        priceUnit: matches.priceUnit,
        reasons: matches.reasons,
        askedAt: matches.askedAt,
        answeredAt: matches.answeredAt,
      },
    },
    erase: "keep",
  },
  {
    // Asked of them as a provider: what was asked, and not of whom it was.
    table: matches,
    of: ({ personId }) => eq(matches.providerPersonId, personId),
    show: {
      section: "asksReceived",
      columns: {
        matchId: matches.id,
        providerName: matches.providerName,
        state: matches.state,
        need: sql`(select r.need from ${requests} r where r.id = request_id)`,
        districtCode: sql`(select r.district_code from ${requests} r where r.id = request_id)`,
        score: matches.score,
        reasons: matches.reasons,
        askedAt: matches.askedAt,
        answeredAt: matches.answeredAt,
      },
    },
    erase: "keep",
  },
  {
    table: engagements,
    of: ({ personId }) =>
      or(
        eq(engagements.providerPersonId, personId),
        sql`${engagements.requestId} in (select r.id from ${requests} r where r.person_id = ${personId})`,
      ),
    show: {
      section: "visits",
      columns: {
        id: engagements.id,
        requestId: engagements.requestId,
        state: engagements.state,
        agreedAt: engagements.agreedAt,
        visitOn: engagements.visitOn,
        closedAt: engagements.closedAt,
        priceCentimos: engagements.priceCentimos,
        cancelReason: engagements.cancelReason,
        helped: engagements.helped,
      },
    },
    erase: "keep",
  },
  {
    // What they said of the other side, and what that said of them once they could read it.
    table: ratings,
    of: ({ personId }) =>
      sql`exists (select from ${engagements} e join ${requests} r on r.id = e.request_id
        where e.id = engagement_id and (
          (r.person_id = ${personId} and ("by" = 'requester' or published_at is not null))
          or (e.provider_person_id = ${personId} and ("by" = 'provider' or published_at is not null))))`,
    show: {
      section: "ratings",
      columns: {
        engagementId: ratings.engagementId,
        by: ratings.by,
        score: ratings.score,
        at: ratings.at,
        publishedAt: ratings.publishedAt,
      },
    },
    erase: "keep",
  },
  {
    table: quotes,
    of: ({ personId }) =>
      sql`exists (select from ${matches} m join ${requests} r on r.id = m.request_id
        where m.id = match_id and ${personId} in (r.person_id, m.provider_person_id))`,
    show: {
      section: "pricesProposed",
      columns: {
        matchId: quotes.matchId,
        by: quotes.by,
        priceCentimos: quotes.priceCentimos,
        priceUnit: quotes.priceUnit,
        visitOn: quotes.visitOn,
        at: quotes.at,
        state: quotes.state,
      },
    },
    erase: "keep",
  },
  {
    table: disputes,
    of: ({ personId }) =>
      sql`exists (select from ${engagements} e join ${requests} r on r.id = e.request_id
        where e.id = engagement_id and ${personId} in (r.person_id, e.provider_person_id))`,
    show: {
      section: "disputes",
      columns: {
        engagementId: disputes.engagementId,
        by: disputes.by,
        reason: disputes.reason,
        at: disputes.at,
        settledAt: disputes.settledAt,
        outcome: disputes.outcome,
      },
    },
    erase: "keep",
  },
  {
    // Of ratings only what is published: the sum would tell what the other side has just said.
    table: standings,
    of: ({ personId }) =>
      sql`${standings.providerId} in (select m.provider_id from ${matches} m where m.provider_person_id = ${personId})`,
    show: {
      section: "standings",
      columns: {
        providerId: standings.providerId,
        ratings: standings.publishedRatings,
        ratingSum: standings.publishedSum,
        asks: standings.asks,
        answers: standings.answers,
        noShows: standings.noShows,
        completed: standings.completed,
        cancelledLate: standings.cancelledLate,
        helped: standings.helped,
        helpAsked: standings.helpAsked,
      },
    },
    erase: "keep",
  },
  {
    table: complaints,
    of: ({ personId }) => eq(complaints.personId, personId),
    show: {
      section: "complaints",
      columns: {
        id: complaints.id,
        provider: sql`(select m.provider_name from ${matches} m where m.id = match_id)`,
        requestId: complaints.requestId,
        state: complaints.state,
        raisedAt: complaints.raisedAt,
        settledAt: complaints.settledAt,
      },
    },
    erase: "keep",
  },
  ...sponsorshipHoldings,
  theirRows(blocks, blocks.personId, "blocks", {
    providerId: blocks.providerId,
    by: blocks.by,
    at: blocks.at,
  }),
  {
    table: reviews,
    of: ({ personId }) => eq(reviews.personId, personId),
    show: {
      section: "reviews",
      columns: {
        requestId: reviews.requestId,
        why: reviews.why,
        askedAt: reviews.askedAt,
        outcome: reviews.outcome,
        settledAt: reviews.settledAt,
      },
    },
    erase: "keep",
  },
  {
    table: searches,
    of: ({ personId }) =>
      sql`${searches.requestId} in (select r.id from ${requests} r where r.person_id = ${personId})`,
    show: {
      section: "searches",
      columns: {
        requestId: searches.requestId,
        stage: searches.stage,
        at: searches.at,
        candidates: searches.candidates,
        listed: searches.listed,
        dropped: searches.dropped,
      },
    },
    erase: "keep",
  },
  ...operatorHoldings,
  {
    table: askLoad,
    of: ({ personId }) =>
      sql`${askLoad.providerId} in (select m.provider_id from ${matches} m where m.provider_person_id = ${personId})`,
    show: {
      section: "answering",
      columns: {
        providerId: askLoad.providerId,
        silentInRow: askLoad.silentInRow,
        answeredAt: askLoad.answeredAt,
        restedAt: askLoad.restedAt,
      },
    },
    erase: "keep",
  },
  {
    // Where they were is of use to nobody once they are gone, and `eraseData` takes it away.
    table: presences,
    of: ({ personId }) => eq(presences.personId, personId),
    show: {
      section: "presence",
      columns: {
        engagementId: presences.engagementId,
        arrivedAt: presences.arrivedAt,
        expectedUntil: presences.expectedUntil,
        leftAt: presences.leftAt,
      },
    },
    erase: "delete",
  },
  {
    table: closures,
    of: ({ personId }) => sql`${closures.closedBy} like ${`person:${personId}%`}`,
    show: {
      section: "closures",
      columns: {
        area: closures.area,
        placeName: closures.placeName,
        until: closures.until,
        reason: closures.reason,
        closedAt: closures.closedAt,
      },
    },
    erase: "keep",
  },
  ...planHoldings,
  {
    table: audit,
    of: ({ personId }) => sql`${audit.actor} like ${`person:${personId}%`}`,
    show: {
      section: "acts",
      columns: { at: audit.at, actor: audit.actor, action: audit.action, subject: audit.subject },
    },
    erase: "keep",
  },
];

/** Tables that hold nothing on a person, or that erasure cleans by itself. */
export const impersonal: readonly PgTable[] = [capacity, placeDays, plans, idempotencyKeys];
