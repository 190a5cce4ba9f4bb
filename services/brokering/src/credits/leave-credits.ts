import { paymentUnattended } from "@minka/contracts/payments";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import type { Act, Means } from "@minka/service/act";
import { and, asc, eq, inArray, isNull, ne, sql } from "@minka/database/query";
import { record } from "../acting.ts";
import { guarantees, guarantors } from "../group-guarantees/group-guarantees-tables.ts";
import { settleGuarantee } from "../group-guarantees/settle-guarantee.ts";
import { payments } from "../payments/payments-tables.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { creditLifecycle, isOwing } from "./credit-lifecycle.ts";
import { lockCredit, moveCredit } from "./credit-row.ts";
import { creditProducts, credits, type CreditRow } from "./credits-tables.ts";
import { isHandedOver } from "./handed-over.ts";

/**
 * Somebody is erased: what they asked for and has not been paid out is withdrawn, and they answer for nobody whose
 * money has not come. What is owed stays so, and what may have been paid out is an operator's to settle. Each step is a transaction and changes nothing the second time.
 */
export async function leaveCredits({ db }: Means, act: Act, personId: string): Promise<void> {
  const open = await db.read
    .select({ id: credits.id })
    .from(credits)
    .where(and(eq(credits.personId, personId), inArray(credits.state, [...creditLifecycle.withdraw.from])))
    .orderBy(asc(credits.id));
  for (const { id } of open)
    await db.transaction(async (tx) => {
      const credit = await lockCredit(tx, id);
      if (!creditLifecycle.withdraw.from.includes(credit.state)) return;
      if (await isHandedOver(tx, id)) return callAboutMoney(tx, act, credit);
      await moveCredit(tx, act, { credit, step: "withdraw", role: "system" });
      if (credit.state !== "draft" && credit.lenderPersonId)
        await tellPeople(tx, act, { kind: "credit-answered", id }, [credit.lenderPersonId]);
    });
  const answering = await db.read
    .select({ id: guarantors.id, guaranteeId: guarantors.guaranteeId, creditId: guarantees.creditId })
    .from(guarantors)
    .innerJoin(guarantees, eq(guarantees.id, guarantors.guaranteeId))
    .where(and(eq(guarantors.personId, personId), inArray(guarantors.state, ["asked", "agreed"])))
    .orderBy(asc(guarantees.creditId), asc(guarantors.id));
  for (const { id, guaranteeId, creditId } of answering)
    await db.transaction(async (tx) => {
      const credit = await lockCredit(tx, creditId);
      if (isOwing(credit.state)) return;
      const [guarantee] = await tx
        .select()
        .from(guarantees)
        .where(eq(guarantees.id, guaranteeId))
        .for("update");
      const [left] = await tx
        .update(guarantors)
        .set({ state: "released" })
        .where(and(eq(guarantors.id, id), inArray(guarantors.state, ["asked", "agreed"])))
        .returning({ id: guarantors.id });
      if (!guarantee || !left) return;
      await record(tx, act, "guarantor.leave", `guarantor:${id}`);
      await settleGuarantee(tx, act, guarantee);
    });
}

/** The lender says that it paid out to somebody who is gone: whether it is owed is for an operator to find out, once. */
async function callAboutMoney(tx: Transaction, act: Act, { id, lenderPersonId }: CreditRow): Promise<void> {
  const unanswered = await tx
    .update(payments)
    .set({ handedOverAt: act.at })
    .where(
      and(
        eq(payments.subjectKind, "credit-disbursement"),
        eq(payments.subjectId, id),
        isNull(payments.handedOverAt),
        ne(payments.state, "cancelled"),
      ),
    )
    .returning({ id: payments.id });
  const [first] = unanswered;
  if (!first) return;
  await record(tx, act, "credit.call-operator", `credit:${id}`);
  const personIds = lenderPersonId === null ? [] : [lenderPersonId];
  await emit(tx, paymentUnattended, { id: first.id, personIds }, act);
}

/** A lender is erased: what it lent stays, without its name. */
export async function unnameLender(
  { db }: Means,
  act: Act,
  {
    personId,
    providerIds,
    erasedName,
  }: { personId: string; providerIds: readonly string[]; erasedName: string },
): Promise<void> {
  if (providerIds.length === 0) return;
  await db.transaction(async (tx) => {
    const named = await tx
      .update(credits)
      .set({ lenderName: erasedName })
      .where(and(inArray(credits.lenderId, [...providerIds]), ne(credits.lenderName, erasedName)))
      .returning({ id: credits.id });
    await tx
      .update(creditProducts)
      .set({
        product: sql`jsonb_set(${creditProducts.product}, '{lenderName}', to_jsonb(${erasedName}::text))`,
      })
      .where(inArray(sql`(${creditProducts.product}->>'lenderId')::uuid`, [...providerIds]));
    if (named.length > 0) await record(tx, act, "credit.unname-lender", personId);
  });
}
