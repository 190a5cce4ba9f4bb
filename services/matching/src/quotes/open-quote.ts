import type { Transaction } from "@minka/database/connect";
import { and, eq } from "@minka/database/query";
import { quotes, type QuoteRow } from "./quotes-tables.ts";

/** What one side of a match proposes and the other has not answered. Read it under the request's lock. */
export async function openQuote(tx: Transaction, matchId: string): Promise<QuoteRow | null> {
  const [quote] = await tx
    .select()
    .from(quotes)
    .where(and(eq(quotes.matchId, matchId), eq(quotes.state, "open")));
  return quote ?? null;
}

export async function closeQuote(
  tx: Transaction,
  quote: Pick<QuoteRow, "id">,
  state: Exclude<QuoteRow["state"], "open">,
): Promise<void> {
  await tx.update(quotes).set({ state }).where(eq(quotes.id, quote.id));
}
