import type { Holding } from "@minka/database/holdings";
import { eq, or, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { complaints } from "../complaints/complaints-tables.ts";
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
        rating: engagements.score,
      },
    },
    erase: "keep",
  },
  {
    table: standings,
    of: ({ personId }) =>
      sql`${standings.providerId} in (select m.provider_id from ${matches} m where m.provider_person_id = ${personId})`,
    show: {
      section: "standings",
      columns: {
        providerId: standings.providerId,
        ratings: standings.ratings,
        ratingSum: standings.ratingSum,
        asks: standings.asks,
        answers: standings.answers,
        noShows: standings.noShows,
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
export const impersonal: readonly PgTable[] = [capacity, idempotencyKeys];
