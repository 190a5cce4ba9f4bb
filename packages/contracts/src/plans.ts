import { crops, topics } from "@minka/domain/vocabulary";
import { z } from "zod";
import { wallTime } from "./caseloads.ts";
import { districtCode, instantText, limaDay, page, pageQuery, reason } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { engagementStates } from "./engagements.ts";
import { codesOf, planFailures, planReasons } from "./reason-codes.ts";

/**
 * A plan is the month of some agents: whom they visit, when, alone or in a group. It is made by a computation, looked
 * through and changed by a person, approved, told to the agents, who agree to their month, and then put to each
 * producer in the week before the visit. A visit is agreed on when both have said yes.
 */
export const planStates = ["computing", "failed", "draft", "approved", "closed", "discarded"] as const;

/**
 * planned: nobody has been asked. proposed: the producer is asked. accepted: both have agreed. refused: the producer
 * cannot then, and another time is looked for. unassigned: no agent, or no day. dropped: it will not be, `why` says it.
 */
export const planVisitStates = [
  "planned",
  "proposed",
  "accepted",
  "refused",
  "unassigned",
  "dropped",
] as const;
export type PlanVisitState = (typeof planVisitStates)[number];

/**
 * Why a visit is with nobody, was moved or will not be: the codes of `why` and of moves. An agent is its provider's
 * id, a day is in Lima, minutes are after midnight.
 */
export const planReasonCodes = [
  // Of placing visits.
  "no-agent-for-this", // none knows the topic and the crop
  "nobody-reaches-there",
  "all-full",
  "no-agent", // nobody is left who may take it
  "agent-unknown", // agent
  "agent-away", // agent, day
  "agent-never-works", // agent
  "agent-may-not", // agent
  "capacity-reached", // agent, people, left
  "agent-full", // agent, openDays
  "not-in-month", // day
  "day-closed", // day, area, why: market, school
  "place-closed", // day, area, lastDay, why
  "never-open", // agent
  "time-refused", // day, minute
  "outside-hours", // agent, day, minute
  "appointment", // day, minute
  "overlaps", // agent, day, minute
  "too-far", // agent, km, limitKm
  "too-long", // agent, minutes, limitMinutes
  "closer-agent", // agent, savedKm
  "makes-room", // for: the visit that it makes room for
  // Of what people said and did.
  "by-hand", // a person moved, added or took it off
  "agent-unavailable", // agent, day
  "agent-refused", // agent
  "agent-silent", // agent
  "agent-left", // agent
  "producer-cannot-then", // day
  "producer-refused",
  "no-answer",
  "person-left", // or does not agree to be served
  "too-late", // to ask anybody
  "served-otherwise", // called off, or served by somebody else
  "month-over",
] as const;
export type PlanReasonCode = (typeof planReasonCodes)[number];

/** Why an agent cannot. */
export const agentRefusals = ["ill", "busy", "far", "other"] as const;

export const month = z
  .string()
  .regex(/^20\d\d-(0[1-9]|1[0-2])$/, "YYYY-MM")
  .describe("Calendar month in Lima, YYYY-MM");

const figures = z.object({
  visits: z.int(),
  assigned: z.int(),
  unassigned: z.int(),
  sessions: z.int().describe("Stops, groups and single ones"),
  groupSessions: z.int(),
  totalKm: z.number().describe("Great-circle, from the agents' bases to the visits, each for itself"),
  bound: z
    .number()
    .describe(
      "No plan that keeps as many people with their agent has less; fewer km would cost more of them",
    ),
  gap: z
    .number()
    .describe("(totalKm - bound) / totalKm, 0 to 1: how far it can be from the best; 0 is as good as can be"),
});

export const planAgent = z.object({
  providerId: z.uuid(),
  providerName: z.string(),
  visits: z.int(),
  days: z.int(),
  answer: z
    .enum(["waiting", "accepted", "refused"])
    .nullable()
    .describe(
      "To their month; null while they have not been told, waiting also after others gave them visits or put theirs on another day; what they changed themself, or a producer, they are told",
    ),
});

const plan = z.object({
  id: z.uuid(),
  month,
  organizationId: z.uuid().nullable(),
  state: z.enum(planStates),
  computing: z.boolean().describe("Visits are being placed; until then nothing can be changed"),
  why: reason
    .nullable()
    .describe(codesOf("Why it failed, or could not be placed anew and stands as it did.", planFailures)),
  figures: figures.nullable().describe("As it was made; null before"),
  createdAt: instantText,
  approvedAt: instantText.nullable(),
});
export type Plan = z.output<typeof plan>;

export const planId = z.object({ planId: z.uuid() });
export const planVisitId = z.object({ planVisitId: z.uuid() });
const onePlan = z.object({ plan: plan.extend({ agents: z.array(planAgent) }) });

export const planPlace = {
  districtCode,
  placeName: z.string().nullable().describe("The hamlet; never a point"),
};
export const planTime = { day: limaDay, startsAt: wallTime };

const move = z.object({
  at: instantText,
  from: z.object({ providerId: z.uuid(), ...planTime }).nullable(),
  to: z.object({ providerId: z.uuid(), ...planTime }).nullable(),
  why: reason.describe("Why it was moved: the codes of `why` of the visit"),
});

const planVisit = z.object({
  id: z.uuid(),
  planId: z.uuid(),
  personId: z.uuid(),
  topic: z.enum(topics).nullable(),
  crop: z.enum(crops).nullable(),
  ...planPlace,
  state: z.enum(planVisitStates),
  why: reason.nullable().describe(codesOf("Why it is with nobody, or will not be.", planReasons)),
  providerId: z.uuid().nullable(),
  day: limaDay.nullable(),
  startsAt: wallTime.nullable(),
  sessionId: z.uuid().nullable(),
  kind: z.enum(["group", "single"]).nullable(),
  km: z.number().nullable().describe("Whole kilometres from the agent's base"),
  previousProviderId: z.uuid().nullable().describe("Who visited them for this in the month before"),
  requestId: z.uuid().nullable().describe("What they asked for, or what their yes opened"),
  engagement: z.object({ id: z.uuid(), state: z.enum(engagementStates) }).nullable(),
  moves: z.array(move).describe("The newest first"),
});
export type PlanVisit = z.output<typeof planVisit>;

export const makePlan = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/plans",
  summary:
    "Have a month planned for all agents, an organization's (its own, and who granted it their offers: POST /api/catalog/providers/:providerId/grants), or some of them. Visited are the people of the agents' caseloads, whom they have fixed a day with, and whose request for a visit is with an operator (of an organization: its members); who has asked for the same and is being served otherwise is left to that. It is computed apart: read it until it is a `draft`. 409 `plan-exists` where one of the agents is in a plan of that month that is not discarded; 422 `month-past`, `agent-unknown`. Without any agent who is verified, has a profile and offers visits it is `failed`.",
  access: ["person", "operator"],
  body: z.object({
    month,
    organizationId: z.uuid().nullable().default(null).describe("Managers name theirs"),
    agentProviderIds: z.array(z.uuid()).min(1).max(500).optional(),
    groupMax: z.int().min(1).max(40).default(8).describe("People in a group session; 1: none"),
    groupRadiusKm: z.number().min(0).max(10).default(1.5).describe("How far anybody walks to one"),
    keepKm: z.number().min(0).max(100).default(5).describe("What it may cost to keep last month's agent"),
  }),
  answer: z.object({ planId: z.uuid(), state: z.enum(planStates) }),
  status: 202,
});

export const listPlans = endpoint({
  service: "matching",
  method: "GET",
  path: "/api/matching/plans",
  summary: "Plans, the newest first; managers say of which organization.",
  access: ["person", "operator"],
  query: z.object({ month: month.optional(), organizationId: z.uuid().optional(), ...pageQuery }),
  answer: page(plan),
});

export const readPlan = endpoint({
  service: "matching",
  method: "GET",
  path: "/api/matching/plans/:planId",
  summary: "A plan with its agents and figures: operators, and managers of its organization.",
  access: ["person", "operator"],
  params: planId,
  answer: onePlan,
});

export const listPlanVisits = endpoint({
  service: "matching",
  method: "GET",
  path: "/api/matching/plans/:planId/visits",
  summary:
    "The visits of a plan, by day and hour, each with what moved it and why. Operators, and managers of its organization.",
  access: ["person", "operator"],
  params: planId,
  query: z.object({
    planVisitId: z.uuid().optional().describe("This one alone"),
    providerId: z.uuid().optional(),
    day: limaDay.optional(),
    state: z.enum(planVisitStates).optional(),
    ...pageQuery,
  }),
  answer: page(planVisit),
});

export const addPlanVisit = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/plans/:planId/visits",
  summary:
    "Add a visit; it is with nobody until it is moved to an agent or the rest is planned again. 409 `visit-exists`.",
  access: ["person", "operator"],
  params: planId,
  body: z.object({ personId: z.uuid(), topic: z.enum(topics), crop: z.enum(crops) }),
  answer: z.object({ visit: planVisit }),
  status: 201,
});

export const movePlanVisit = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/plan-visits/:planVisitId/move",
  summary:
    "Put a visit to another agent, day, hour or session. 409 with what is against it as its code: `agent-cannot`, `agent-refused-by`, `out-of-reach`, `agent-full`, `agent-away`, `day-closed`, `place-closed`, `time-refused`, `outside-hours`, `overlaps`, `too-far`, `session-full`, `session-too-far`, `session-of-another-topic`; or `plan-changed`, `plan-computing`; 422 `outside-month`.",
  access: ["person", "operator"],
  params: planVisitId,
  body: z.union([
    z.object({ sessionId: z.uuid().describe("Into this one, with its agent and time") }).strict(),
    z.object({ providerId: z.uuid(), ...planTime }).strict(),
  ]),
  answer: z.object({ visit: planVisit }),
});

export const removePlanVisit = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/plan-visits/:planVisitId/removal",
  summary: "Take a visit out of its plan; who had been asked is told.",
  access: ["person", "operator"],
  params: planVisitId,
  answer: z.object({ visit: planVisit }),
});

export const approvePlan = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/plans/:planId/approval",
  summary:
    "Nothing is sent before this. Places are taken of the agents' months; agents are told and asked, producers in the week before their visit, once their agent has agreed.",
  access: ["person", "operator"],
  params: planId,
  answer: onePlan,
});

export const discardPlan = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/plans/:planId/discard",
  summary: "Throw away a plan that was not approved.",
  access: ["person", "operator"],
  params: planId,
  answer: z.object({ planId: z.uuid(), state: z.enum(planStates) }),
});

export const replanPlan = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/plans/:planId/replan",
  summary:
    "Place anew what cannot stay as it is, moving as few people as possible: after a change of calendars, with an agent who cannot come on some days, or with visits that are with nobody.",
  access: ["person", "operator"],
  params: planId,
  body: z.object({
    unavailable: z
      .object({
        providerId: z.uuid(),
        days: z.array(limaDay).min(1).max(31).optional().describe("Left out: the rest of the month"),
        reason: z.enum(agentRefusals).default("other"),
      })
      .optional(),
  }),
  answer: onePlan,
  status: 202,
});

export const planEndpoints = [
  makePlan,
  listPlans,
  readPlan,
  listPlanVisits,
  addPlanVisit,
  movePlanVisit,
  removePlanVisit,
  approvePlan,
  discardPlan,
  replanPlan,
];
