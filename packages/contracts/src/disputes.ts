import { z } from "zod";
import { limaDay } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { event } from "./event.ts";
import { sides } from "./quotes.ts";

/** What a side may say is wrong. */
export const disputeReasons = [
  "not_paid",
  "price",
  "bad_work",
  "not_finished",
  "did_not_come",
  "other",
] as const;

/** Also why Minka itself puts an engagement before a person. */
export const allDisputeReasons = [
  ...disputeReasons,
  "outcome-unknown",
  "rework-declined",
  "rework-unanswered",
] as const;
export type DisputeReason = (typeof allDisputeReasons)[number];

export const settlements = ["done", "no_show", "cancelled", "rework"] as const;
export type Settlement = (typeof settlements)[number];

const engagementId = z.object({ engagementId: z.uuid() });
const whoever = ["service", "person", "operator"] as const;
const answer = z.object({ requestId: z.uuid() });

export const askRework = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/engagements/:engagementId/rework",
  summary: "The producer says that finished work must be done again: its provider is asked.",
  access: whoever,
  params: engagementId,
  answer,
});

export const answerRework = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/engagements/:engagementId/rework/answer",
  summary:
    "The provider accepts and says when, which agrees the visit anew, or declines, which puts it before an operator. So does silence.",
  access: whoever,
  params: engagementId,
  body: z.discriminatedUnion("accept", [
    z.object({
      accept: z.literal(true),
      visitOn: limaDay.optional().describe("Two days from now unless said"),
    }),
    z.object({ accept: z.literal(false) }),
  ]),
  answer,
});

export const disputeEngagement = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/engagements/:engagementId/dispute",
  summary:
    "Either side puts what was agreed or done before an operator, with a reason. While one is open it stands as it was first said: another, of either side and for whatever reason, is answered alike and changes nothing.",
  access: whoever,
  params: engagementId,
  body: z.object({
    reason: z.enum(disputeReasons),
    by: z.enum(sides).optional().describe("For whom a service or an operator says it"),
  }),
  answer,
});

export const settleDispute = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/engagements/:engagementId/settlement",
  summary:
    "An operator decides: it was done, nobody came (the next is asked), it is called off, or it must be done again.",
  access: ["operator"],
  params: engagementId,
  body: z.object({ outcome: z.enum(settlements) }),
  answer,
});

export const disputeEndpoints = [askRework, answerRework, disputeEngagement, settleDispute];

const ids = { requestId: z.uuid(), engagementId: z.uuid(), matchId: z.uuid() };

/** The producer wants it done again: its provider answers. */
export const reworkAsked = event({
  name: "engagement.rework-asked",
  emitter: "matching",
  subscribers: ["notifications"],
  payload: z.object(ids),
});

/** The provider comes again: both are told the day. */
export const reworkAgreed = event({
  name: "engagement.rework-agreed",
  emitter: "matching",
  subscribers: ["notifications"],
  payload: z.object(ids),
});

/** An engagement is before an operator; `request.handed-over` says so of its request. `by` is null where nobody answered. */
export const engagementDisputed = event({
  name: "engagement.disputed",
  emitter: "matching",
  subscribers: ["notifications"],
  payload: z.object({ ...ids, by: z.enum(sides).nullable(), reason: z.enum(allDisputeReasons) }),
});

/** What was decided, for both sides. What follows of it is told by the event of each outcome. */
export const disputeSettled = event({
  name: "engagement.settled",
  emitter: "matching",
  subscribers: ["notifications"],
  payload: z.object({ ...ids, outcome: z.enum(settlements) }),
});
