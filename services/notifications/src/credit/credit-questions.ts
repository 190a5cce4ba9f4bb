import type { PromptSubject } from "../conversations/prompt-kinds.ts";
import type { declarable, RefusalReason } from "@minka/contracts/credit-words";
import type { Need } from "@minka/contracts/need";

export type Declarable = (typeof declarable)[number];

/** A loan that somebody wants, before it is a credit: what was said of it, and where it is for. */
export type LoanWanted = {
  need: Need;
  districtCode: string;
  months: number | null;
};

/** Of which credit, and whose: nobody else may read it. */
type OfCredit = { creditId: string; personId: string };

/** What somebody is asked about their own credit, one thing at a time. */
export type CreditQuestion = { kind: "credit" } & (
  | { step: "purpose" | "amount" | "months"; wanted: LoanWanted }
  /** So many months are not lent for: another term for a credit that is begun. */
  | ({ step: "other-months" } & OfCredit)
  /** Which of these do you have? */
  | ({ step: "declare"; options: Declarable[] } & OfCredit)
  /** A numbered list of products. */
  | ({ step: "products"; offerIds: string[] } & OfCredit)
  /** Shall we ask this organization, or which of these, to vouch for you? */
  | ({ step: "vouch"; organizations: { id: string; name: string }[] } & OfCredit)
  /** Which neighbours answer for it? */
  | ({ step: "guarantors" } & OfCredit)
  /** Shall it be sent to the lender, as it is worded there? */
  | ({ step: "send"; version?: number } & OfCredit)
);

/** To a lender's person who does not lend: which of these, and then why. */
export type CreditRefusalQuestion = {
  kind: "credit-refusal";
  credits: { id: string; amountCentimos: number }[];
  reason: RefusalReason | null;
};

/** Whether a question is answered by SI or NO. */
export function asksYesOrNo(question: CreditQuestion): boolean {
  return question.step === "send" || (question.step === "vouch" && question.organizations.length === 1);
}

/**
 * Whether a question or news of brokering, by its kind, is of somebody's credit, or may show it: what a lot brought says
 * what is taken off, and is held for everybody, or holding it would say who borrows.
 */
export const isOfCredit = (kind: string): boolean => /^(credit|endorsement|guarantee|statement)/.test(kind);

/** Whether nobody else of a house is to know that somebody is asked this: it tells of a credit. */
export function isPrivate(subject: PromptSubject): boolean {
  if (subject.kind === "confirmation") return isOfCredit(subject.what);
  if (subject.kind === "sure") return isOfCredit(subject.act.what);
  if (subject.kind === "call-off") return subject.leavings.some(({ what }) => isOfCredit(what));
  if (subject.kind === "payment") return subject.debts.some(({ kind }) => kind === "credit-instalment");
  return subject.kind === "credit" || subject.kind === "credit-refusal";
}
