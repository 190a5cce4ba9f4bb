import { consentPurposes } from "@minka/domain/vocabulary";
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

/**
 * A provider said no, or nothing in time, or left Minka while asked, or could not be told. The next one is asked, or
 * a wider search begins.
 */
export const matchPassedOn = event({
  name: "match.passed-on",
  emitter: "matching",
  subscribers: ["notifications"],
  payload: z.object({
    ...ids,
    matchId: z.uuid(),
    cause: z.enum(["declined", "silent", "left", "unreachable"]),
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

/** A visit is agreed with a provider who has left Minka or been sent away: a person has to call both. */
export const engagementInDoubt = event({
  name: "engagement.in-doubt",
  emitter: "matching",
  subscribers: ["notifications"],
  payload: z.object({ ...ids, engagementId: z.uuid(), matchId: z.uuid() }),
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

/**
 * A provider was verified, rejected, held, suspended, reinstated or closed. Its contact person is told what an operator
 * decided; who is held, suspended or closed is asked for nothing any more.
 */
export const providerDecided = event({
  name: "provider.decided",
  emitter: "catalog",
  subscribers: ["notifications", "matching"],
  payload: z.object({
    providerId: z.uuid(),
    decisionId: z.uuid(),
    by: z.enum(["operator", "provider", "system"]).default("operator"),
  }),
});

/**
 * A person took back what they had agreed to. Without `service` what they have open is called off, what they are
 * asked about is offered no more, and Minka writes to them only in reply, until they agree again.
 */
export const consentWithdrawn = event({
  name: "consent.withdrawn",
  emitter: "profiles",
  subscribers: ["matching", "notifications", "catalog"],
  payload: z.object({ personId: z.uuid(), purpose: z.enum(consentPurposes) }),
});
