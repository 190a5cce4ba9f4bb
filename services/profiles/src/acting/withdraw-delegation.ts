import { actorLabel, type Actor } from "@minka/contracts/actor";
import type { Database, Queries, Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import type { Clock } from "@minka/domain/clock";
import { DomainError } from "@minka/domain/errors";
import type { CallContext } from "@minka/http/mount-endpoint";
import { and, eq, isNull, or, sql } from "@minka/database/query";
import { audit, idempotencyKeys } from "../tables.ts";
import { delegations, type DelegationRow } from "./acting-tables.ts";
import { isDelegate, lockPrincipal } from "./agree.ts";
import { refuseUnlessStandsFor, signedInPerson } from "./delegate-rights.ts";

/**
 * Either side ends a permission, or a question that waits, with every other question of the same two: an old SI
 * must not bring it back. A repeat changes nothing. Throws `not-while-acting`, `delegation-unknown` (404),
 * `not-your-delegation` (403).
 */
export async function withdrawDelegation(
  { db, clock }: { db: Database; clock: Clock },
  { actor, trace, claim }: Pick<CallContext, "actor" | "trace" | "claim">,
  delegationId: string,
): Promise<{ delegationId: string; withdrawnAt: string }> {
  const personId = signedInPerson(actor);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim, clock }, async () => {
      const at = clock();
      const row = await lockDelegation(tx, delegationId);
      if (!row) throw new DomainError("not-found", "delegation-unknown", "There is no such delegation.");
      await refuseUnlessASide(tx, actor, personId, row);
      if (row.withdrawnAt) return { delegationId, withdrawnAt: row.withdrawnAt.toISOString() };
      const samePair = row.principalId
        ? and(eq(delegations.principalId, row.principalId), isDelegate(row), isNull(delegations.withdrawnAt))
        : undefined;
      await tx
        .update(delegations)
        .set({ withdrawnAt: at, askedPhone: null })
        .where(or(eq(delegations.id, delegationId), samePair ?? sql`false`));
      await tx.insert(audit).values({
        id: newId(),
        at,
        actor: actorLabel(actor),
        action: "delegation.withdraw",
        subject: `delegation:${delegationId}`,
        trace,
      });
      return { delegationId, withdrawnAt: at.toISOString() };
    }),
  );
}

/** After the lock of who may act for the person, as every answer takes them: two of the same pair never cross. */
async function lockDelegation(tx: Transaction, delegationId: string): Promise<DelegationRow | undefined> {
  const its = eq(delegations.id, delegationId);
  const [found] = await tx.select({ principalId: delegations.principalId }).from(delegations).where(its);
  if (found?.principalId) await lockPrincipal(tx, found.principalId);
  const [row] = await tx.select().from(delegations).where(its).for("update");
  return row;
}

async function refuseUnlessASide(queries: Queries, actor: Actor, personId: string, row: DelegationRow) {
  if (actor.kind === "person" && actor.operator) return;
  if (row.principalId === personId || row.delegatePersonId === personId) return;
  if (row.organizationId) {
    try {
      await refuseUnlessStandsFor(queries, personId, row.organizationId);
      return;
    } catch (error) {
      if (!(error instanceof DomainError && error.category === "forbidden")) throw error;
    }
  }
  throw new DomainError("forbidden", "not-your-delegation", "This is between others.");
}
