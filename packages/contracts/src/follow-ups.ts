import { z } from "zod";
import { instantText } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { event } from "./event.ts";
import { quote, sides } from "./quotes.ts";

/** Why a side calls something off: words that can be counted. */
export const cancelReasons = [
  "not_needed",
  "found_another",
  "price",
  "date",
  "road",
  "health",
  "busy",
  "other",
] as const;
export type CancelReason = (typeof cancelReasons)[number];

export const helpAnswers = ["yes", "some", "no"] as const;
export type HelpAnswer = (typeof helpAnswers)[number];

const engagementId = z.object({ engagementId: z.uuid() });
const whoever = ["service", "person", "operator"] as const;
const answer = z.object({ requestId: z.uuid() });

export const callOffVisit = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/engagements/:engagementId/cancellation",
  summary:
    "The provider calls off what was agreed, before its day: the next of the list is asked. The producer calls off the request instead.",
  access: whoever,
  params: engagementId,
  body: z.object({ reason: z.enum(cancelReasons).optional() }),
  answer,
});

export const sayHelp = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/engagements/:engagementId/help",
  summary: "The producer says, a month later, whether it helped. Once.",
  access: whoever,
  params: engagementId,
  body: z.object({ helped: z.enum(helpAnswers) }),
  answer,
});

/** Who did something, without who that is. */
const historyActors = [...sides, "operator", "minka", "timer"] as const;

export const readHistory = endpoint({
  service: "matching",
  method: "GET",
  path: "/api/matching/requests/:requestId/history",
  summary: "All that happened to a request, oldest first, for who asked and for operators.",
  access: whoever,
  params: z.object({ requestId: z.uuid() }),
  answer: z.object({
    steps: z.array(
      z.object({
        at: instantText,
        action: z
          .string()
          .describe('Noun and transition: "request.show-list", "match.ask", "engagement.finish"'),
        by: z.enum(historyActors).describe("`minka` passes on what a person wrote to it"),
        matchId: z.uuid().nullable(),
        engagementId: z.uuid().nullable(),
        quote: quote.nullable().default(null).describe("What was proposed, of a step that proposes"),
      }),
    ),
  }),
});

export const followUpEndpoints = [callOffVisit, sayHelp, readHistory];

const ids = { requestId: z.uuid(), engagementId: z.uuid(), matchId: z.uuid() };

/** 17:00 in Lima of the day before an agreed visit: both are reminded. */
export const reminderDue = event({
  name: "engagement.reminder-due",
  emitter: "matching",
  subscribers: ["notifications"],
  payload: z.object({
    ...ids,
    /** Of an agent's plan: the agent is told the whole day at once instead. */
    planVisitId: z.uuid().optional(),
  }),
});

/** The producer has not said in two days whether it took place: the provider is asked too. */
export const outcomeUnanswered = event({
  name: "engagement.outcome-unanswered",
  emitter: "matching",
  subscribers: ["notifications"],
  payload: z.object(ids),
});

/** A month after it was done: did it help? */
export const helpAsked = event({
  name: "engagement.help-asked",
  emitter: "matching",
  subscribers: ["notifications"],
  payload: z.object(ids),
});

/** Another day for an agreed visit was accepted: both are told. */
export const engagementMoved = event({
  name: "engagement.moved",
  emitter: "matching",
  subscribers: ["notifications"],
  payload: z.object(ids),
});

/** The provider called it off before its day. The next of the list is asked, or the search goes on. */
export const engagementCalledOff = event({
  name: "engagement.called-off",
  emitter: "matching",
  subscribers: ["notifications"],
  payload: z.object({ ...ids, nextMatchId: z.uuid().nullable() }),
});
