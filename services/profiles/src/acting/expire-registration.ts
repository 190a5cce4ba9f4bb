import type { Database } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import type { Job } from "@minka/queue/worker";
import { and, asc, eq, exists, gt, inArray, isNull, notExists, or, type SQL } from "@minka/database/query";
import { errands } from "../errands/errands-tables.ts";
import { invitations } from "../invitations/invitations-tables.ts";
import { neverUsed } from "../invitations/refusals.ts";
import { lockPeople } from "../people/lock-people.ts";
import { beginErasure } from "../personal-data/request-erasure.ts";
import { memberships, people, phones } from "../tables.ts";
import { delegations } from "./acting-tables.ts";

/**
 * The job `expire-registration`: erases whom a helper registered by phone, or asked something for, and who has not agreed while the question
 * was open, or of whom the helper thought better, or whose helper is gone. Whom somebody else asks too keeps their row
 * until that is answered; who was loaded with an organization's list waits for `expire-invitation`.
 */
export function expireRegistrationJob({ db, clock }: { db: Database; clock: Clock }): Job {
  return {
    due: (limit) =>
      db.read
        .select({ id: people.id })
        .from(people)
        .where(isOver(db, clock()))
        .orderBy(asc(people.createdAt))
        .limit(limit)
        .then((found) => found.map(({ id }) => ({ id, trace: `expire-registration:${id}` }))),
    run: (id, trace) =>
      db.transaction(async (tx) => {
        const at = clock();
        await lockPeople(tx, [id]);
        // Read under the lock: they may have answered meanwhile.
        const [person] = await tx
          .select({ id: people.id })
          .from(people)
          .where(and(eq(people.id, id), isOver(db, at)));
        if (person) await beginErasure(tx, id, { at, by: "timer", trace, action: "delegation.lapse" });
      }),
  };
}

function isOver({ read }: Database, now: Date): SQL | undefined {
  const asked = (state?: SQL) =>
    read
      .select({ id: delegations.id })
      .from(delegations)
      .where(and(eq(delegations.principalId, people.id), state));
  const open = and(
    isNull(delegations.agreedAt),
    isNull(delegations.refusedAt),
    isNull(delegations.withdrawnAt),
    gt(delegations.expiresAt, now),
  );
  const errand = (state?: SQL) =>
    read
      .select({ id: errands.id })
      .from(errands)
      .where(and(eq(errands.principalId, people.id), state));
  const used = read
    .select({ phone: phones.phone })
    .from(phones)
    .where(and(eq(phones.personId, people.id), gt(phones.usedAt, neverUsed)));
  return and(
    eq(people.state, "invited"),
    // What asked them is erased with a helper: then it shows in their phone, which was never theirs to use here.
    or(exists(asked()), exists(errand()), notExists(used)),
    notExists(asked(open)),
    notExists(errand(and(eq(errands.state, "asked"), gt(errands.expiresAt, now)))),
    notExists(
      read.select({ id: invitations.id }).from(invitations).where(eq(invitations.personId, people.id)),
    ),
    notExists(
      read
        .select({ id: memberships.id })
        .from(memberships)
        .where(and(eq(memberships.personId, people.id), inArray(memberships.state, ["asked", "active"]))),
    ),
  );
}
