import type { Actor } from "@minka/contracts/actor";
import { listOwnProviders } from "@minka/contracts/providers";
import { DomainError } from "@minka/domain/errors";
import type { Caller } from "@minka/http/caller";

/**
 * Throws `not-your-provider` (403) for whoever is neither an operator nor, as catalog knows it now, a manager of the
 * provider. Calls another service, so never inside a transaction.
 */
export async function refuseUnlessManages(
  call: Caller,
  { actor, trace }: { actor: Actor; trace: string },
  providerId: string,
): Promise<void> {
  if (actor.kind === "person") {
    if (actor.operator) return;
    const params = { personId: actor.personId };
    const { providers } = await call(listOwnProviders, { params }, { trace });
    if (providers.some(({ id, as }) => id === providerId && as === "manager")) return;
  }
  throw new DomainError("forbidden", "not-your-provider", "This provider is not yours.");
}
