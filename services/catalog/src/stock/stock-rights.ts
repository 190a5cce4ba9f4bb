import type { Actor } from "@minka/contracts/actor";
import type { Queries } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { eq } from "@minka/database/query";
import { isOperator, notYours, partIn, providerUnknown } from "../providers/provider-rights.ts";
import { providers } from "../tables.ts";
import { stockItems } from "./stock-tables.ts";

export type StockRow = typeof stockItems.$inferSelect;

/**
 * The book is its managers' and staff's: who was granted the offers reads and writes nothing of the money. Throws
 * `provider-unknown` (404), `not-your-provider` (403), and for who writes `provider-closed` (409).
 */
export async function refuseUnlessBookkeeper(
  queries: Queries,
  actor: Actor,
  providerId: string,
  managedOrganizations: readonly string[],
  { writes }: { writes: boolean },
): Promise<void> {
  const [provider] = await queries
    .select({ id: providers.id, organizationId: providers.organizationId, state: providers.state })
    .from(providers)
    .where(eq(providers.id, providerId));
  if (!provider) throw providerUnknown();
  if (!isOperator(actor)) {
    const part = await partIn(queries, actor, provider, managedOrganizations);
    if (part !== "manager" && part !== "staff") throw notYours();
  }
  if (writes && provider.state === "closed")
    throw new DomainError("conflict", "provider-closed", "This provider has been closed.");
}

/** Throws `stock-item-unknown` (404). */
export async function readItem(queries: Queries, itemId: string): Promise<StockRow> {
  const [item] = await queries.select().from(stockItems).where(eq(stockItems.id, itemId));
  if (!item) throw itemUnknown();
  return item;
}

export const itemUnknown = () =>
  new DomainError("not-found", "stock-item-unknown", "There is no such page of a stock book.");

export function itemView({ createdAt: _createdAt, ...item }: StockRow) {
  return item;
}
