import { crops, loanPurposes } from "@minka/domain/vocabulary";
import { z } from "zod";
import { centimos, districtCode, instantText, limaDay, page, pageQuery, reason } from "./common.ts";
import {
  approvalConditions,
  creditChanges,
  creditConsents,
  creditKinds,
  creditStates,
  creditWays,
  declarable,
  endorsementConditions,
  endorsementStates,
  moreAsked,
  originatorInterests,
} from "./credit-words.ts";
import { creditProducts } from "./credit-products.ts";
import { endpoint } from "./endpoint.ts";
import { sum } from "./offer-terms.ts";

/** A loan that somebody asks for through Minka, from choosing a product until the last instalment. */
export const creditParams = z.object({ creditId: z.uuid() });
export const people = ["person", "operator", "service"] as const;
export const saidBy = {
  personId: z
    .uuid()
    .optional()
    .describe("Who said it: given by services alone, which pass on what a person wrote"),
};
const state = z.enum(creditStates);
const stateAnswer = z.object({ creditId: z.uuid(), state });
const base = "/api/brokering/credits";

const asked = {
  amountCentimos: centimos.min(1),
  months: z.int().min(1).max(120),
  purpose: z.enum(loanPurposes),
};

const version = z.int().min(0);

const instalment = z.object({
  number: z.int(),
  dueOn: limaDay,
  totalCentimos: sum,
  paidCentimos: sum,
});

export const credit = z.object({
  id: z.uuid(),
  kind: z.enum(creditKinds),
  state,
  personId: z.uuid().nullable().describe("The borrower; null where an organization borrows"),
  organizationId: z.uuid().nullable().describe("The organization that borrows"),
  through: z.object({
    way: z.enum(creditWays),
    personId: z.uuid().nullable(),
    interest: z.enum(originatorInterests).nullable().describe("An agent's own, as they declared it"),
  }),
  ...asked,
  version: version.describe("Raised whenever what is asked for, or the choice, is another"),
  crop: z.enum(crops).nullable(),
  declared: z.array(z.enum(declarable)).describe("What the borrower said that they have"),
  consents: z.array(z.object({ consent: z.enum(creditConsents), given: z.boolean().nullable() })),
  chosen: z
    .object({
      offerId: z.uuid(),
      offerVersion: z.int(),
      lenderId: z.uuid(),
      lenderName: z.string(),
      title: z.string(),
    })
    .nullable(),
  endorsements: z
    .array(
      z.object({
        organizationId: z.uuid(),
        state: z.enum(endorsementStates),
        amountCentimos: centimos.nullable(),
        conditions: z.array(z.enum(endorsementConditions)),
      }),
    )
    .describe("What organizations were asked to vouch for and on what they do"),
  more: moreAsked.nullable().describe("What the lender asked for besides, last"),
  approved: z
    .object({
      amountCentimos: centimos,
      receivedCentimos: centimos.describe("What arrives: without the opening fee"),
      months: z.int(),
      instalments: z.int(),
      instalmentCentimos: sum.describe("The dearest of them"),
      totalCentimos: sum.describe("Of all instalments, as if the money came today until it has come"),
      firstDueOn: limaDay,
      lastDueOn: limaDay,
      conditions: z.array(z.enum(approvalConditions)),
      fromSettlement: z
        .boolean()
        .describe("To take it is to agree that instalments are kept back from a lot's money"),
    })
    .nullable(),
  refused: z
    .object({
      reasons: z.array(reason),
      change: z.array(z.enum(creditChanges)).describe("What to change before asking again"),
    })
    .nullable(),
  repayFromSettlement: z
    .boolean()
    .describe("The borrower agreed that instalments are kept back from a lot's money"),
  useVerified: z.boolean().describe("What it is for is there; nothing more is known of it"),
  owedCentimos: sum.describe("Of all instalments, what is not paid"),
  instalments: z.array(instalment).describe("From the disbursement on"),
  createdAt: instantText,
});
export type Credit = z.output<typeof credit>;

export const askCredit = endpoint({
  service: "brokering",
  method: "POST",
  path: base,
  summary:
    "Ask for credit: a person for themself; a broker for a member, or an agent, who declares their own interest: then the person is asked by SMS, and nothing of them is shown before they agree; a manager or broker for their organization.",
  access: people,
  body: z
    .object({
      borrower: z.discriminatedUnion("kind", [
        z.object({
          kind: z.literal("person"),
          personId: z.uuid(),
          organizationId: z.uuid().optional().describe("Whose broker asks for its member"),
          interest: z
            .enum(originatorInterests)
            .optional()
            .describe("An agent's own interest; needed of agents"),
        }),
        z.object({
          kind: z.literal("organization"),
          organizationId: z.uuid(),
          use: z.enum(["working_capital", "factoring"]),
          lotContractId: z.uuid().optional().describe("The signed contract for a lot that factoring is on"),
        }),
      ]),
      ...asked,
      crop: z.enum(crops).optional(),
      districtCode: districtCode
        .optional()
        .describe("Where lenders have to reach; the borrower's unless said"),
      declared: z
        .array(z.enum(declarable))
        .max(declarable.length)
        .default([])
        .describe(
          "What the borrower says that they have, and only they: the lender is told that they declared it; 422 `not-theirs-to-declare`",
        ),
      ...saidBy,
    })
    .superRefine(({ borrower }, context) => {
      if (
        borrower.kind === "organization" &&
        (borrower.use === "factoring") !== (borrower.lotContractId !== undefined)
      )
        context.addIssue({
          code: "custom",
          path: ["borrower", "lotContractId"],
          message: "is given for factoring, and only for it",
        });
    }),
  answer: stateAnswer,
  status: 201,
});

export const readCredit = endpoint({
  service: "brokering",
  method: "GET",
  path: `${base}/:creditId`,
  summary:
    "A credit, for its borrower alone: nobody who shares their phone or house, and no list, tells that there is one. Of an organization's: its brokers and managers.",
  access: people,
  params: creditParams,
  query: z.object(saidBy),
  answer: z.object({ credit }),
});

export const listCredits = endpoint({
  service: "brokering",
  method: "GET",
  path: base,
  summary:
    "A person's credits, for themself, or what an organization itself borrows, for its brokers and managers; the newest first. Members' credits are in no list of their organization.",
  access: people,
  query: z.object({
    personId: z.uuid().optional().describe("The caller unless said"),
    organizationId: z.uuid().optional(),
    ...pageQuery,
  }),
  answer: page(credit),
});

export const listOriginatedCredits = endpoint({
  service: "brokering",
  method: "GET",
  path: "/api/brokering/credit-originations",
  summary: "What the caller asked for in others' names, who agreed to it: how far each is, and nothing else.",
  access: ["person"],
  query: z.object(pageQuery),
  answer: page(
    z.object({ creditId: z.uuid(), personId: z.uuid().nullable(), state, ...asked, createdAt: instantText }),
  ),
});

export const compareProducts = endpoint({
  service: "brokering",
  method: "POST",
  path: `${base}/:creditId/products`,
  summary:
    "Compare the products for what is asked, anew: cost, instalment, requirements met, missing and replaceable. For women those for women first come first; no other is hidden.",
  access: people,
  params: creditParams,
  body: z.object(saidBy),
  answer: creditProducts,
});

export const changeCredit = endpoint({
  service: "brokering",
  method: "PUT",
  path: `${base}/:creditId`,
  summary: "Ask for another amount, term or purpose, or declare something, before it is submitted.",
  access: people,
  params: creditParams,
  body: z.object({
    ...asked,
    declared: z.array(z.enum(declarable)).max(declarable.length).default([]),
    ...saidBy,
  }),
  answer: stateAnswer,
});

export const chooseProduct = endpoint({
  service: "brokering",
  method: "POST",
  path: `${base}/:creditId/choice`,
  summary:
    "Choose one of the products that were compared. Whether its lender may see their history is then open: the person is asked by SMS, unless they chose themself outside of SMS and so answer before they submit.",
  access: people,
  params: creditParams,
  body: z.object({ offerId: z.uuid(), ...saidBy }),
  answer: stateAnswer,
});

export const answerConsent = endpoint({
  service: "brokering",
  method: "POST",
  path: `${base}/:creditId/consents/:consent`,
  summary:
    "The person agrees, for this credit, that another asks in their name or that the lender sees their history, or takes it back: until it is submitted. A yes to show it names the lender that they were asked about: 409 `changed-meanwhile` where another was chosen since.",
  access: people,
  params: creditParams.extend({ consent: z.enum(creditConsents) }),
  body: z.object({
    given: z.boolean(),
    lenderId: z.uuid().optional().describe("Of a yes to `history`: who may see it"),
    ...saidBy,
  }),
  answer: stateAnswer,
});

export const submitCredit = endpoint({
  service: "brokering",
  method: "POST",
  path: `${base}/:creditId/submission`,
  summary:
    "Send it to the chosen product's lender, as it was read: 409 `changed-meanwhile` where it is another by now. A product of which something is missing may be tried too.",
  access: people,
  params: creditParams,
  body: z.object({ version: version.describe("Of the credit that was read"), ...saidBy }),
  answer: stateAnswer,
});

export const withdrawCredit = endpoint({
  service: "brokering",
  method: "POST",
  path: `${base}/:creditId/withdrawal`,
  summary: "The borrower does not want it any more: until the money has come.",
  access: people,
  params: creditParams,
  body: z.object(saidBy),
  answer: stateAnswer,
});

export const answerApproval = endpoint({
  service: "brokering",
  method: "POST",
  path: `${base}/:creditId/acceptance`,
  summary: "The borrower takes what was approved, with its conditions, or not.",
  access: people,
  params: creditParams,
  body: z.object({
    accepted: z.boolean(),
    repayFromSettlement: z
      .boolean()
      .optional()
      .describe(
        "Whether instalments that are due are kept back from what a lot brings; as the conditions say unless said",
      ),
    ...saidBy,
  }),
  answer: stateAnswer,
});

export const verifyUse = endpoint({
  service: "brokering",
  method: "POST",
  path: `${base}/:creditId/use`,
  summary:
    "That what the credit was for is there, and nothing else: by a purchase in a pool, a receipt's number, or an agent's yes. There is no place for words, pictures or places.",
  access: people,
  params: creditParams,
  body: z.discriminatedUnion("by", [
    z.strictObject({
      by: z.literal("pool-order"),
      orderId: z.uuid().describe("The borrower's, paid or received"),
      ...saidBy,
    }),
    z.strictObject({
      by: z.literal("receipt"),
      receiptNumber: z
        .string()
        .regex(/^[A-Z0-9]{1,4}-?\d{1,10}$/, "letters and digits of a receipt, like F001-00012345")
        .describe("Series and number of a bill or receipt"),
      ...saidBy,
    }),
    z.strictObject({ by: z.literal("agent"), ...saidBy }),
  ]),
  answer: z.object({ creditId: z.uuid(), useVerified: z.boolean() }),
});

export const creditEndpoints = [
  askCredit,
  listCredits,
  listOriginatedCredits,
  readCredit,
  changeCredit,
  compareProducts,
  chooseProduct,
  answerConsent,
  submitCredit,
  withdrawCredit,
  answerApproval,
  verifyUse,
];
