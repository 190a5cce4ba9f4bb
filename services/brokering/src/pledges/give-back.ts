import type { Transaction } from "@minka/database/connect";
import { eq, sql } from "@minka/database/query";
import { pledges, type PledgeRow } from "./pledges-tables.ts";

/**
 * What had come from another lot is free there again, but for what has gone on from here; where that lot was given up
 * itself, it is free where that one had it from.
 */
export async function giveBack(
  tx: Transaction,
  rows: readonly Pick<PledgeRow, "carriedFrom" | "grams" | "carriedGrams">[],
): Promise<void> {
  for (const { carriedFrom, grams, carriedGrams } of rows)
    for (let at = carriedFrom; at !== null;) {
      const [from] = await tx
        .update(pledges)
        .set({ carriedGrams: sql`${pledges.carriedGrams} - ${grams - carriedGrams}` })
        .where(eq(pledges.id, at))
        .returning({ state: pledges.state, carriedFrom: pledges.carriedFrom });
      at = from && from.state !== "open" ? from.carriedFrom : null;
    }
}
