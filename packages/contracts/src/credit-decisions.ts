import { loanPurposes, loanRequirements } from "@minka/domain/vocabulary";
import { z } from "zod";
import { centimos, districtCode, instantText, page, pageQuery } from "./common.ts";
import {
  approvalConditions,
  creditKinds,
  creditStates,
  creditWays,
  endorsementConditions,
  moreAsked,
  moreWanted,
  originatorInterests,
  refusalReason,
} from "./credit-words.ts";
import { creditParams, people, saidBy } from "./credits.ts";
import { endpoint } from "./endpoint.ts";

/** What a lender does with the credits that are asked of it. */
const count = z.int().min(0);
const stateAnswer = z.object({ creditId: z.uuid(), state: z.enum(creditStates) });

/** All that is shown of a borrower's history, if they agreed: counts and sums, as they were when it was submitted. */
export const creditHistory = z.object({
  deliveries: z.object({ deliveries: count, grams: count, seasons: count }),
  poolsPaid: z.object({ pools: count, centimos: count }),
  visitsDone: count,
  monthsMember: count.nullable().describe("Of the organization that vouches, or the longest; null of none"),
});
export type CreditHistory = z.output<typeof creditHistory>;

/** A credit as its lender sees it, from its submission on; once it is over, without the person. */
export const lenderCredit = z.object({
  id: z.uuid(),
  kind: z.enum(creditKinds),
  state: z.enum(creditStates),
  offerId: z.uuid(),
  offerVersion: z.int(),
  amountCentimos: centimos,
  months: z.int(),
  purpose: z.enum(loanPurposes),
  districtCode,
  submittedAt: instantText,
  borrower: z
    .object({
      name: z.string().nullable(),
      phone: z.string().nullable().describe("Null where others use the phone too: Minka passes messages on"),
    })
    .nullable(),
  through: z.object({ way: z.enum(creditWays), interest: z.enum(originatorInterests).nullable() }),
  requirements: z.array(
    z.object({
      requirement: z.enum(loanRequirements),
      met: z.boolean(),
      by: z.enum(loanRequirements).nullable(),
      declared: z.boolean().describe("The borrower says so; Minka does not know"),
    }),
  ),
  history: creditHistory.nullable().describe("Null unless the person agreed to it for this credit"),
  endorsements: z.array(
    z.object({
      organizationId: z.uuid(),
      amountCentimos: centimos,
      conditions: z.array(z.enum(endorsementConditions)),
      exposureCentimos: centimos.describe("What the organization vouches for now in all"),
      limitCentimos: centimos.describe("What it vouches for at most"),
    }),
  ),
  guarantee: z.object({ guarantors: count, centimos }).nullable(),
  contractCentimos: centimos.nullable().describe("Of factoring: what the signed contract is worth"),
  more: moreAsked.nullable().describe("What was asked for besides, last; with the borrower's answer"),
  useVerified: z.boolean(),
});
export type LenderCredit = z.output<typeof lenderCredit>;

export const listLenderCredits = endpoint({
  service: "brokering",
  method: "GET",
  path: "/api/brokering/credit-lenders/:providerId/credits",
  summary: "What is asked of a lender, the newest first, for its people.",
  access: ["person", "operator"],
  params: z.object({ providerId: z.uuid() }),
  query: z.object({ state: z.enum(creditStates).optional(), ...pageQuery }),
  answer: page(
    z.object({
      id: z.uuid(),
      kind: z.enum(creditKinds),
      state: z.enum(creditStates),
      amountCentimos: centimos,
      months: z.int(),
      purpose: z.enum(loanPurposes),
      districtCode,
      submittedAt: instantText,
    }),
  ),
});

export const readLenderCredit = endpoint({
  service: "brokering",
  method: "GET",
  path: "/api/brokering/credits/:creditId/lender-view",
  summary: "A credit for its lender's people: what the borrower agreed to show, and nothing else.",
  access: ["person", "operator"],
  params: creditParams,
  answer: z.object({ credit: lenderCredit }),
});

export const reviewCredit = endpoint({
  service: "brokering",
  method: "POST",
  path: "/api/brokering/credits/:creditId/review",
  summary: "The lender begins to look at it.",
  access: people,
  params: creditParams,
  body: z.object(saidBy),
  answer: stateAnswer,
});

export const askMore = endpoint({
  service: "brokering",
  method: "POST",
  path: "/api/brokering/credits/:creditId/more",
  summary:
    "The lender wants something else before it decides, at least one thing, up to three times. Its time to answer stands still until the borrower says that they have it, ten days at most.",
  access: people,
  params: creditParams,
  body: moreWanted.extend(saidBy),
  answer: stateAnswer,
});

export const answerMore = endpoint({
  service: "brokering",
  method: "POST",
  path: "/api/brokering/credits/:creditId/more/answer",
  summary:
    "The borrower says that they have what the lender asked for besides, or took it there: it decides.",
  access: people,
  params: creditParams,
  body: z.object({ askedAt: instantText.optional().describe("Of what was read"), ...saidBy }),
  answer: stateAnswer,
});

export const approveCredit = endpoint({
  service: "brokering",
  method: "POST",
  path: "/api/brokering/credits/:creditId/approval",
  summary: "The lender lends: so much, for so long, on these conditions. The borrower then has ten days.",
  access: people,
  params: creditParams,
  body: z.object({
    amountCentimos: centimos.min(1).optional().describe("As asked unless said; never more"),
    months: z.int().min(1).max(120).optional().describe("As asked unless said"),
    conditions: z.array(z.enum(approvalConditions)).max(approvalConditions.length).default([]),
    ...saidBy,
  }),
  answer: stateAnswer,
});

export const refuseCredit = endpoint({
  service: "brokering",
  method: "POST",
  path: "/api/brokering/credits/:creditId/refusal",
  summary: "The lender does not lend, and says why from a closed list: the borrower is told what to change.",
  access: people,
  params: creditParams,
  body: z.object({ reasons: z.array(refusalReason).min(1).max(5), ...saidBy }),
  answer: stateAnswer,
});

export const creditDecisionEndpoints = [
  listLenderCredits,
  readLenderCredit,
  reviewCredit,
  askMore,
  answerMore,
  approveCredit,
  refuseCredit,
];
