import { actorLabel, type Actor } from "@minka/contracts/actor";
import { answeredElsewhere } from "@minka/contracts/answered-elsewhere";
import { hot, type Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { emit } from "@minka/database/deliveries";
import { DomainError } from "@minka/domain/errors";
import type { Role } from "@minka/domain/lifecycle";
import type { CallContext } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";

/** What use cases need of the process. */
export type Means = Pick<ServiceKit, "db" | "clock">;

/** What a use case knows of its caller. */
export type Context = Pick<CallContext, "actor" | "trace" | "claim">;

/** Who acts, when and under which trace: what every change records. */
export type Act = { readonly at: Date; readonly by: string; readonly trace: string };

export function actOf(context: Context, at: Date): Act {
  return { at, by: actorLabel(context.actor), trace: context.trace };
}

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
export async function record(tx: Transaction, act: Act, action: string, subject: string): Promise<void> {
  await hot(tx)`
    insert into matching.audit (id, at, actor, action, subject, trace)
    values (${newId()}, ${act.at.toISOString()}, ${act.by}, ${action}, ${subject}, ${act.trace})`;
}

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
