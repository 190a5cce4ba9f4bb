import { readProviderContact } from "@minka/contracts/providers";
import type { ContractSide } from "@minka/contracts/lot-contracts";
import type { Queries, Transaction } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import type { Caller } from "@minka/http/caller";
import type { Context } from "@minka/service/act";
import { and, eq, ne } from "@minka/database/query";
import { refuseUnlessProvider } from "../authority.ts";
import { lotContracts, lotQuotes, type LotContractRow, type LotQuoteRow } from "./contracts-tables.ts";
import { refuseUnlessOrganizer } from "../organizers/organizer.ts";
import type { LotRow } from "./lots-tables.ts";

export const other = (side: ContractSide): ContractSide => (side === "organizer" ? "buyer" : "organizer");

/** `provider` is the organizer in lifecycles, `requester` the buyer. */
export const roleOfSide = { organizer: "provider", buyer: "requester" } as const;

/** Throws for whoever does not speak for a side. Reads other services: never in a transaction. */
export function refuseUnlessSide(
  call: Caller,
  asking: Pick<Context, "actor" | "trace">,
  { side, lot, buyerId }: { side: ContractSide; lot: LotRow; buyerId: string },
): Promise<void> {
  return side === "organizer"
    ? refuseUnlessOrganizer(call, asking, lot)
    : refuseUnlessProvider(call, asking, buyerId);
}

/** The buyer as it is now. `not-a-buyer` (409) for a provider that buys nothing or is not verified. */
export async function readBuyer(
  call: Caller,
  buyerId: string,
  trace: string,
): Promise<{ name: string; personId: string }> {
  try {
    const found = await call(readProviderContact, { params: { providerId: buyerId } }, { trace });
    if (found.kinds.includes("buyer")) return found;
  } catch (error) {
    if (!(error instanceof DomainError) || error.category !== "not-found") throw error;
  }
  throw new DomainError("conflict", "not-a-buyer", "Only a verified buyer signs a contract for a lot.");
}

/** What is negotiated, agreed or signed of a lot; null while nothing is. */
export async function contractOf(queries: Queries, lotId: string): Promise<LotContractRow | null> {
  const [row] = await queries
    .select()
    .from(lotContracts)
    .where(and(eq(lotContracts.lotId, lotId), ne(lotContracts.state, "ended")));
  return row ?? null;
}

/** `no-such-contract` (404). */
export async function findContract(queries: Queries, contractId: string): Promise<LotContractRow> {
  const [row] = await queries.select().from(lotContracts).where(eq(lotContracts.id, contractId));
  if (!row) throw new DomainError("not-found", "no-such-contract", "There is no such contract.");
  return row;
}

/** `no-such-lot-quote` (404). */
export async function findLotQuote(queries: Queries | Transaction, quoteId: string): Promise<LotQuoteRow> {
  const [row] = await queries.select().from(lotQuotes).where(eq(lotQuotes.id, quoteId));
  if (!row) throw new DomainError("not-found", "no-such-lot-quote", "Nothing was proposed by this id.");
  return row;
}
