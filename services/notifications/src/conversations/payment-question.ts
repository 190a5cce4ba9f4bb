import type { PaymentSubjectKind } from "@minka/contracts/payments";
import type { PaymentSaid } from "@minka/language/read-payment-words";

export type DebtMeant = { kind: PaymentSubjectKind; id: string };

/** Which debt of a numbered list was paid, how much, how, and under which number: one thing at a time. */
export type PaymentQuestion = {
  kind: "payment";
  step: "debt" | "amount" | "method" | "number";
  personId: string;
  /** Of which one is meant: those that are listed, or the one that is known. */
  debts: DebtMeant[];
  said: PaymentSaid;
};

/** Whether it is asked if the one debt was paid, not which of several. */
export const asksIfPaid = ({ step, debts }: Pick<PaymentQuestion, "step" | "debts">): boolean =>
  step === "debt" && debts.length === 1;
