import { z } from "zod";
import { event } from "./event.ts";

/** Everything that happens in one service and matters to another. Payloads carry ids only. */
const ids = { requestId: z.uuid() };

export const requestMatched = event({
  name: "request.matched",
  emitter: "matching",
  subscribers: ["notifications"],
  payload: z.object({ ...ids, round: z.int() }),
});

/** Nobody was found, or all were asked: a person has to look. */
export const requestHandedOver = event({
  name: "request.handed-over",
  emitter: "matching",
  subscribers: ["notifications"],
  payload: z.object({ ...ids }),
});

export const matchAsked = event({
  name: "match.asked",
  emitter: "matching",
  subscribers: ["notifications"],
  payload: z.object({ ...ids, matchId: z.uuid() }),
});

/** A provider said no, or nothing in time. The next one is asked, or a wider search begins. */
export const matchPassedOn = event({
  name: "match.passed-on",
  emitter: "matching",
  subscribers: ["notifications"],
  payload: z.object({
    ...ids,
    matchId: z.uuid(),
    cause: z.enum(["declined", "silent"]),
    nextMatchId: z.uuid().nullable(),
  }),
});

export const engagementAgreed = event({
  name: "engagement.agreed",
  emitter: "matching",
  subscribers: ["notifications"],
  payload: z.object({ ...ids, matchId: z.uuid(), engagementId: z.uuid() }),
});

/** The day after the visit: ask whether it took place. */
export const outcomeDue = event({
  name: "engagement.outcome-due",
  emitter: "matching",
  subscribers: ["notifications"],
  payload: z.object({ ...ids, engagementId: z.uuid() }),
});

/** The provider says that the visit took place: the producer is asked to confirm by rating. */
export const engagementDone = event({
  name: "engagement.done",
  emitter: "matching",
  subscribers: ["notifications"],
  payload: z.object({ ...ids, engagementId: z.uuid(), reportedBy: z.enum(["requester", "provider"]) }),
});

export const engagementMissed = event({
  name: "engagement.missed",
  emitter: "matching",
  subscribers: ["notifications"],
  payload: z.object({ ...ids, engagementId: z.uuid(), matchId: z.uuid(), nextMatchId: z.uuid().nullable() }),
});

export const requestCancelled = event({
  name: "request.cancelled",
  emitter: "matching",
  subscribers: ["notifications"],
  /** The provider to tell, who was asked or had agreed. */
  payload: z.object({ ...ids, matchId: z.uuid().nullable() }),
});

export const listLapsed = event({
  name: "request.list-lapsed",
  emitter: "matching",
  subscribers: ["notifications"],
  payload: z.object({ ...ids }),
});
