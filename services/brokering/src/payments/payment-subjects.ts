import { refuseWhileActing, type Actor } from "@minka/contracts/actor";
import type { PaymentParty, PaymentSubjectKind } from "@minka/contracts/payments";
import type { Transaction } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import type { Act } from "@minka/service/act";
import type { PaymentRow } from "./payments-tables.ts";
import { creditDisbursementSubject, creditInstalmentSubject } from "../credits/credit-payments.ts";
import { keptBackSubject } from "../credits/kept-back.ts";
import { advanceSubject, lotInvoiceSubject, settlementSubject } from "../lots/settlement-payments.ts";
import { poolInvoiceSubject } from "./pool-invoice-payments.ts";
import { poolOrderSubject } from "./pool-order-payments.ts";

/** What is owed of one thing, as it stands. */
export type Due = {
  readonly payer: PaymentParty;
  readonly payee: PaymentParty;
  /** In all; 0 while it is not known, and of what was called off. */
  readonly dueCentimos: number;
  /** What counts as paid: confirmed payments (`confirmedCentimos`), and whatever else settles it. */
  readonly paidCentimos: number;
  /** A deposit may be paid although it is not known yet how much is due. */
  readonly takesDeposits?: boolean;
};

/**
 * Something that is paid for. `due` locks what it reads until the transaction ends, so that of two payments at once the
 * second sees the first; null: there is no such thing. `confirmed` is called once, when the receiver's side has
 * confirmed it; `payment.back` says that it went the other way. `undone` is called once for what had been confirmed and is
 * taken back: what it had paid is owed again, or it throws `dependedOn()`.
 */
export type PaymentSubject = {
  readonly kind: PaymentSubjectKind;
  /** Who receives it owes it from then on, and cannot undo that they had it. */
  readonly owedBack?: boolean;
  due(tx: Transaction, id: string): Promise<Due | null>;
  confirmed(tx: Transaction, act: Act, payment: PaymentRow): Promise<void>;
  undone(tx: Transaction, act: Act, payment: PaymentRow): Promise<void>;
};

/** Each noun tells what of its own is paid, and hears of it. */
const subjects = {
  "pool-order": poolOrderSubject,
  "pool-invoice": poolInvoiceSubject,
  settlement: settlementSubject,
  "lot-invoice": lotInvoiceSubject,
  advance: advanceSubject,
  "credit-disbursement": creditDisbursementSubject,
  "credit-instalment": creditInstalmentSubject,
  "credit-kept-back": keptBackSubject,
} as const satisfies Record<PaymentSubjectKind, PaymentSubject>;

/** Payments of which nobody hears who acts for a person. */
export const ownAlone = ["credit-disbursement", "credit-instalment", "credit-kept-back"] as const;
export const isOwnAlone = (kind: PaymentSubjectKind): boolean => ownAlone.some((each) => each === kind);

/**
 * What is paid, for whoever acts. What somebody borrows is theirs alone: `not-while-acting` (403) for who acts in their
 * name, however close.
 */
export function subjectOf(kind: PaymentSubjectKind, actor: Actor): PaymentSubject {
  if (isOwnAlone(kind)) refuseWhileActing(actor);
  return subjects[kind];
}

/** What is owed of one thing, for whoever asks. */
export const subjectDue = (tx: Transaction, kind: PaymentSubjectKind, id: string) =>
  subjects[kind].due(tx, id);

export const noSuchSubject = () =>
  new DomainError("not-found", "no-such-payment-subject", "There is nothing of this id that is paid.");
