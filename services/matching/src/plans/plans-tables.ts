import type { Reason } from "@minka/contracts/common";
import { planStates, planVisitStates } from "@minka/contracts/plans";
import { id, instant } from "@minka/database/columns";
import { crops, topics } from "@minka/domain/vocabulary";
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
  uniqueIndex,
  uuid,
} from "@minka/database/table";
import { requests } from "../tables.ts";

const schema = pgSchema("matching");

/** As it was asked for. */
export type PlanSettings = {
  readonly agentProviderIds: readonly string[] | null;
  readonly groupMax: number;
  readonly groupRadiusKm: number;
  readonly keepKm: number;
};

/** As it was made. */
export type PlanFigures = {
  readonly visits: number;
  readonly assigned: number;
  readonly unassigned: number;
  readonly sessions: number;
  readonly groupSessions: number;
  readonly totalKm: number;
  readonly bound: number;
  readonly gap: number;
};

/** A month of some agents. Its row is the lock for all that is in it. */
export const plans = schema.table(
  "plans",
  {
    id: id(),
    month: text("month").notNull(),
    organizationId: uuid("organization_id"),
    /** Who had it made, and is told how it stands. */
    madeBy: uuid("made_by"),
    state: text("state", { enum: planStates }).notNull(),
    settings: jsonb("settings").$type<PlanSettings>().notNull(),
    /** When visits are to be placed, or placed anew; null: nothing is to be computed. */
    computeAt: instant("compute_at"),
    computeAttempts: integer("compute_attempts").notNull(),
    /** Grows with what is changed: what was computed from something older is thrown away. */
    version: integer("version").notNull(),
    why: jsonb("why").$type<Reason>(),
    figures: jsonb("figures").$type<PlanFigures>(),
    createdAt: instant("created_at").notNull(),
    approvedAt: instant("approved_at"),
    /** The end of its month. */
    closesAt: instant("closes_at").notNull(),
    trace: text("trace").notNull(),
  },
  (table) => [
    index("plans_month").on(table.month),
    index("plans_organization").on(table.organizationId, table.id),
    index("plans_to_compute")
      .on(table.computeAt)
      .where(sql`compute_at is not null`),
    index("plans_to_close")
      .on(table.closesAt)
      .where(sql`state in ('draft', 'approved')`),
    check("plans_computed_some_day", sql`state <> 'computing' or compute_at is not null`),
  ],
);
export type PlanRow = typeof plans.$inferSelect;

const planId = () =>
  uuid("plan_id")
    .notNull()
    .references(() => plans.id);

/** An agent of a plan, and what they said to their month. */
export const planAgents = schema.table(
  "plan_agents",
  {
    planId: planId(),
    providerId: uuid("provider_id").notNull(),
    providerName: text("provider_name").notNull(),
    personId: uuid("person_id").notNull(),
    answer: text("answer", { enum: ["waiting", "accepted", "refused"] }),
    askedAt: instant("asked_at"),
    answeredAt: instant("answered_at"),
    /** While waiting: when to remind them, then when to stop waiting. */
    dueAt: instant("due_at"),
    reminded: boolean("reminded").notNull(),
    /** Days that they said no to, over their calendar. */
    unavailable: date("unavailable", { mode: "string" }).array().notNull(),
    /** The last day that they were told of on the evening before. */
    dayTold: date("day_told", { mode: "string" }),
    trace: text("trace").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.planId, table.providerId] }),
    index("plan_agents_provider").on(table.providerId),
    index("plan_agents_person").on(table.personId),
    index("plan_agents_due")
      .on(table.dueAt)
      .where(sql`answer = 'waiting'`),
    check("plan_agents_answer_some_day", sql`answer <> 'waiting' or due_at is not null`),
  ],
);
export type PlanAgentRow = typeof planAgents.$inferSelect;

/** A stop of an agent's day: one visit, or a group at the place of its first. */
export const planSessions = schema.table(
  "plan_sessions",
  {
    id: id(),
    planId: planId(),
    providerId: uuid("provider_id").notNull(),
    kind: text("kind", { enum: ["group", "single"] }).notNull(),
    day: date("day", { mode: "string" }).notNull(),
    /** After midnight in Lima. */
    minute: integer("minute").notNull(),
    /** Of the day; 1 is first. */
    stopOrder: integer("stop_order").notNull(),
    topic: text("topic", { enum: topics }),
    crop: text("crop", { enum: crops }),
    /** At whose place it is: their visit. */
    hostVisitId: uuid("host_visit_id").notNull(),
  },
  (table) => [index("plan_sessions_day").on(table.planId, table.providerId, table.day)],
);
export type PlanSessionRow = typeof planSessions.$inferSelect;

/** What was fixed before the plan. */
export type FixedTime = { readonly agent: string; readonly day: string; readonly minute: number };

/** A time that a producer said no to. */
export type RefusedTime = { readonly day: string; readonly minute: number | null };

/** The visit of one person in a plan. Where they live is not kept: profiles is asked when it is needed. */
export const planVisits = schema.table(
  "plan_visits",
  {
    id: id(),
    planId: planId(),
    personId: uuid("person_id").notNull(),
    topic: text("topic", { enum: topics }),
    crop: text("crop", { enum: crops }),
    districtCode: text("district_code").notNull(),
    placeName: text("place_name"),
    womanOnly: boolean("woman_only").notNull(),
    state: text("state", { enum: planVisitStates }).notNull(),
    why: jsonb("why").$type<Reason>(),
    providerId: uuid("provider_id"),
    sessionId: uuid("session_id").references(() => planSessions.id),
    km: doublePrecision("km"),
    /** On which terms it is agreed. */
    offerId: uuid("offer_id"),
    offerVersion: integer("offer_version"),
    priceCentimos: integer("price_centimos"),
    priceUnit: text("price_unit"),
    monthlyCapacity: integer("monthly_capacity"),
    /** The month of the place it holds in its offer's capacity; null when it holds none. */
    capacityMonth: text("capacity_month"),
    previousProviderId: uuid("previous_provider_id"),
    /** What they asked for, or what their yes opened. */
    requestId: uuid("request_id").references(() => requests.id),
    matchId: uuid("match_id"),
    engagementId: uuid("engagement_id"),
    /** Agent, day and hour that were fixed before the plan. */
    fixed: jsonb("fixed").$type<FixedTime>(),
    refused: jsonb("refused").$type<RefusedTime[]>().notNull(),
    /** When they said that they could, as they refused another day. */
    otherDay: date("other_day", { mode: "string" }),
    /** Agents who said no to it. */
    refusedBy: uuid("refused_by").array().notNull(),
    /** Its agent has said yes to it. */
    agentAgrees: boolean("agent_agrees").notNull(),
    /** When its producer was told of the day and hour that stand; null: they know of none. */
    proposedAt: instant("proposed_at"),
    /** How often they were asked, at other times each. */
    proposals: integer("proposals").notNull(),
    reminded: boolean("reminded").notNull(),
    answeredAt: instant("answered_at"),
    /** When to ask the producer, to remind them, to stop waiting. */
    dueAt: instant("due_at"),
    trace: text("trace").notNull(),
  },
  (table) => [
    uniqueIndex("plan_visits_once")
      .on(table.planId, table.personId, table.topic, table.crop)
      .where(sql`state <> 'dropped'`),
    index("plan_visits_person").on(table.personId, table.id),
    index("plan_visits_session").on(table.sessionId),
    index("plan_visits_request").on(table.requestId),
    index("plan_visits_provider").on(table.providerId, table.planId),
    index("plan_visits_due")
      .on(table.dueAt)
      .where(sql`due_at is not null`),
    check(
      "plan_visits_placed",
      sql`state not in ('planned', 'proposed', 'accepted') or session_id is not null`,
    ),
    check("plan_visits_waited_for", sql`state <> 'proposed' or due_at is not null`),
  ],
);
export type PlanVisitRow = typeof planVisits.$inferSelect;

/** Where a visit was, and is. */
export type Placement = { readonly providerId: string; readonly day: string; readonly minute: number };

/** Each time that a visit was placed, moved or taken off, and why. */
export const planMoves = schema.table(
  "plan_moves",
  {
    id: id(),
    visitId: uuid("visit_id")
      .notNull()
      .references(() => planVisits.id),
    at: instant("at").notNull(),
    by: text("by").notNull(),
    from: jsonb("from").$type<Placement>(),
    to: jsonb("to").$type<Placement>(),
    why: jsonb("why").$type<Reason>().notNull(),
  },
  (table) => [index("plan_moves_visit").on(table.visitId, table.id)],
);
