import type { Transaction } from "@minka/database/connect";
import { eq } from "@minka/database/query";
import { refreshPostings } from "../offers/post-offers.ts";
import { refreshProviderListing } from "../search/keep-provider-listings.ts";
import { offers } from "../tables.ts";

/** After a change of a provider: makes it and its offers found, or not, as they have to be. */
export async function refreshProvider(tx: Transaction, providerId: string, at: Date): Promise<void> {
  const own = await tx.select({ id: offers.id }).from(offers).where(eq(offers.providerId, providerId));
  await refreshPostings(
    tx,
    own.map(({ id }) => id),
    at,
  );
  // Also one that has nothing on offer.
  await refreshProviderListing(tx, [providerId]);
}
