import type { CreditState } from "@minka/contracts/credit-words";
import type { Lifecycle } from "@minka/domain/lifecycle";

export type CreditTransition =
  | "submit"
  | "review"
  | "ask_more"
  | "resume"
  | "approve"
  | "refuse"
  | "accept"
  | "decline"
  | "withdraw"
  | "lapse"
  | "disburse"
  | "begin"
  | "fall"
  | "recover"
  | "settle"
  | "recall"
  | "reopen";

/**
 * `requester` is the borrower, `provider` the lender. That money came or was paid back is never one side's word: it
 * follows from what one recorded and the other confirmed, or from a lot's settlement.
 */
export const creditLifecycle: Lifecycle<CreditState, CreditTransition> = {
  submit: { from: ["draft"], to: "submitted", by: ["requester", "operator"] },
  review: { from: ["submitted"], to: "in_review", by: ["provider", "operator"] },
  ask_more: { from: ["submitted", "in_review"], to: "more_asked", by: ["provider", "operator"] },
  // The borrower has it, or said nothing for too long: the lender decides.
  resume: { from: ["more_asked"], to: "in_review", by: ["requester", "operator", "timer"] },
  approve: { from: ["submitted", "in_review", "more_asked"], to: "approved", by: ["provider", "operator"] },
  refuse: { from: ["submitted", "in_review", "more_asked"], to: "refused", by: ["provider", "operator"] },
  accept: { from: ["approved"], to: "accepted", by: ["requester", "operator"] },
  decline: { from: ["approved"], to: "withdrawn", by: ["requester", "operator"] },
  withdraw: {
    from: ["draft", "submitted", "in_review", "more_asked", "approved", "accepted"],
    to: "withdrawn",
    by: ["requester", "operator", "system"],
  },
  lapse: { from: ["draft", "approved"], to: "lapsed", by: ["timer"] },
  disburse: { from: ["accepted"], to: "disbursed", by: ["system"] },
  begin: { from: ["disbursed"], to: "repaying", by: ["system"] },
  fall: { from: ["disbursed", "repaying"], to: "in_arrears", by: ["timer"] },
  recover: { from: ["in_arrears"], to: "repaying", by: ["system"] },
  settle: { from: ["disbursed", "repaying", "in_arrears"], to: "settled", by: ["system"] },
  // A confirmed payment was taken back: the money that had come did not, or some is owed again.
  recall: { from: ["disbursed", "repaying", "in_arrears"], to: "accepted", by: ["system"] },
  reopen: { from: ["settled"], to: "repaying", by: ["system"] },
};

/** Money is owed. */
export const owing = ["disbursed", "repaying", "in_arrears"] as const satisfies readonly CreditState[];
/** The lender has it in hand or lent on it. */
export const withLender = [
  "submitted",
  "in_review",
  "more_asked",
  "approved",
  "accepted",
  ...owing,
] as const satisfies readonly CreditState[];

export const isOwing = (state: CreditState): boolean => owing.some((each) => each === state);
export const isWithLender = (state: CreditState): boolean => withLender.some((each) => each === state);
/** Whether it will not change any more. */
export const isOver = (state: CreditState): boolean => state !== "draft" && !isWithLender(state);
