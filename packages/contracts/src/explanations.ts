import { z } from "zod";
import { reason } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { codesOf, whyNotReasons } from "./reason-codes.ts";
import { scoreParts } from "./weights.ts";

/** Why matching itself does not list an offer that catalog finds; the other codes are catalog's (`notCandidateCodes`). */
export const notListedCodes = [
  "full", // no place is left
  "busy", // it is asked as much as it can answer
  "blocked", // the person blocked it
  "not-available", // it is not for this person, and why is not theirs to know
  "tried", // it was asked or listed before for this request
  "other-offer-better", // of the same provider
  "not-a-woman", // who asks wants a woman
  "lower-rank", // others served better
  "not-searched", // nothing was searched yet
] as const;
export type NotListedCode = (typeof notListedCodes)[number];

export const explainOffer = endpoint({
  service: "matching",
  method: "GET",
  path: "/api/matching/requests/:requestId/offers/:offerId/explanation",
  summary:
    "Why an offer is on a request's list, with what its rank is made of; or why it is not. An operator sees exact numbers.",
  access: ["person", "operator"],
  params: z.object({ requestId: z.uuid(), offerId: z.uuid() }),
  answer: z.object({
    listed: z
      .object({
        matchId: z.uuid(),
        round: z.int(),
        rank: z.int(),
        score: z.number(),
        weightsVersion: z.int(),
        parts: z.array(
          z.object({
            part: z.enum(scoreParts),
            value: z.number().describe("In [0, 1]"),
            weight: z.number().nullable().describe("Null for weights from before they were kept"),
          }),
        ),
        reasons: z.array(reason).describe("As `reasons` of the match"),
      })
      .nullable(),
    excluded: z.array(reason).describe(codesOf("Why it is not listed; empty where it is.", whyNotReasons)),
  }),
});

export const explanationEndpoints = [explainOffer];
