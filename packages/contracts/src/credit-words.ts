import { loanRequirements, type LoanRequirement } from "@minka/domain/vocabulary";
import { z } from "zod";
import { eligibilityReasons } from "./brokering-reasons.ts";
import { instantText, reason } from "./common.ts";
import { codesOf } from "./reason-codes.ts";

/** The closed lists of members' credit: nothing about a person is said in free words. */

/** A person's loan, an organization's working capital, or money ahead on a signed contract for a lot. */
export const creditKinds = ["personal", "working_capital", "factoring"] as const;
export type CreditKind = (typeof creditKinds)[number];

/**
 * `draft`: a product is being chosen. `more_asked`: the lender wants something else before it decides. `accepted`: the borrower took what was approved. `disbursed`: the money came, as
 * the borrower says. `repaying`: from the first instalment on. `lapsed`: the borrower was silent for too long.
 */
export const creditStates = [
  "draft",
  "submitted",
  "in_review",
  "more_asked",
  "approved",
  "refused",
  "accepted",
  "disbursed",
  "repaying",
  "in_arrears",
  "settled",
  "withdrawn",
  "lapsed",
] as const;
export type CreditState = (typeof creditStates)[number];

/** Who asked for it: the borrower, a broker of their organization, or an agent. */
export const creditWays = ["self", "broker", "agent"] as const;

/** What an agent has of it themself; declared, and shown to the person and the lender. */
export const originatorInterests = [
  "none",
  "commission_of_lender",
  "sells_inputs",
  "employed_by_lender",
] as const;

/** What people say of themselves, since no service can know it. Papers of land are not among them. */
export const declarable = [
  "identity_document",
  "guarantor",
  "savings",
  "no_overdue_debt",
  "business_registration",
] as const satisfies readonly LoanRequirement[];

/** Agreed by the person, each for one credit: that another asks in their name; that the lender sees their history. */
export const creditConsents = ["origination", "history"] as const;
export type CreditConsent = (typeof creditConsents)[number];

/** On what a lender approves. */
export const approvalConditions = [
  "repay_from_settlement",
  "paid_to_supplier",
  "show_receipt",
  "technical_visit",
  "keep_membership",
  "group_guarantee",
] as const;

/**
 * An organization vouches for a member's credit. `asked` by the member, `proposed` by a broker or manager, `standing`
 * once another manager approved, `called` while the credit is in arrears, `released` when it is over.
 */
export const endorsementStates = ["asked", "proposed", "standing", "refused", "called", "released"] as const;
export type EndorsementState = (typeof endorsementStates)[number];

/** On what an organization vouches. */
export const endorsementConditions = [
  "repay_from_settlement",
  "deliver_harvest",
  "buy_in_pool",
  "technical_visit",
  "keep_membership",
] as const;
export type EndorsementCondition = (typeof endorsementConditions)[number];

/** Why an organization does not vouch. */
export const endorsementRefusals = [
  "limit_reached",
  "too_new",
  "owes_us",
  "no_deliveries",
  "board_said_no",
] as const;

/** Why a lender refuses, each with what the borrower can change about it. */
export const refusalReasons = {
  amount_too_high: ["ask_less"],
  term_too_long: ["ask_shorter"],
  income_too_low: ["ask_less", "harvest_schedule"],
  debt_elsewhere: ["settle_debts"],
  requirement_missing: ["bring_requirement", "bring_substitute"],
  purpose_not_lent: ["other_purpose", "other_product"],
  endorsement_wanted: ["ask_endorsement", "group_guarantee"],
  history_too_short: ["more_history", "group_guarantee"],
  out_of_area: ["other_product"],
  no_funds: ["ask_later", "other_product"],
} as const;
export type RefusalReason = keyof typeof refusalReasons;
export const refusalCodes = Object.keys(refusalReasons) as [RefusalReason, ...RefusalReason[]];

export const creditChanges = [
  "ask_less",
  "ask_shorter",
  "harvest_schedule",
  "settle_debts",
  "bring_requirement",
  "bring_substitute",
  "other_purpose",
  "other_product",
  "ask_endorsement",
  "group_guarantee",
  "more_history",
  "ask_later",
] as const;

/** A lender's reason; of `requirement_missing` which, of `amount_too_high` how much would do. */
export const refusalReason = z.strictObject({
  code: z.enum(refusalCodes),
  requirement: z.enum(loanRequirements).optional().describe("Of `requirement_missing`: which"),
  mostCentimos: z.int().min(1).max(1_000_000_000).optional().describe("Of `amount_too_high`: what would do"),
  mostMonths: z.int().min(1).max(120).optional().describe("Of `term_too_long`: what would do"),
});
export type RefusalGiven = z.output<typeof refusalReason>;

/**
 * What a lender wants before it decides. The note says what to bring, to the borrower alone; it goes when the credit is
 * over.
 */
export const moreWanted = z.object({
  requirements: z.array(z.enum(loanRequirements)).max(5).default([]),
  note: z.string().trim().min(3).max(60).nullable().default(null).describe("What else, in a few words"),
});
export const moreAsked = z.object({
  requirements: z.array(z.enum(loanRequirements)),
  note: z.string().nullable(),
  askedAt: instantText,
  answer: z
    .enum(["brought", "silent"])
    .nullable()
    .describe(
      "`brought`: the borrower says that they have it or took it there; `silent`: they did not answer",
    ),
  answeredAt: instantText.nullable(),
});
export type MoreAsked = z.output<typeof moreAsked>;

/** How one gets what is missing; `not_here`: neither soon nor by Minka. */
export const obtainings = [
  "ask_endorsement",
  "name_guarantors",
  "agree_to_history",
  "ask_visit",
  "join_organization",
  "sign_contract",
  "say_you_have_it",
  "ask_certificate",
  "not_here",
] as const;
export type Obtaining = (typeof obtainings)[number];

const eligibilityCodes = Object.keys(eligibilityReasons) as [EligibilityCode, ...EligibilityCode[]];
type EligibilityCode = keyof typeof eligibilityReasons;

export const eligibilityReason = reason.extend({
  code: z
    .enum(eligibilityCodes)
    .describe(codesOf("Why a product stands where it stands for the borrower.", eligibilityReasons)),
});
export type EligibilityReason = z.output<typeof eligibilityReason>;
