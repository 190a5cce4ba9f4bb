import { z } from "zod";
import { centimos, instantText } from "./common.ts";
import { creditStates, endorsementStates } from "./credit-words.ts";
import { creditParams, people, saidBy } from "./credits.ts";
import { endpoint } from "./endpoint.ts";
import { guaranteeStates } from "./group-guarantees.ts";

/** Who has to do the next thing about a credit; nobody once it is over. */
const waitedFor = ["borrower", "organization", "guarantors", "lender"] as const;

export const readCreditStanding = endpoint({
  service: "brokering",
  method: "GET",
  path: "/api/brokering/credits/:creditId/standing",
  summary: "For whom a credit waits and until when, for its borrower.",
  access: people,
  params: creditParams,
  query: z.object(saidBy),
  answer: z.object({
    waitsFor: z.enum(waitedFor).nullable(),
    until: instantText.nullable().describe("Then they are reminded, or it lapses"),
    endorsements: z.array(z.object({ organizationId: z.uuid(), state: z.enum(endorsementStates) })),
    guarantee: z
      .object({ state: z.enum(guaranteeStates), named: z.int(), agreed: z.int() })
      .nullable()
      .describe("The newest"),
    handedOver: z
      .object({
        amountCentimos: centimos,
        askId: z
          .uuid()
          .nullable()
          .describe("The question `credit-received` that waits for the borrower's answer"),
      })
      .nullable()
      .describe("What the lender wrote down that it paid out, and the borrower has not answered"),
  }),
});

export const listWaitingCredits = endpoint({
  service: "brokering",
  method: "GET",
  path: "/api/brokering/credit-lenders/:providerId/waiting-credits",
  summary:
    "The credits that wait for a lender's answer or money, to be said to its people by SMS: the oldest first, and nothing of who asks.",
  access: ["service"],
  params: z.object({ providerId: z.uuid() }),
  query: z.object({
    personId: z.uuid().describe("To whom it is said: what somebody of their household borrows is left out"),
  }),
  answer: z.object({
    credits: z
      .array(
        z.object({
          creditId: z.uuid(),
          state: z.enum(creditStates),
          amountCentimos: centimos,
          months: z.int(),
          until: instantText.nullable(),
        }),
      )
      .max(9),
  }),
});

export const creditStandingEndpoints = [readCreditStanding, listWaitingCredits];
