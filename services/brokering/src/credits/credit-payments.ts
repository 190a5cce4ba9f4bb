import type { Transaction } from "@minka/database/connect";
import { quoteLoan } from "@minka/domain/credit/quote-loan";
import type { LimaDay } from "@minka/domain/lima-time";
import type { Act } from "@minka/service/act";
import { and, eq, sql } from "@minka/database/query";
import { turnEndorsements } from "../endorsements/endorsement-row.ts";
import { turnGuarantee } from "../group-guarantees/guarantee-row.ts";
import { dependedOn } from "../payments/depended-on.ts";
import { confirmedCentimos, paidOf } from "../payments/paid.ts";
import type { Due, PaymentSubject } from "../payments/payment-subjects.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { applyRepayment } from "./apply-repayment.ts";
import { creditLifecycle, isOwing } from "./credit-lifecycle.ts";
import { instalmentsOf, lockCredit, moveCredit, noSuchCredit, toldOf, unpaid } from "./credit-row.ts";
import { instalmentTimer } from "./credit-timer.ts";
import { receivedCentimos } from "./handed-over.ts";
import { undoRepayment } from "./undo-repayment.ts";
import { credits, instalments, repayments, type CreditRow } from "./credits-tables.ts";

/** The lender's money: the credit is disbursed when the borrower has confirmed all of it. */
export const creditDisbursementSubject: PaymentSubject = {
  kind: "credit-disbursement",
  owedBack: true,
  async due(tx, id) {
    const credit = await lockIfThere(tx, id);
    const parties = credit && partiesOf(credit);
    if (!credit || !parties) return null;
    const paidCentimos = await confirmedCentimos(tx, "credit-disbursement", id);
    const expected = credit.state === "accepted" || credit.disbursedAt !== null;
    const dueCentimos = expected ? receivedCentimos(credit) : 0;
    return { payer: parties.lender, payee: parties.borrower, dueCentimos, paidCentimos };
  },
  async confirmed(tx, act, payment) {
    const credit = await lockCredit(tx, payment.subjectId);
    if (payment.back || credit.state !== "accepted") return;
    const paid = await confirmedCentimos(tx, "credit-disbursement", credit.id);
    if (paid >= receivedCentimos(credit)) await disburse(tx, act, { credit, on: payment.paidOn });
  },
  async undone(tx, act, payment) {
    const credit = await lockCredit(tx, payment.subjectId);
    if (payment.back || credit.disbursedAt === null) return;
    // What was paid out twice, and is undone once, is still paid out.
    if ((await confirmedCentimos(tx, "credit-disbursement", credit.id)) >= receivedCentimos(credit)) return;
    await refuseRepaid(tx, credit);
    await recallMoney(tx, act, credit);
  },
};

/** What the borrower pays back; what a lot's settlement kept back counts too. */
export const creditInstalmentSubject: PaymentSubject = {
  kind: "credit-instalment",
  async due(tx, id) {
    const credit = await lockIfThere(tx, id);
    const parties = credit && partiesOf(credit);
    if (!credit || !parties) return null;
    const [settled] = await tx
      .select({ centimos: sql<number>`coalesce(sum(${repayments.centimos}), 0)::int` })
      .from(repayments)
      .where(and(eq(repayments.creditId, id), eq(repayments.source, "settlement")));
    const rows = await instalmentsOf(tx, id);
    return {
      payer: parties.borrower,
      payee: parties.lender,
      dueCentimos: rows.reduce((sum, { totalCentimos }) => sum + totalCentimos, 0),
      paidCentimos: (await confirmedCentimos(tx, "credit-instalment", id)) + (settled?.centimos ?? 0),
    };
  },
  async confirmed(tx, act, payment) {
    if (payment.back) return;
    const credit = await lockCredit(tx, payment.subjectId);
    if (!isOwing(credit.state)) return;
    // What a settlement has paid meanwhile is not paid twice: the rest is to be given back.
    const owed = unpaid(await instalmentsOf(tx, credit.id));
    const centimos = Math.min(payment.amountCentimos, owed);
    if (centimos > 0)
      await applyRepayment(tx, act, {
        creditId: credit.id,
        source: "payment",
        sourceId: payment.id,
        centimos,
      });
  },
  async undone(tx, act, payment) {
    if (!payment.back) await undoRepayment(tx, act, { creditId: payment.subjectId, paymentId: payment.id });
  },
};

async function lockIfThere(tx: Transaction, creditId: string): Promise<CreditRow | undefined> {
  const [row] = await tx.select().from(credits).where(eq(credits.id, creditId)).for("update");
  return row;
}

/** Null before there is a lender, and once the borrower has been erased. */
function partiesOf(credit: CreditRow): { borrower: Due["payer"]; lender: Due["payee"] } | null {
  const { personId, organizationId, lenderId } = credit;
  if (lenderId === null || credit.submittedAt === null) return null;
  const lender = { kind: "provider", id: lenderId } as const;
  if (personId !== null) return { borrower: { kind: "person", id: personId }, lender };
  return organizationId === null ? null : { borrower: { kind: "organization", id: organizationId }, lender };
}

/** `payment-depended-on` (409) where something of the loan was paid back, or is written down to be. */
async function refuseRepaid(tx: Transaction, { id, state }: CreditRow): Promise<void> {
  const [repaid] = await tx
    .select({ id: repayments.id })
    .from(repayments)
    .where(eq(repayments.creditId, id))
    .limit(1);
  const { waiting } = await paidOf(tx, "credit-instalment", id);
  if (repaid || waiting > 0 || !creditLifecycle.recall.from.includes(state))
    throw dependedOn("Some of this loan was paid back: take those payments back first.");
}

/** The money did not come after all: the credit waits for it again, and nothing is owed. */
async function recallMoney(tx: Transaction, act: Act, credit: CreditRow): Promise<void> {
  await tx.delete(instalments).where(eq(instalments.creditId, credit.id));
  await moveCredit(tx, act, { credit, step: "recall", role: "system", set: { disbursedAt: null } });
  if (credit.state !== "in_arrears") return;
  await turnEndorsements(tx, act, { creditId: credit.id, step: "recover" });
  await turnGuarantee(tx, act, { creditId: credit.id, to: "standing" });
}

/** The schedule runs from the day on which the money came. */
async function disburse(
  tx: Transaction,
  act: Act,
  { credit, on }: { credit: CreditRow; on: LimaDay },
): Promise<void> {
  const { terms, approvedCentimos, approvedMonths } = credit;
  if (!terms || approvedCentimos === null || approvedMonths === null) throw noSuchCredit();
  const quote = quoteLoan(terms, { amountCentimos: approvedCentimos, months: approvedMonths, startsOn: on });
  const rows = quote.instalments.filter(({ totalCentimos }) => totalCentimos > 0);
  await tx
    .insert(instalments)
    .values(
      rows.map(({ number, dueOn, totalCentimos }) => ({ creditId: credit.id, number, dueOn, totalCentimos })),
    );
  await moveCredit(tx, act, {
    credit,
    step: "disburse",
    role: "system",
    set: { disbursedAt: act.at, ...instalmentTimer(rows[0]?.dueOn, act.at) },
  });
  await tellPeople(tx, act, { kind: "credit-told", id: credit.id }, toldOf(credit));
}
