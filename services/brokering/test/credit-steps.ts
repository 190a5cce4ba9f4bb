import { answerPayment, recordPayment } from "@minka/contracts/payments";
import * as contract from "@minka/contracts/credits";
import type { BrokeringRun } from "./brokering-run.ts";

/** What tests of credit do over and over: asking, choosing, sending, approving, paying out. */
export function creditSteps(run: BrokeringRun) {
  const { call, trace } = run;
  const steps = {
    async ask(
      personId: string,
      over: { amountCentimos?: number; months?: number; declared?: "guarantor"[] } = {},
    ) {
      const { creditId } = await call(
        contract.askCredit,
        {
          body: {
            borrower: { kind: "person", personId },
            amountCentimos: 120_000,
            months: 6,
            purpose: "fertilizer",
            personId,
            ...over,
          },
        },
        trace,
      );
      return creditId;
    },
    compare: (creditId: string, personId: string) =>
      call(contract.compareProducts, { params: { creditId }, body: { personId } }, trace),
    async choose(creditId: string, personId: string, offerId: string) {
      await steps.compare(creditId, personId);
      await call(contract.chooseProduct, { params: { creditId }, body: { offerId, personId } }, trace);
    },
    async consent(creditId: string, personId: string, given: boolean) {
      const lenderId = (await steps.read(creditId, personId)).chosen?.lenderId;
      const params = { creditId, consent: "history" } as const;
      return call(contract.answerConsent, { params, body: { given, lenderId, personId } }, trace);
    },
    /** As it is now, unless the test says what they read. */
    async submit(creditId: string, personId: string, read?: number) {
      const version = read ?? (await steps.read(creditId, personId)).version;
      return call(contract.submitCredit, { params: { creditId }, body: { version, personId } }, trace);
    },
    accept: (creditId: string, personId: string) =>
      call(contract.answerApproval, { params: { creditId }, body: { accepted: true, personId } }, trace),
    read: async (creditId: string, personId: string) =>
      (await call(contract.readCredit, { params: { creditId }, query: { personId } }, trace)).credit,
    /** The lender writes down that it paid, and the borrower says that it came. */
    async payOut(creditId: string, { lender, personId, amountCentimos }: PaidOut) {
      const subject = { kind: "credit-disbursement", id: creditId } as const;
      const body = { subject, amountCentimos, method: "cash" as const, personId: lender };
      const { payment } = await call(recordPayment, { body }, trace);
      await call(
        answerPayment,
        { params: { paymentId: payment.id }, body: { received: true, personId } },
        trace,
      );
    },
    /** The borrower pays, and the lender says that it came. */
    async payBack(creditId: string, { lender, personId, amountCentimos }: PaidOut) {
      const subject = { kind: "credit-instalment", id: creditId } as const;
      const body = { subject, amountCentimos, method: "cash" as const, personId };
      const { payment } = await call(recordPayment, { body }, trace);
      await call(
        answerPayment,
        { params: { paymentId: payment.id }, body: { received: true, personId: lender } },
        trace,
      );
    },
    /** From nothing to a credit that waits for its lender. */
    async submitted(personId: string, offerId: string, over: { amountCentimos?: number } = {}) {
      const creditId = await steps.ask(personId, over);
      await steps.choose(creditId, personId, offerId);
      await steps.submit(creditId, personId);
      return creditId;
    },
  };
  return steps;
}
type PaidOut = { lender: string; personId: string; amountCentimos: number };
