import type { Actor } from "@minka/contracts/actor";
import { answeredElsewhere } from "@minka/contracts/answered-elsewhere";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { DomainError } from "@minka/domain/errors";
import type { Role } from "@minka/domain/lifecycle";
import { auditOf, type Act, type Context } from "@minka/service/act";

/**
 * In which role the actor does something that is `personId`'s to do. A service passes on what that person
 * wrote to it; an operator helps by telephone, and the audit row names the operator. Others: `not-yours`.
 */
export function roleOf(actor: Actor, role: "requester" | "provider", personId: string): Role {
  if (actor.kind === "service") return role;
  if (actor.kind === "person" && actor.personId === personId) return role;
  if (actor.kind === "person" && actor.operator) return "operator";
  throw new DomainError("forbidden", "not-yours", "This is somebody else's.");
}

/** Writes the audit row of a change, in the change's transaction. */
export const record = auditOf("matching");

/**
 * These people were asked something by SMS that is answered here. What they wrote is passed on by a service, which ends
 * the question itself; of what they, or an operator for them, say by other means it has to hear.
 */
export async function endQuestions(
  tx: Transaction,
  act: Act,
  { actor }: Pick<Context, "actor">,
  personIds: readonly string[],
): Promise<void> {
  if (actor.kind === "service") return;
  await emit(tx, answeredElsewhere.matching, { personIds: [...new Set(personIds)] }, act);
}

/** For whoever ends what may have ended: somebody was quicker, or the time was over. */
export async function unlessOver(act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof DomainError) || error.category !== "conflict") throw error;
  }
}
