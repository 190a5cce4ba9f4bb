import type { Transaction } from "@minka/database/connect";
import type { Act } from "@minka/service/act";
import { and, eq, ne, sql } from "@minka/database/query";
import { record } from "../acting.ts";
import { dependedOn } from "../payments/depended-on.ts";
import { payments } from "../payments/payments-tables.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { instalmentsOf, lockCredit, moveCredit, toldOf } from "./credit-row.ts";
import { instalmentTimer } from "./credit-timer.ts";
import { credits, instalments, repayments } from "./credits-tables.ts";
import { repayInOrder } from "./repay-in-order.ts";

/**
 * A payment that had counted is taken back. Instalments are paid in their order, so that what is left of them follows
 * from the sum of the other repayments alone. A credit that it had settled is owed again; who had vouched for it stays
 * free, since that is theirs to say anew. Throws `payment-depended-on` (409) where another payment counted less than it
 * was because of this one.
 */
export async function undoRepayment(
  tx: Transaction,
  act: Act,
  { creditId, paymentId }: { creditId: string; paymentId: string },
): Promise<void> {
  const credit = await lockCredit(tx, creditId);
  const [undone] = await tx
    .delete(repayments)
    .where(
      and(
        eq(repayments.source, "payment"),
        eq(repayments.sourceId, paymentId),
        eq(repayments.creditId, creditId),
      ),
    )
    .returning({ centimos: repayments.centimos });
  if (!undone) return;
  await refuseCutShort(tx, { creditId, paymentId });
  const [left] = await tx
    .select({ centimos: sql<number>`coalesce(sum(${repayments.centimos}), 0)::int` })
    .from(repayments)
    .where(eq(repayments.creditId, creditId));
  const rows = await instalmentsOf(tx, creditId);
  const unpaidYet = rows.map((row) => ({ ...row, paidCentimos: 0 }));
  const paid = repayInOrder(unpaidYet, left?.centimos ?? 0);
  for (const [index, { number, paidCentimos }] of paid.entries()) {
    if (paidCentimos === rows[index]?.paidCentimos) continue;
    await tx
      .update(instalments)
      .set({ paidCentimos })
      .where(and(eq(instalments.creditId, creditId), eq(instalments.number, number)));
  }
  await record(tx, act, "credit.undo-repayment", `credit:${creditId}`);
  const next = paid.find(({ totalCentimos, paidCentimos }) => paidCentimos < totalCentimos)?.dueOn;
  const timer = instalmentTimer(next, act.at);
  if (credit.state === "settled")
    await moveCredit(tx, act, { credit, step: "reopen", role: "system", set: { ...timer, endedAt: null } });
  else if (credit.state !== "in_arrears") await tx.update(credits).set(timer).where(eq(credits.id, creditId));
  await tellPeople(tx, act, { kind: "credit-repaid", id: creditId }, toldOf(credit));
}

/** The rest of a payment that came when little was owed would count now: that one is taken back first. */
async function refuseCutShort(
  tx: Transaction,
  { creditId, paymentId }: { creditId: string; paymentId: string },
): Promise<void> {
  const [cut] = await tx
    .select({ id: payments.id })
    .from(payments)
    .leftJoin(repayments, and(eq(repayments.source, "payment"), eq(repayments.sourceId, payments.id)))
    .where(
      and(
        eq(payments.subjectKind, "credit-instalment"),
        eq(payments.subjectId, creditId),
        eq(payments.back, false),
        eq(payments.state, "confirmed"),
        ne(payments.id, paymentId),
        sql`coalesce(${repayments.centimos}, 0) < ${payments.amountCentimos}`,
      ),
    )
    .limit(1);
  if (cut) throw dependedOn("A later payment counted less because of this one: take that one back first.");
}
