import { declineReasons, withdrawalCauses } from "@minka/contracts/asks";
import type { Reason } from "@minka/contracts/common";
import { cancelReasons, helpAnswers } from "@minka/contracts/follow-ups";
import { engagementStates } from "@minka/contracts/engagements";
import { matchStates } from "@minka/contracts/matches";
import { requestStates } from "@minka/contracts/matching";
import type { Need } from "@minka/contracts/need";
import { commonTables, id, instant } from "@minka/database/columns";
import { kinds } from "@minka/domain/vocabulary";
import { sql } from "@minka/database/query";
import {
  boolean,
  check,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "@minka/database/table";
import { followUpSteps } from "./engagements/follow-up-steps.ts";
import type { ScoreParts } from "./ranking/score.ts";

const schema = pgSchema("matching");
export const { idempotencyKeys, audit } = commonTables(schema);

/** What somebody asked for. Its row is the lock for everything below it: take it first. */
export const requests = schema.table(
  "requests",
  {
    id: id(),
    personId: uuid("person_id").notNull(),
    /** Who opened it in their name, where somebody did. */
    openedThrough: uuid("opened_through"),
    kind: text("kind", { enum: kinds }).notNull(),
    need: jsonb("need").$type<Need>().notNull(),
    districtCode: text("district_code").notNull(),
    /** The hamlet that was named, and where it is. */
    placeName: text("place_name"),
    placeLatitude: doublePrecision("place_latitude"),
    placeLongitude: doublePrecision("place_longitude"),
    /** Null until it is first searched, when the person's preference decides, or until they say it of this one. */
    womanOnly: boolean("woman_only"),
    channel: text("channel").notNull(),
    state: text("state", { enum: requestStates }).notNull(),
    openedAt: instant("opened_at").notNull(),
    /** Of the list shown last; 0 before the first. */
    round: integer("round").notNull(),
    /** Which search is due while searching: 1 is near, 2 wider. */
    searchRound: integer("search_round").notNull(),
    /** How many lists there were before the present search began: more than none when an operator began it anew. */
    roundsBefore: integer("rounds_before").notNull(),
    /** When to search, while searching; later after each search that failed. */
    dueAt: instant("due_at"),
    searchAttempts: integer("search_attempts").notNull(),
    listExpiresAt: instant("list_expires_at"),
    /** Picked before anything was searched: first of the list where it can serve. */
    wantedOfferId: uuid("wanted_offer_id"),
    /** Why the search goes on, or why a person has to look. */
    reason: jsonb("reason").$type<Reason>(),
    /** Of the inbound message or call that opened it; timers go on under it. */
    trace: text("trace").notNull(),
  },
  (table) => [
    index("requests_due")
      .on(table.dueAt)
      .where(sql`state = 'searching'`),
    index("requests_lists")
      .on(table.listExpiresAt)
      .where(sql`state = 'listed'`),
    index("requests_person").on(table.personId, table.id),
    index("requests_state").on(table.state, table.id),
    index("requests_open")
      .on(table.districtCode, table.kind)
      .where(sql`state in ('searching', 'listed', 'asking', 'agreed', 'with_operator')`),
    check("requests_searched_some_day", sql`state <> 'searching' or due_at is not null`),
    check("requests_list_ends", sql`state <> 'listed' or list_expires_at is not null`),
  ],
);
export type RequestRow = typeof requests.$inferSelect;

/** An offer that was ranked and listed for a request, as it was then: later edits of it change nothing. */
export const matches = schema.table(
  "matches",
  {
    id: id(),
    requestId: uuid("request_id")
      .notNull()
      .references(() => requests.id),
    round: integer("round").notNull(),
    rank: integer("rank").notNull(),
    state: text("state", { enum: matchStates }).notNull(),
    offerId: uuid("offer_id").notNull(),
    offerVersion: integer("offer_version").notNull(),
    providerId: uuid("provider_id").notNull(),
    /** Of the business, as the list showed it. */
    providerName: text("provider_name").notNull(),
    providerPersonId: uuid("provider_person_id").notNull(),
    distanceKm: doublePrecision("distance_km"),
    priceCentimos: integer("price_centimos"),
    priceUnit: text("price_unit"),
    monthlyCapacity: integer("monthly_capacity"),
    /** Who would pay how much of the price, and does once it is asked. */
    sponsorshipId: uuid("sponsorship_id"),
    sponsorPaysCentimos: integer("sponsor_pays_centimos"),
    /** The month whose places it takes, "2026-12"; null: the month in which its provider is asked. */
    forMonth: text("for_month"),
    /** Advice by phone or message: nobody comes. */
    byPhone: boolean("by_phone").notNull().default(false),
    /** What the offer is called, where it has a title. */
    offerTitle: text("offer_title"),
    score: doublePrecision("score").notNull(),
    parts: jsonb("parts").$type<ScoreParts>().notNull(),
    weightsVersion: integer("weights_version").notNull(),
    reasons: jsonb("reasons").$type<Reason[]>().notNull(),
    askedAt: instant("asked_at"),
    askExpiresAt: instant("ask_expires_at"),
    answeredAt: instant("answered_at"),
    /** Why what its provider was asked no longer stands, without a word of theirs. */
    withdrawnBecause: text("withdrawn_because", { enum: withdrawalCauses }),
    /** Why its provider said no, where they said why. */
    declineReason: text("decline_reason", { enum: declineReasons }),
    /** The month of the place it holds in its offer's capacity; null when it holds none. */
    capacityMonth: text("capacity_month"),
    trace: text("trace").notNull(),
  },
  (table) => [
    unique("matches_order").on(table.requestId, table.round, table.rank),
    index("matches_asks")
      .on(table.askExpiresAt)
      .where(sql`state = 'asked'`),
    index("matches_open_asks")
      .on(table.providerId)
      .where(sql`state = 'asked'`),
    index("matches_asked_of")
      .on(table.providerPersonId, table.askExpiresAt)
      .where(sql`state = 'asked'`),
    check("matches_ask_ends", sql`state <> 'asked' or ask_expires_at is not null`),
  ],
);
export type MatchRow = typeof matches.$inferSelect;

/** A match that both sides accepted: a visit, a delivery, a loan interview. */
export const engagements = schema.table(
  "engagements",
  {
    id: id(),
    requestId: uuid("request_id")
      .notNull()
      .references(() => requests.id),
    matchId: uuid("match_id")
      .notNull()
      .references(() => matches.id),
    providerId: uuid("provider_id").notNull(),
    providerPersonId: uuid("provider_person_id").notNull(),
    state: text("state", { enum: engagementStates }).notNull(),
    agreedAt: instant("agreed_at").notNull(),
    visitOn: date("visit_on", { mode: "string" }).notNull(),
    /** As agreed: the offer's, or what was proposed and accepted. */
    priceCentimos: integer("price_centimos"),
    priceUnit: text("price_unit"),
    /** What its timer does next, and when. */
    nextStep: text("next_step", { enum: followUpSteps }),
    nextAt: instant("next_at"),
    closedAt: instant("closed_at"),
    reportedBy: text("reported_by", { enum: ["requester", "provider"] }),
    cancelReason: text("cancel_reason", { enum: cancelReasons }),
    /** How often it had to be done again. */
    reworks: integer("reworks").notNull().default(0),
    helped: text("helped", { enum: helpAnswers }),
    trace: text("trace").notNull(),
  },
  (table) => [
    uniqueIndex("engagements_one_standing")
      .on(table.requestId)
      .where(sql`state in ('agreed', 'done', 'rework', 'disputed')`),
    index("engagements_request").on(table.requestId),
    index("engagements_provider_day").on(table.providerId, table.visitOn),
    index("engagements_due")
      .on(table.nextAt)
      .where(sql`next_at is not null`),
    index("engagements_providing")
      .on(table.providerPersonId, table.id)
      .where(sql`state in ('agreed', 'rework')`),
    index("engagements_provided")
      .on(table.providerPersonId, table.closedAt)
      .where(sql`state in ('done', 'no_show')`),
    check("engagements_go_on", sql`state not in ('agreed', 'rework') or next_at is not null`),
  ],
);
export type EngagementRow = typeof engagements.$inferSelect;

/** What is known of a provider from work with it. An ask counts once it is answered or has run out. */
export const standings = schema.table("standings", {
  providerId: uuid("provider_id").primaryKey(),
  ratings: integer("ratings").notNull(),
  ratingSum: integer("rating_sum").notNull(),
  asks: integer("asks").notNull(),
  answers: integer("answers").notNull(),
  /** Waking minutes from ask to answer, see matches/answer-deadline.ts. */
  answerMinutesSum: integer("answer_minutes_sum").notNull(),
  noShows: integer("no_shows").notNull(),
  /** Of the ratings those that may be shown: the rank uses all, what people read only these. */
  publishedRatings: integer("published_ratings").notNull().default(0),
  publishedSum: integer("published_sum").notNull().default(0),
  completed: integer("completed").notNull().default(0),
  /** Called off by the provider after agreeing. */
  cancelledLate: integer("cancelled_late").notNull().default(0),
  /** Of who answered "did it help?" (`help_asked`), those whom it helped, much or some. */
  helped: integer("helped").notNull().default(0),
  helpAsked: integer("help_asked").notNull().default(0),
});

/** Places taken of an offer's monthly capacity: by open asks and by what came of them. */
export const capacity = schema.table(
  "capacity",
  {
    offerId: uuid("offer_id").notNull(),
    /** Calendar month in Lima, "2026-11". */
    month: text("month").notNull(),
    used: integer("used").notNull(),
  },
  (table) => [primaryKey({ columns: [table.offerId, table.month] }), check("capacity_used", sql`used >= 0`)],
);
