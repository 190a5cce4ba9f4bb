import { paymentUnattended } from "@minka/contracts/payments";
import type { Queries, Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import type { Job } from "@minka/queue/worker";
import { timerAct, type Act } from "@minka/service/act";
import type { ServiceKit } from "@minka/service/define-service";
import { and, asc, eq, isNull, lte, sql, type SQL } from "@minka/database/query";
import { record } from "../acting.ts";
import { lots } from "../lots/lots-tables.ts";
import { confirmedCentimos, paidOf } from "../payments/paid.ts";
import { peopleOf } from "../payments/payment-parties.ts";
import type { PaymentSubject } from "../payments/payment-subjects.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { credits, repayments } from "./credits-tables.ts";

/** Who kept it back has so many days to pay it on, and as many again after a reminder. */
const silentMs = 5 * 24 * 60 * 60 * 1000;

/** A settlement's part of a credit's instalments, with who has the money and whose it is. */
export function findKept(queries: Queries, which: SQL | undefined) {
  return queries
    .select({ kept: repayments, lot: lots, credit: credits })
    .from(repayments)
    .innerJoin(lots, eq(lots.id, repayments.sourceId))
    .innerJoin(credits, eq(credits.id, repayments.creditId))
    .where(and(eq(repayments.source, "settlement"), which));
}

/**
 * What an organization kept back of a lot for an instalment is paid, as far as its member is concerned; it owes it to the
 * lender. The id is of the repayment.
 */
export const keptBackSubject: PaymentSubject = {
  kind: "credit-kept-back",
  async due(tx, id) {
    await tx.select({ id: repayments.id }).from(repayments).where(eq(repayments.id, id)).for("update");
    const [found] = await findKept(tx, eq(repayments.id, id));
    if (!found || found.credit.lenderId === null) return null;
    return {
      payer: { kind: found.lot.organizerKind, id: found.lot.organizerId },
      payee: { kind: "provider", id: found.credit.lenderId },
      dueCentimos: found.kept.centimos,
      paidCentimos: await confirmedCentimos(tx, "credit-kept-back", id),
    };
  },
  confirmed: (tx, act, { subjectId }) => markPaidOn(tx, act, subjectId),
  undone: (tx, act, { subjectId }) => markPaidOn(tx, act, subjectId),
};

/** Whether the lender has it all follows from its payments. */
async function markPaidOn(tx: Transaction, act: Act, id: string): Promise<void> {
  const [kept] = await tx.select().from(repayments).where(eq(repayments.id, id));
  if (!kept) return;
  const isPaid = (await confirmedCentimos(tx, "credit-kept-back", id)) >= kept.centimos;
  if (isPaid === (kept.paidOnAt !== null)) return;
  await tx
    .update(repayments)
    .set(isPaid ? { paidOnAt: act.at } : { paidOnAt: null, remindedAt: act.at, handedOverAt: null })
    .where(eq(repayments.id, id));
  await record(tx, act, isPaid ? "kept-back.pay-on" : "kept-back.owe-again", `credit:${kept.creditId}`);
}

const silentSince = sql`coalesce(${repayments.remindedAt}, ${repayments.at})`;

/** The job `follow-kept-back`: who keeps a lender's money is reminded to pay it on, and then an operator is called. */
export function followKeptBackJob({ db, clock, call }: ServiceKit): Job {
  const due = db.read
    .select({ id: repayments.id, trace: credits.trace })
    .from(repayments)
    .innerJoin(lots, eq(lots.id, repayments.sourceId))
    .innerJoin(credits, eq(credits.id, repayments.creditId))
    .where(
      and(
        eq(repayments.source, "settlement"),
        isNull(repayments.paidOnAt),
        isNull(repayments.handedOverAt),
        lte(silentSince, sql`${sql.placeholder("before")}::timestamptz`),
      ),
    )
    .orderBy(asc(silentSince))
    .limit(sql.placeholder("limit"))
    .prepare("kept_back_unpaid");
  return {
    due: (limit) => due.execute({ before: new Date(clock().getTime() - silentMs).toISOString(), limit }),
    async run(id, trace) {
      const [found] = await findKept(db.read, eq(repayments.id, id));
      if (!found) return;
      const { lot, credit } = found;
      const officers = await peopleOf(call, { kind: lot.organizerKind, id: lot.organizerId }, { trace });
      await db.transaction(async (tx) => {
        const act = timerAct(clock(), trace);
        const [kept] = await tx.select().from(repayments).where(eq(repayments.id, id)).for("update");
        const since = kept && (kept.remindedAt ?? kept.at).getTime();
        if (!kept || kept.paidOnAt || kept.handedOverAt || (since ?? 0) + silentMs > act.at.getTime()) return;
        const { confirmed, back, waiting } = await paidOf(tx, "credit-kept-back", id);
        // It was paid on: the lender is the one who has to say so.
        const isPaid = confirmed - back + waiting >= kept.centimos;
        if (isPaid || (kept.remindedAt === null && officers.length > 0)) {
          await tx.update(repayments).set({ remindedAt: act.at }).where(eq(repayments.id, id));
          await record(tx, act, isPaid ? "kept-back.wait" : "kept-back.remind", `credit:${kept.creditId}`);
          if (!isPaid) await tellPeople(tx, act, { kind: "credit-kept-back-due", id }, officers);
          return;
        }
        await tx.update(repayments).set({ handedOverAt: act.at }).where(eq(repayments.id, id));
        await record(tx, act, "kept-back.call-operator", `credit:${kept.creditId}`);
        const lender = credit.lenderPersonId === null ? [] : [credit.lenderPersonId];
        await emit(tx, paymentUnattended, { id, personIds: [...officers, ...lender] }, act);
      });
    },
  };
}
