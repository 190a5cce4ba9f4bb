import type { PaymentMethod, PaymentParty } from "@minka/contracts/payments";
import type { Transaction } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { and, eq, inArray, ne, or, sql } from "@minka/database/query";
import { payments, type PaymentRow } from "./payments-tables.ts";
import { payerOf, receiverOf } from "./payment-view.ts";

/** Banks are many and their numbers short: one is the same payment only where it came to the same receiver. */
export type Operation = {
  method: PaymentMethod;
  operationNumber: string | null;
  payer: PaymentParty;
  receiver: PaymentParty;
};

export const sameOperation = ({ method, operationNumber, payer, receiver }: Operation) =>
  and(
    eq(payments.receiverId, receiver.id),
    eq(payments.method, method),
    sql`ltrim(${payments.operationNumber}, '0') = ltrim(${operationNumber}, '0')`,
    or(
      inArray(payments.state, ["recorded", "confirmed"]),
      // Who was told that it did not come takes it back, or waits until it does; others may have mistyped nothing.
      and(eq(payments.state, "disputed"), eq(payments.payerId, payer.id)),
    ),
  );

export async function refuseRecorded(tx: Transaction, operation: Operation): Promise<void> {
  if (operation.operationNumber === null) return;
  const [first] = await tx.select({ id: payments.id }).from(payments).where(sameOperation(operation));
  if (first) throw recordedBefore();
}

/** What did not come keeps its number from nobody: it may be another's by now. */
export async function refuseTakenNumber(tx: Transaction, payment: PaymentRow): Promise<void> {
  const { id, method, operationNumber } = payment;
  if (payment.state !== "disputed" || operationNumber === null) return;
  const operation = { method, operationNumber, payer: payerOf(payment), receiver: receiverOf(payment) };
  const [other] = await tx
    .select({ id: payments.id })
    .from(payments)
    .where(and(sameOperation(operation), ne(payments.id, id)));
  if (other) throw recordedBefore();
}

export const recordedBefore = (details: Record<string, unknown> = {}) =>
  new DomainError("conflict", "payment-already-recorded", "This operation was written down before.", {
    details,
  });
