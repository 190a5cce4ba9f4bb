import { actorLabel, refuseWordless, type Actor, type Through } from "@minka/contracts/actor";
import type { Database } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import type { Clock } from "@minka/domain/clock";
import { DomainError } from "@minka/domain/errors";
import type { CallContext } from "@minka/http/mount-endpoint";
import { and, eq, gt, isNotNull, isNull } from "@minka/database/query";
import { audit, people } from "../tables.ts";
import { delegations } from "./acting-tables.ts";
import { isDelegate } from "./agree.ts";
import { delegateFor, signedInPerson } from "./delegate-rights.ts";

/**
 * Whether somebody may act for a person today, written down: the start of each 15 minutes is in the audit. Throws
 * `not-while-acting`, `word-needed` where the permission is a person's own, `not-your-organization`, and
 * `no-delegation` (403), also where the person is unknown.
 */
export async function startActing(
  { db, clock }: { db: Database; clock: Clock },
  { actor, trace }: Pick<CallContext, "actor" | "trace">,
  { personId, organizationId }: { personId: string; organizationId?: string | undefined },
): Promise<{ personId: string; through: Through }> {
  const delegatePersonId = signedInPerson(actor);
  // The token says nothing of the helper's own phone: whoever gave the permission did not give it to that house.
  if (organizationId === undefined) refuseWordless(actor, delegatePersonId);
  const through = { personId: delegatePersonId, ...(organizationId ? { organizationId } : {}) };
  await db.transaction(async (tx) => {
    const at = clock();
    const delegate = await delegateFor(tx, delegatePersonId, organizationId);
    const [live] = await tx
      .select({ id: delegations.id })
      .from(delegations)
      .innerJoin(people, eq(people.id, delegations.principalId))
      .where(
        and(
          eq(delegations.principalId, personId),
          isDelegate(delegate),
          isNotNull(delegations.agreedAt),
          isNull(delegations.withdrawnAt),
          gt(delegations.expiresAt, at),
          eq(people.state, "active"),
        ),
      );
    if (!live)
      throw new DomainError("forbidden", "no-delegation", "They have not agreed that you act for them.");
    const acting: Actor = { kind: "person", personId, operator: false, through };
    await tx.insert(audit).values({
      id: newId(),
      at,
      actor: actorLabel(acting),
      action: "acting.start",
      subject: personId,
      trace,
    });
  });
  return { personId, through };
}
