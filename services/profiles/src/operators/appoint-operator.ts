import { actorLabel } from "@minka/contracts/actor";
import type { Operator } from "@minka/contracts/operators";
import type { Database, Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import type { Clock } from "@minka/domain/clock";
import { DomainError } from "@minka/domain/errors";
import type { CallContext } from "@minka/http/mount-endpoint";
import { and, eq, sql } from "@minka/database/query";
import { readPhone } from "../people/phone-holder.ts";
import { personUnknown } from "../people/read-person.ts";
import { audit, idempotencyKeys, operators, people } from "../tables.ts";
import { readOperator } from "./list-operators.ts";

/**
 * Makes a registered person an operator; who is one already stays as they are. Throws `person-unknown`,
 * `phone-unknown` (409), and `phone-shared` (409) for a phone that does not say who of several is meant.
 */
export async function appointOperator(
  { db, clock }: { db: Database; clock: Clock },
  { actor, trace, claim }: Pick<CallContext, "actor" | "trace" | "claim">,
  who: { personId: string } | { phone: string },
): Promise<{ operator: Operator }> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim, clock }, async () => {
      const at = clock();
      await lockOperators(tx);
      const personId = "phone" in who ? await ownerOf(tx, who.phone) : who.personId;
      const [person] = await tx
        .select({ id: people.id })
        .from(people)
        .where(and(eq(people.id, personId), eq(people.state, "active")));
      if (!person) throw personUnknown();
      const already = await readOperator(tx, personId);
      if (already) return { operator: already };
      const appointed = {
        appointedAt: at,
        appointedBy: actor.kind === "person" ? actor.personId : null,
        dismissedAt: null,
      };
      await tx
        .insert(operators)
        .values({ personId, ...appointed })
        .onConflictDoUpdate({ target: operators.personId, set: appointed });
      await tx.insert(audit).values({
        id: newId(),
        at,
        actor: actorLabel(actor),
        action: "operator.appoint",
        subject: personId,
        trace,
      });
      const operator = await readOperator(tx, personId);
      if (!operator) throw new Error("an operator vanished while being appointed");
      return { operator };
    }),
  );
}

async function ownerOf(tx: Transaction, phone: string): Promise<string> {
  const { person, shared } = await readPhone(tx, phone);
  if (!person) throw new DomainError("conflict", "phone-unknown", "Nobody is registered at this phone.");
  if (shared)
    throw new DomainError("conflict", "phone-shared", "Several people use this phone: name one by their id.");
  return person.id;
}

/** One change of who is an operator at a time: two who dismiss each other must not leave nobody. */
export async function lockOperators(tx: Transaction): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('operators', 2))`);
}
