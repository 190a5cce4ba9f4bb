import { actorLabel } from "@minka/contracts/actor";
import type { Database } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import type { Clock } from "@minka/domain/clock";
import { DomainError } from "@minka/domain/errors";
import type { CallContext } from "@minka/http/mount-endpoint";
import { eq } from "@minka/database/query";
import { audit, operators } from "../tables.ts";
import { lockOperators } from "./appoint-operator.ts";
import { listOperators } from "./list-operators.ts";

/** Throws `operator-unknown` (404), and `last-operator` (409) for the only one left. */
export async function dismissOperator(
  { db, clock }: { db: Database; clock: Clock },
  { actor, trace }: Pick<CallContext, "actor" | "trace">,
  personId: string,
): Promise<{ personId: string; dismissedAt: string }> {
  return db.transaction(async (tx) => {
    const at = clock();
    await lockOperators(tx);
    const { operators: serving } = await listOperators(tx);
    if (!serving.some((operator) => operator.personId === personId))
      throw new DomainError("not-found", "operator-unknown", "This person is no operator.");
    if (serving.length === 1)
      throw new DomainError(
        "conflict",
        "last-operator",
        "Appoint another operator first: this is the last one.",
      );
    await tx.update(operators).set({ dismissedAt: at }).where(eq(operators.personId, personId));
    await tx.insert(audit).values({
      id: newId(),
      at,
      actor: actorLabel(actor),
      action: "operator.dismiss",
      subject: personId,
      trace,
    });
    return { personId, dismissedAt: at.toISOString() };
  });
}
