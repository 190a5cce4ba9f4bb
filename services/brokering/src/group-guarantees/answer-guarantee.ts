import { refuseWordless } from "@minka/contracts/actor";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { answerGuarantee as contract } from "@minka/contracts/group-guarantees";
import type { Transaction } from "@minka/database/connect";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import type { Job } from "@minka/queue/worker";
import { actOf, timerAct, type Act, type Context } from "@minka/service/act";
import type { ServiceKit } from "@minka/service/define-service";
import { and, asc, eq, inArray, lte, sql } from "@minka/database/query";
import { record } from "../acting.ts";
import { mostGuaranteedCentimos } from "../credits/credit-days.ts";
import { lockCredit } from "../credits/credit-row.ts";
import { bySms, speakerOf, type Calling } from "../credits/speaker.ts";
import { idempotencyKeys } from "../tables.ts";
import { endQuestions } from "../telling/end-questions.ts";
import { guarantees, guarantors, type GuarantorRow } from "./group-guarantees-tables.ts";
import { noSuchGuarantee } from "./guarantee-row.ts";
import { settleGuarantee } from "./settle-guarantee.ts";

/**
 * Somebody who was named agrees to answer for their share, or not. What they answer for in all is counted with
 * themselves locked. `no-such-guarantee` (404), `not-asked-any-more` (409), `guarantees-too-much` (409).
 */
export async function answerGuarantee(
  kit: Calling,
  context: Context,
  { params: { guarantorId }, body }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const speaker = speakerOf(context, body.personId);
  const [before] = await kit.db.read.select().from(guarantors).where(eq(guarantors.id, guarantorId));
  if (before?.personId !== speaker.personId && !(before && speaker.operator)) throw noSuchGuarantee();
  refuseWordless(speaker, before?.personId ?? null);
  return kit.db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock: kit.clock }, async () => {
      const act = actOf(context, kit.clock());
      const answered = await settleGuarantor(tx, act, {
        guarantorId,
        to: body.accepted ? "agreed" : "refused",
      });
      if (!answered)
        throw new DomainError("conflict", "not-asked-any-more", "Nobody waits for this answer any more.");
      await endQuestions(tx, act, [before?.personId ?? null], bySms(context, speaker));
      return { guarantorId, state: body.accepted ? ("agreed" as const) : ("refused" as const) };
    }),
  );
}

/** False where no answer is waited for. Credit, guarantee and guarantor are locked in this order. */
async function settleGuarantor(
  tx: Transaction,
  act: Act,
  { guarantorId, to }: { guarantorId: string; to: "agreed" | "refused" | "lapsed" },
): Promise<boolean> {
  const [found] = await tx
    .select({ guaranteeId: guarantees.id, creditId: guarantees.creditId })
    .from(guarantors)
    .innerJoin(guarantees, eq(guarantees.id, guarantors.guaranteeId))
    .where(eq(guarantors.id, guarantorId));
  if (!found) throw noSuchGuarantee();
  await lockCredit(tx, found.creditId);
  const [guarantee] = await tx
    .select()
    .from(guarantees)
    .where(eq(guarantees.id, found.guaranteeId))
    .for("update");
  const [guarantor] = await tx.select().from(guarantors).where(eq(guarantors.id, guarantorId)).for("update");
  if (!guarantee || guarantor?.state !== "asked" || guarantee.state !== "gathering") return false;
  if (to !== "lapsed" && guarantor.expiresAt <= act.at) return false;
  if (to === "agreed") await refuseTooMuch(tx, guarantor);
  await tx.update(guarantors).set({ state: to }).where(eq(guarantors.id, guarantorId));
  await record(tx, act, `guarantor.${to}`, `guarantor:${guarantorId}`);
  await settleGuarantee(tx, act, guarantee);
  return true;
}

async function refuseTooMuch(tx: Transaction, { personId, centimos }: GuarantorRow): Promise<void> {
  if (personId === null) throw noSuchGuarantee();
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`guarantor ${personId}`}, 0))`);
  const [counted] = await tx
    .select({ centimos: sql<number>`coalesce(sum(${guarantors.centimos}), 0)::int` })
    .from(guarantors)
    .innerJoin(guarantees, eq(guarantees.id, guarantors.guaranteeId))
    .where(
      and(
        eq(guarantors.personId, personId),
        eq(guarantors.state, "agreed"),
        inArray(guarantees.state, ["gathering", "standing", "called"]),
      ),
    );
  if ((counted?.centimos ?? 0) + centimos > mostGuaranteedCentimos)
    throw new DomainError("conflict", "guarantees-too-much", "They answer for as much as anybody may.", {
      details: { guaranteedCentimos: counted?.centimos ?? 0, mostCentimos: mostGuaranteedCentimos },
    });
}

/** The job `lapse-guarantor`: who has not answered in a week answers for nothing. */
export function lapseGuarantorJob({ db, clock }: ServiceKit): Job {
  const due = db.read
    .select({ id: guarantors.id, trace: guarantors.trace })
    .from(guarantors)
    .where(and(eq(guarantors.state, "asked"), lte(guarantors.expiresAt, sql.placeholder("now"))))
    .orderBy(asc(guarantors.expiresAt))
    .limit(sql.placeholder("limit"))
    .prepare("guarantors_due");
  return {
    due: (limit) => due.execute({ now: clock().toISOString(), limit }),
    run: (id, trace) =>
      db.transaction(async (tx) => {
        const act = timerAct(clock(), trace);
        const [row] = await tx.select().from(guarantors).where(eq(guarantors.id, id));
        if (row?.state !== "asked" || row.expiresAt > act.at) return;
        await settleGuarantor(tx, act, { guarantorId: id, to: "lapsed" });
      }),
  };
}
