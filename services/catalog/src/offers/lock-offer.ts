import type { Actor } from "@minka/contracts/actor";
import type { Queries, Transaction } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { eq } from "@minka/database/query";
import {
  isOperator,
  lockManagedProvider,
  notYours,
  partIn,
  providerUnknown,
  type ProviderRow,
} from "../providers/provider-rights.ts";
import { offers, providers } from "../tables.ts";

export type OfferRow = typeof offers.$inferSelect;

export function offerUnknown(): DomainError {
  return new DomainError("not-found", "offer-unknown", "There is no such offer.");
}

/**
 * An offer with its provider, both locked in the order in which everybody locks them: provider, offer. For somebody
 * who may act for the provider. Throws `offer-unknown` (404) and `not-your-provider` (403).
 */
export async function lockManagedOffer(
  tx: Transaction,
  actor: Actor,
  offerId: string,
  managedOrganizations: readonly string[],
): Promise<{ offer: OfferRow; provider: ProviderRow }> {
  const [found] = await tx
    .select({ providerId: offers.providerId })
    .from(offers)
    .where(eq(offers.id, offerId));
  if (!found) throw offerUnknown();
  const provider = await lockManagedProvider(tx, actor, found.providerId, managedOrganizations);
  const [offer] = await tx.select().from(offers).where(eq(offers.id, offerId)).for("update");
  if (!offer) throw offerUnknown();
  return { offer, provider };
}

/** For reading alone, a closed provider's offers too: the same rights and refusals, and nothing is locked. */
export async function refuseUnlessManaged(
  queries: Queries,
  actor: Actor,
  providerId: string,
  managedOrganizations: readonly string[],
): Promise<void> {
  const [provider] = await queries
    .select({ id: providers.id, organizationId: providers.organizationId })
    .from(providers)
    .where(eq(providers.id, providerId));
  if (!provider) throw providerUnknown();
  if (!isOperator(actor) && !(await partIn(queries, actor, provider, managedOrganizations))) throw notYours();
}
