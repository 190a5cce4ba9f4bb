import { crops, topics } from "@minka/domain/vocabulary";
import { z } from "zod";
import { phoneText } from "./auth.ts";
import { wallTime } from "./caseloads.ts";
import { centimos, instantText, limaDay, reason } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { engagementStates } from "./engagements.ts";
import { event } from "./event.ts";
import {
  agentRefusals,
  month,
  planAgent,
  planId,
  planPlace,
  planTime,
  planVisitId,
  planVisitStates,
} from "./plans.ts";
import { codesOf, planReasons } from "./reason-codes.ts";

/** Why a producer cannot. */
export const producerRefusals = ["busy", "away", "not_needed", "other"] as const;

/** A stop of an agent's day. Who has not agreed yet is a place and a number. */
const stop = z.object({
  sessionId: z.uuid(),
  kind: z.enum(["group", "single"]),
  order: z.int().describe("1 is the first of the day"),
  startsAt: wallTime,
  topic: z.enum(topics).nullable(),
  crop: z.enum(crops).nullable(),
  ...planPlace,
  visits: z.array(
    z.object({
      planVisitId: z.uuid(),
      state: z.enum(planVisitStates),
      name: z.string().nullable().describe("Once they have agreed"),
      phone: phoneText.nullable().describe("Once they have agreed"),
      engagement: z
        .object({ id: z.uuid(), state: z.enum(engagementStates) })
        .nullable()
        .default(null)
        .describe("What they agreed on: where the agent says that they arrived, and how it came out"),
    }),
  ),
});

export const listPlanDays = endpoint({
  service: "matching",
  method: "GET",
  path: "/api/matching/people/:personId/plan-days",
  summary: "The days of an agent in approved plans, from today on unless a month is given: stops in order.",
  access: ["service", "person", "operator"],
  params: z.object({ personId: z.uuid() }),
  query: z.object({ month: month.optional() }),
  answer: z.object({
    months: z.array(
      z.object({
        planId: z.uuid(),
        providerId: z.uuid(),
        month,
        answer: planAgent.shape.answer,
        visits: z.int(),
        days: z.array(z.object({ day: limaDay, stops: z.array(stop) })),
      }),
    ),
  }),
});

export const answerPlanMonth = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/plans/:planId/agents/:providerId/answer",
  summary:
    "The agent agrees to their month, all or without some days, or says that they cannot on some days or at all: what they had then is planned anew. 409 `month-changed` when `visits` is not what they were shown.",
  access: ["service", "person", "operator"],
  params: planId.extend({ providerId: z.uuid() }),
  body: z.discriminatedUnion("accept", [
    z.object({
      accept: z.literal(true),
      exceptDays: z.array(limaDay).max(31).default([]),
      visits: z.int().optional().describe("How many they were told of"),
    }),
    z.object({
      accept: z.literal(false),
      days: z.array(limaDay).min(1).max(31).optional().describe("Left out: none of the month"),
      reason: z.enum(agentRefusals).default("other"),
    }),
  ]),
  answer: z.object({ planId: z.uuid(), answer: planAgent.shape.answer }),
});

/** What the question to a producer says. */
const proposal = z.object({
  planVisitId: z.uuid(),
  planId: z.uuid(),
  personId: z.uuid(),
  state: z.enum(planVisitStates),
  providerId: z.uuid(),
  providerName: z.string(),
  topic: z.enum(topics).nullable(),
  crop: z.enum(crops).nullable(),
  ...planTime,
  kind: z.enum(["group", "single"]).describe("single: at theirs"),
  people: z.int().describe("How many the session is for, with them"),
  ...planPlace,
  atTheirs: z.boolean().default(true).describe("The others of a group come to them"),
  hostName: z
    .string()
    .nullable()
    .default(null)
    .describe("At whose place a group meets, once that person has agreed"),
  priceCentimos: centimos.nullable(),
  priceUnit: z.string().nullable(),
  moved: z
    .object({ providerName: z.string(), ...planTime, why: reason.describe("The codes of `why`") })
    .nullable()
    .default(null)
    .describe("Where it was before it was moved or taken away last, and why it is not there"),
  answerBy: instantText.nullable().describe("Null unless they are being asked"),
  why: reason.nullable().describe(codesOf("Why it is with nobody, or will not be.", planReasons)),
});
export type PlanProposal = z.output<typeof proposal>;

export const readPlanVisit = endpoint({
  service: "matching",
  method: "GET",
  path: "/api/matching/plan-visits/:planVisitId",
  summary: "A visit as its producer is told of it; 404 before they are.",
  access: ["service", "person", "operator"],
  params: planVisitId,
  answer: z.object({ visit: proposal }),
});

export const listProposedVisits = endpoint({
  service: "matching",
  method: "GET",
  path: "/api/matching/people/:personId/plan-visits",
  summary: "Visits of plans that a person is asked about or has agreed to, the next first.",
  access: ["service", "person", "operator"],
  params: z.object({ personId: z.uuid() }),
  answer: z.object({ visits: z.array(proposal) }),
});

export const answerPlanVisit = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/plan-visits/:planVisitId/answer",
  summary:
    "The producer says yes, and with their agent's yes the visit is agreed on, or no: another time is looked for, once. An agent (`by`) may say no to a visit. The first answer stands: 409 `already-answered`, `not-being-asked`, `answer-too-late`, `visit-moved` where it is not at the day and hour that they were told of.",
  access: ["service", "person", "operator"],
  params: planVisitId,
  body: z.object({
    by: z.enum(["producer", "agent"]).default("producer"),
    accept: z.boolean(),
    reason: z.enum([...new Set([...producerRefusals, ...agentRefusals])]).optional(),
    told: z.object(planTime).optional().describe("The day and hour that they answer to"),
    otherDay: limaDay.optional().describe("With a no: when they could"),
  }),
  answer: z.object({
    planVisitId: z.uuid(),
    state: z.enum(planVisitStates),
    requestId: z.uuid().nullable(),
    engagementId: z.uuid().nullable(),
  }),
});

/** An agent's month was approved, or has changed since they agreed: they are asked whether it will do, or told where it does. */
export const planAgentTold = event({
  name: "plan.agent-told",
  emitter: "matching",
  subscribers: ["notifications"],
  payload: z.object({
    planId: z.uuid(),
    providerId: z.uuid(),
    personId: z.uuid(),
    occasion: z.enum(["first", "changed", "reminder"]),
    why: reason.optional().describe("Of a change: of the first visit of theirs that moved"),
  }),
});

/** A producer is asked whether a visit suits them: for the first time, at another time, or because they said nothing. */
export const planVisitProposed = event({
  name: "plan.visit-proposed",
  emitter: "matching",
  subscribers: ["notifications"],
  payload: z.object({
    planId: z.uuid(),
    planVisitId: z.uuid(),
    personId: z.uuid(),
    occasion: z.enum(["first", "moved", "reminder"]),
  }),
});

/** A visit that a producer was asked about, or had agreed to, will not be, or not then; `why` of the visit says it. */
export const planVisitWithdrawn = event({
  name: "plan.visit-withdrawn",
  emitter: "matching",
  subscribers: ["notifications"],
  payload: z.object({ planId: z.uuid(), planVisitId: z.uuid(), personId: z.uuid() }),
});

/** The evening before a day with visits that were agreed on: the agent is told the day. */
export const planDayDue = event({
  name: "plan.day-due",
  emitter: "matching",
  subscribers: ["notifications"],
  payload: z.object({ planId: z.uuid(), providerId: z.uuid(), personId: z.uuid(), day: limaDay }),
});

/**
 * Somebody has to look at a plan: it waits for its review, could not be made, has visits that are with nobody since it
 * was approved, or could not be placed anew after a change and stands as it did. `personId` had it made.
 */
export const planNeedsReview = event({
  name: "plan.needs-review",
  emitter: "matching",
  subscribers: ["notifications"],
  payload: z.object({
    planId: z.uuid(),
    personId: z.uuid().nullable(),
    occasion: z.enum(["drawn-up", "failed", "visits-left", "not-placed-anew"]),
    month,
    visits: z.int(),
    unassigned: z.int(),
  }),
});

export const planVisitEndpoints = [
  listPlanDays,
  answerPlanMonth,
  readPlanVisit,
  listProposedVisits,
  answerPlanVisit,
];
