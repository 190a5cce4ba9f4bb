import { actorLabel } from "@minka/contracts/actor";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { requestErasure as contract } from "@minka/contracts/personal-data";
import { nudgeAfterCommit, type Database, type Transaction } from "@minka/database/connect";
import { forgetAnswers } from "@minka/database/forget-answers";
import { eraseHoldings } from "@minka/database/holdings";
import { eraseMentions } from "@minka/database/mentions";
import { newId } from "@minka/database/new-id";
import type { Clock } from "@minka/domain/clock";
import { limaDay } from "@minka/domain/lima-time";
import type { CallContext } from "@minka/http/mount-endpoint";
import { and, eq, inArray, isNull } from "@minka/database/query";
import { personUnknown } from "../people/read-person.ts";
import { audit, consents, idempotencyKeys, memberships, organizations, people } from "../tables.ts";
import { readAcquaintances } from "./acquaintances.ts";
import { freeTexts, ownHoldings } from "./own-holdings.ts";
import { erasures } from "./personal-data-tables.ts";
import { refuseUnlessOwnOrReasoned } from "./read-personal-data.ts";
import { readSubject } from "./subject.ts";

/** Asks for a person's erasure, which cannot be taken back. Asked again it is the same one. */
export async function requestErasure(
  { db, clock }: { db: Database; clock: Clock },
  { actor, trace }: Pick<CallContext, "actor" | "trace">,
  { params: { personId }, body: { reason } }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  refuseUnlessOwnOrReasoned(actor, personId, reason, "body.reason");
  return db.transaction(async (tx) => {
    const action = reason ? `person.erase ${reason}` : "person.erase";
    const erasure = await beginErasure(tx, personId, { at: clock(), by: actorLabel(actor), trace, action });
    return { erasureId: erasure.id, askedAt: erasure.askedAt.toISOString() };
  });
}

type Begun = { id: string; askedAt: Date };

/**
 * Empties the person's rows here and leaves the rest to the job `erase-person`. Here first: from the commit on
 * nobody finds the person or their phone any more, so nothing new is written about them anywhere while the other
 * services, which may be away for hours, are cleaned. Who has only been invited is
 * not written to about it, unless it is what their own NO led to: `answers`.
 */
export async function beginErasure(
  tx: Transaction,
  personId: string,
  {
    at,
    by,
    trace,
    action,
    answers = false,
  }: { at: Date; by: string; trace: string; action: string; answers?: boolean },
): Promise<Begun> {
  await tx.select({ id: people.id }).from(people).where(eq(people.id, personId)).for("update");
  const found = await readSubject(tx, personId);
  if (!found) {
    const [before] = await tx
      .select({ id: erasures.id, askedAt: erasures.askedAt })
      .from(erasures)
      .where(eq(erasures.personId, personId));
    if (before) return before;
    throw personUnknown();
  }
  const { state, ...who } = found;
  const id = newId();
  await tx.insert(erasures).values({
    id,
    personId,
    askedAt: at,
    askedBy: by,
    details: {
      phones: who.phones,
      sharedPhones: who.sharedPhones,
      names: who.names,
      documents: who.documents,
      acquaintances: await readAcquaintances(tx, personId),
      tell: state === "active" || answers,
      refused: state !== "active" && answers,
    },
    attempts: 0,
    dueAt: at,
    trace,
  });
  // Organizations before memberships, as whatever changes memberships locks them.
  if (who.phones.length > 0) {
    await tx.update(organizations).set({ phone: null }).where(inArray(organizations.phone, who.phones));
  }
  await endWhatIsInForce(tx, personId, at);
  await eraseHoldings(tx, ownHoldings, who);
  await eraseMentions(tx, freeTexts, who);
  await forgetAnswers(tx, idempotencyKeys, who);
  await tx.insert(audit).values({ id: newId(), at, actor: by, action, subject: personId, trace });
  nudgeAfterCommit(tx, { service: "profiles", job: "erase-person", id, trace });
  return { id, askedAt: at };
}

async function endWhatIsInForce(tx: Transaction, personId: string, at: Date): Promise<void> {
  await tx
    .update(consents)
    .set({ withdrawnAt: at })
    .where(and(eq(consents.personId, personId), isNull(consents.withdrawnAt)));
  await tx
    .update(memberships)
    .set({ state: "ended", until: limaDay(at) })
    .where(and(eq(memberships.personId, personId), inArray(memberships.state, ["asked", "active"])));
}
