import type { Payment, PaymentParty } from "@minka/contracts/payments";
import type { Queries, Transaction } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { eq } from "@minka/database/query";
import { payments, type PaymentRow } from "./payments-tables.ts";

type Sides = Pick<PaymentRow, "payerKind" | "payerId" | "receiverKind" | "receiverId">;

export const payerOf = ({ payerKind: kind, payerId: id }: Sides): PaymentParty => ({ kind, id });
export const receiverOf = ({ receiverKind: kind, receiverId: id }: Sides): PaymentParty => ({ kind, id });

export function paymentView(row: PaymentRow): Payment {
  const { id, amountCentimos, back, deposit, method, operationNumber, paidOn, state, recordedAs, flags } =
    row;
  return {
    id,
    subject: { kind: row.subjectKind, id: row.subjectId },
    payer: payerOf(row),
    receiver: receiverOf(row),
    amountCentimos,
    back,
    deposit,
    method,
    operationNumber,
    paidOn,
    state,
    recordedAs,
    recordedAt: row.recordedAt.toISOString(),
    answeredAt: row.answeredAt?.toISOString() ?? null,
    flags,
  };
}

/** `no-such-payment` (404). */
export async function findPayment(queries: Queries, paymentId: string): Promise<PaymentRow> {
  const [row] = await queries.select().from(payments).where(eq(payments.id, paymentId));
  if (!row) throw noSuchPayment();
  return row;
}

/** The last lock that is taken: what it pays for comes before. `no-such-payment` (404). */
export async function lockPayment(tx: Transaction, paymentId: string): Promise<PaymentRow> {
  const [row] = await tx.select().from(payments).where(eq(payments.id, paymentId)).for("update");
  if (!row) throw noSuchPayment();
  return row;
}

const noSuchPayment = () => new DomainError("not-found", "no-such-payment", "There is no such payment.");

export const notYourPayment = () =>
  new DomainError("forbidden", "not-your-payment", "You speak for neither side of this payment.");
