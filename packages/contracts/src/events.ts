import { consentPurposes } from "@minka/domain/vocabulary";
import { z } from "zod";
import { withdrawalCauses } from "./asks.ts";
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
  payload: z.object({
    ...ids,
    matchId: z.uuid(),
    /** A sponsor pays less than the list said, or nothing: who asks is told before anything is agreed. */
    sponsorChanged: z.boolean().optional(),
  }),
});

/**
 * A provider said no, or nothing in time, or left Minka while asked, or could not be told, or the producer refused the
 * price that it named. The next one is asked, or a wider search begins.
 */
export const matchPassedOn = event({
  name: "match.passed-on",
  emitter: "matching",
  subscribers: ["notifications"],
  payload: z.object({
    ...ids,
    matchId: z.uuid(),
    cause: z.enum(["declined", "silent", "left", "unreachable", "refused"]),
    nextMatchId: z.uuid().nullable(),
    /** Of an urgent request: how many others are still asked, and nobody has to be told anything. */
    stillAsked: z.int().optional(),
  }),
});

/**
 * An urgent request is in the hands of up to three providers at once, each of whom is asked by a `match.asked` of
 * their own; its person is told of all in one message.
 */
export const requestDispatched = event({
  name: "request.dispatched",
  emitter: "matching",
  subscribers: ["notifications"],
  payload: z.object({ ...ids, matchIds: z.array(z.uuid()).min(1) }),
});

/** What a provider was asked no longer stands: they are told, or they would answer for nothing. */
export const matchWithdrawn = event({
  name: "match.withdrawn",
  emitter: "matching",
  subscribers: ["notifications"],
  payload: z.object({ ...ids, matchId: z.uuid(), cause: z.enum(withdrawalCauses) }),
});

/** An agent said that they arrived at a visit, and not that they left: somebody has to call. */
export const presenceOverdue = event({
  name: "presence.overdue",
  emitter: "matching",
  subscribers: ["notifications"],
  payload: z.object({ ...ids, presenceId: z.uuid(), engagementId: z.uuid() }),
});

/**
 * A provider answered nothing of what it was asked for two weeks, five times in a row: it rests, and its contact
 * person is told how to come back.
 */
export const providerSilent = event({
  name: "provider.silent",
  emitter: "matching",
  subscribers: ["catalog", "notifications"],
  payload: z.object({ providerId: z.uuid(), personId: z.uuid() }),
});

export const engagementAgreed = event({
  name: "engagement.agreed",
  emitter: "matching",
  subscribers: ["notifications"],
  payload: z.object({
    ...ids,
    matchId: z.uuid(),
    engagementId: z.uuid(),
    /** Of an agent's plan: the agent reads of the visit with the others of its day. */
    planVisitId: z.uuid().optional(),
  }),
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
  payload: z.object({
    ...ids,
    engagementId: z.uuid(),
    matchId: z.uuid(),
    nextMatchId: z.uuid().nullable(),
    /** Who said so; null for an operator. */
    reportedBy: z.enum(["requester", "provider"]).nullable().default(null),
  }),
});

/**
 * A visit is agreed with a provider who has left or been sent away, or where nobody gets to on its day; or it is today,
 * and its agent cannot come or whoever was to receive it will not: a person has to call both.
 */
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
  subscribers: ["matching", "notifications", "catalog", "brokering"],
  payload: z.object({ personId: z.uuid(), purpose: z.enum(consentPurposes) }),
});
