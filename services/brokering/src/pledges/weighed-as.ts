import type { Queries } from "@minka/database/connect";
import { and, inArray, isNotNull } from "@minka/database/query";
import { pledges } from "./pledges-tables.ts";

/**
 * For each of these pledges the one under which it was weighed: itself, or where what came from another lot began. Its
 * receipts are written there.
 */
export async function weighedAs(
  queries: Queries,
  pledgeIds: readonly string[],
): Promise<Map<string, string>> {
  const began = new Map(pledgeIds.map((id) => [id, id]));
  for (;;) {
    const ids = [...new Set(began.values())];
    if (ids.length === 0) return began;
    const rows = await queries
      .select({ id: pledges.id, carriedFrom: pledges.carriedFrom })
      .from(pledges)
      .where(and(inArray(pledges.id, ids), isNotNull(pledges.carriedFrom)));
    if (rows.length === 0) return began;
    const before = new Map(rows.map(({ id, carriedFrom }) => [id, carriedFrom ?? id]));
    for (const [id, at] of began) began.set(id, before.get(at) ?? at);
  }
}
