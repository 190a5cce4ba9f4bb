import { paymentUnattended } from "@minka/contracts/payments";
import { emit } from "@minka/database/deliveries";
import type { Job } from "@minka/queue/worker";
import { timerAct } from "@minka/service/act";
import type { ServiceKit } from "@minka/service/define-service";
import { and, asc, eq, isNull, lte, sql } from "@minka/database/query";
import { record } from "../acting.ts";
import { unaskedOf } from "../credits/household.ts";
import { remindReceiver } from "./ask-receiver.ts";
import { peopleOf } from "./payment-parties.ts";
import { findPayment, lockPayment, payerOf, receiverOf } from "./payment-view.ts";
import { payments, type PaymentRow } from "./payments-tables.ts";

/** A receiver is reminded after so many days, and an operator is called after as many again. */
const silentMs = 3 * 24 * 60 * 60 * 1000;

const silentSince = sql`coalesce(${payments.remindedAt}, ${payments.recordedAt})`;

/**
 * The job `follow-payment`: who does not say whether money came is asked once more, and then an operator is called.
 * Nothing that somebody wrote down is forgotten.
 */
export function followPaymentJob({ db, clock, call }: ServiceKit): Job {
  const due = db.read
    .select({ id: payments.id, trace: payments.trace })
    .from(payments)
    .where(
      and(
        eq(payments.state, "recorded"),
        isNull(payments.handedOverAt),
        lte(silentSince, sql`${sql.placeholder("before")}::timestamptz`),
      ),
    )
    .orderBy(asc(silentSince))
    .limit(sql.placeholder("limit"))
    .prepare("payments_unanswered");
  const isSilent = (payment: PaymentRow, at: Date) =>
    payment.state === "recorded" &&
    payment.handedOverAt === null &&
    (payment.remindedAt ?? payment.recordedAt).getTime() + silentMs <= at.getTime();
  return {
    due: (limit) => due.execute({ before: new Date(clock().getTime() - silentMs).toISOString(), limit }),
    async run(id, trace) {
      const before = await findPayment(db.read, id);
      if (!isSilent(before, clock())) return;
      // Who wrote it down as the payer does not speak for the receiver.
      const [payer, receiver] = [payerOf(before), receiverOf(before)];
      const unasked = await unaskedOf(call, { kind: before.subjectKind, sides: [payer, receiver] }, trace);
      const receivers = await peopleOf(call, receiver, { trace, except: [...before.recordedBy, ...unasked] });
      const payers = await peopleOf(call, payer, { trace, except: unasked });
      await db.transaction(async (tx) => {
        const act = timerAct(clock(), trace);
        const payment = await lockPayment(tx, id);
        if (!isSilent(payment, act.at)) return;
        if (payment.remindedAt === null && receivers.length > 0) {
          await tx.update(payments).set({ remindedAt: act.at }).where(eq(payments.id, id));
          await record(tx, act, "payment.remind", `payment:${id}`);
          await remindReceiver(tx, act, payment, receivers);
          return;
        }
        await tx.update(payments).set({ handedOverAt: act.at }).where(eq(payments.id, id));
        await record(tx, act, "payment.call-operator", `payment:${id}`);
        const personIds = [...new Set([...receivers, ...payers, ...payment.recordedBy])];
        await emit(tx, paymentUnattended, { id, personIds }, act);
      });
    },
  };
}
