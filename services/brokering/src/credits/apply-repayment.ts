import type { Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { DomainError } from "@minka/domain/errors";
import { limaDay } from "@minka/domain/lima-time";
import type { Act } from "@minka/service/act";
import { and, eq } from "@minka/database/query";
import { record } from "../acting.ts";
import { turnEndorsements } from "../endorsements/endorsement-row.ts";
import { turnGuarantee } from "../group-guarantees/guarantee-row.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { isOwing } from "./credit-lifecycle.ts";
import { instalmentsOf, lockCredit, moveCredit, toldOf, unpaid } from "./credit-row.ts";
import { instalmentTimer } from "./credit-timer.ts";
import { credits, instalments, repayments, type CreditRow } from "./credits-tables.ts";
import { repayInOrder } from "./repay-in-order.ts";

type Repayment = {
  creditId: string;
  source: "payment" | "settlement";
  /** The payment's id, or the lot's: the same one counts once. */
  sourceId: string;
  centimos: number;
};

/**
 * Counts money as paid towards a credit: instalments are paid in their order. False where this source counted already.
 * Throws `nothing-owed` (409) when no money is owed, and `more-than-owed` (409).
 */
export async function applyRepayment(
  tx: Transaction,
  act: Act,
  { creditId, source, sourceId, centimos }: Repayment,
): Promise<boolean> {
  const credit = await lockCredit(tx, creditId);
  const [before] = await tx
    .select({ id: repayments.id })
    .from(repayments)
    .where(
      and(
        eq(repayments.source, source),
        eq(repayments.sourceId, sourceId),
        eq(repayments.creditId, creditId),
      ),
    );
  if (before) return false;
  if (!isOwing(credit.state))
    throw new DomainError("conflict", "nothing-owed", "Nothing is owed of this credit.");
  const rows = await instalmentsOf(tx, creditId);
  if (centimos > unpaid(rows))
    throw new DomainError("conflict", "more-than-owed", "Less than this is owed.", {
      details: { owedCentimos: unpaid(rows) },
    });
  const paid = repayInOrder(rows, centimos);
  for (const [index, row] of paid.entries()) {
    if (row.paidCentimos === rows[index]?.paidCentimos) continue;
    await tx
      .update(instalments)
      .set({ paidCentimos: row.paidCentimos })
      .where(and(eq(instalments.creditId, creditId), eq(instalments.number, row.number)));
  }
  const id = newId();
  await tx.insert(repayments).values({ id, creditId, source, sourceId, centimos, at: act.at });
  // Nobody paid the lender yet: who kept it back has it.
  if (source === "settlement" && credit.lenderPersonId)
    await tellPeople(tx, act, { kind: "credit-kept-back", id }, [credit.lenderPersonId]);
  await record(tx, act, "credit.repay", `credit:${creditId}`);
  await moveOn(tx, act, credit, paid);
  return true;
}

/** Settled, out of arrears, or on to the next instalment. */
async function moveOn(
  tx: Transaction,
  act: Act,
  credit: CreditRow,
  rows: readonly { dueOn: string; totalCentimos: number; paidCentimos: number }[],
): Promise<void> {
  const open = rows.filter(({ totalCentimos, paidCentimos }) => paidCentimos < totalCentimos);
  if (open.length === 0) {
    await moveCredit(tx, act, { credit, step: "settle", role: "system" });
    await tellPeople(tx, act, { kind: "credit-told", id: credit.id }, toldOf(credit));
    if (credit.lenderPersonId)
      await tellPeople(tx, act, { kind: "credit-answered", id: credit.id }, [credit.lenderPersonId]);
    return;
  }
  const next = open[0]?.dueOn;
  const timer = instalmentTimer(next, act.at);
  const late = next !== undefined && next < limaDay(act.at);
  if (credit.state === "disbursed")
    await moveCredit(tx, act, { credit, step: "begin", role: "system", set: timer });
  else if (credit.state === "in_arrears" && !late) {
    await moveCredit(tx, act, { credit, step: "recover", role: "system", set: timer });
    await turnEndorsements(tx, act, { creditId: credit.id, step: "recover" });
    await turnGuarantee(tx, act, { creditId: credit.id, to: "standing" });
  } else if (credit.state === "repaying")
    await tx.update(credits).set(timer).where(eq(credits.id, credit.id));
  await tellPeople(tx, act, { kind: "credit-repaid", id: credit.id }, toldOf(credit));
}
