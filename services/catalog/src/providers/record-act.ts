import { actorLabel, type Actor } from "@minka/contracts/actor";
import type { Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { audit } from "../tables.ts";

/** Who did what to a provider, in the transaction that does it. */
export async function recordAct(
  tx: Transaction,
  { actor, trace }: { actor: Actor; trace: string },
  { at, action, providerId, about }: { at: Date; action: string; providerId: string; about?: string },
): Promise<void> {
  await tx.insert(audit).values({
    id: newId(),
    at,
    actor: actorLabel(actor),
    action: `provider.${action}`,
    subject: about === undefined ? providerId : `${providerId} ${about}`,
    trace,
  });
}
