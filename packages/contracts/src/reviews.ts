import { z } from "zod";
import { instantText, limaDay, page, pageQuery } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { event } from "./event.ts";

/**
 * A ranking is a decision by a machine; who is concerned may have a person look at it (Ley 29733, and the right not
 * to be subject to automated decisions in its regulation, D.S. 016-2024-JUS).
 */
export const reviewOutcomes = ["upheld", "searched-anew", "handed-over"] as const;
export type ReviewOutcome = (typeof reviewOutcomes)[number];

const review = z.object({
  id: z.uuid(),
  requestId: z.uuid(),
  personId: z.uuid(),
  why: z.string().nullable(),
  askedAt: instantText,
  state: z.enum(["open", "settled"]),
  outcome: z.enum(reviewOutcomes).nullable(),
  settledAt: instantText.nullable(),
});

export const askReview = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/requests/:requestId/review",
  summary:
    "Who asked wants a person to look at the list that was made for them. While one is open, asking again is the same review.",
  access: ["service", "person", "operator"],
  params: z.object({ requestId: z.uuid() }),
  body: z.object({ why: z.string().trim().min(1).max(500).optional() }),
  answer: z.object({ reviewId: z.uuid() }),
});

export const listReviews = endpoint({
  service: "matching",
  method: "GET",
  path: "/api/matching/reviews",
  summary: "Reviews that were asked for, the newest first unless said.",
  access: ["operator", "service"],
  query: z.object({
    state: z.enum(["open", "settled"]).optional(),
    requestId: z.uuid().optional().describe("Of the list of this request alone"),
    from: limaDay.optional().describe("First day on which it was asked for"),
    until: limaDay.optional().describe("Last day"),
    order: z.enum(["newest", "oldest"]).default("newest"),
    ...pageQuery,
  }),
  answer: page(review),
});

export const settleReview = endpoint({
  service: "matching",
  method: "POST",
  path: "/api/matching/reviews/:reviewId/settlement",
  summary:
    "An operator has looked: the list stands, the request is searched anew, or it is theirs to bring about (409 `illegal-transition` where the request is past that). The person is told.",
  access: ["operator"],
  params: z.object({ reviewId: z.uuid() }),
  body: z.object({ outcome: z.enum(reviewOutcomes) }),
  answer: z.object({ reviewId: z.uuid(), outcome: z.enum(reviewOutcomes) }),
});

/** Somebody wants a person to look at what was ranked for them: an operator's to do. */
export const reviewAsked = event({
  name: "review.asked",
  emitter: "matching",
  subscribers: ["notifications"],
  payload: z.object({ requestId: z.uuid(), reviewId: z.uuid() }),
});

export const reviewSettled = event({
  name: "review.settled",
  emitter: "matching",
  subscribers: ["notifications"],
  payload: z.object({ requestId: z.uuid(), reviewId: z.uuid(), outcome: z.enum(reviewOutcomes) }),
});

export const reviewsEndpoints = [askReview, listReviews, settleReview];
