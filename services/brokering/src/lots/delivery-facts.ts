import type { Queries } from "@minka/database/connect";
import { and, eq, isNull, ne, sql } from "@minka/database/query";
import { pledges, receipts } from "../pledges/pledges-tables.ts";
import { lots } from "./lots-tables.ts";

/**
 * What somebody has brought to lots, of one organization or of all (null): how often, how much and in how many years.
 * A corrected receipt counts once; a lot that was given up counts not at all, nor what was taken home again.
 */
export async function deliveriesOf(
  queries: Queries,
  personId: string,
  organizationId: string | null,
): Promise<{ deliveries: number; grams: number; seasons: number }> {
  const [row] = await queries
    .select({
      deliveries: sql<number>`count(*)::int`,
      grams: sql<string>`coalesce(sum(${receipts.lotGrams}), 0)`,
      seasons: sql<number>`count(distinct extract(year from ${receipts.weighedAt} at time zone 'America/Lima'))::int`,
    })
    .from(receipts)
    .innerJoin(pledges, eq(pledges.id, receipts.pledgeId))
    .innerJoin(lots, eq(lots.id, receipts.lotId))
    .where(
      and(
        eq(pledges.personId, personId),
        isNull(receipts.correctedAt),
        ne(lots.state, "cancelled"),
        ne(pledges.state, "withdrawn"),
        organizationId === null
          ? undefined
          : and(eq(lots.organizerKind, "organization"), eq(lots.organizerId, organizationId)),
      ),
    );
  return { deliveries: row?.deliveries ?? 0, grams: Number(row?.grams ?? 0), seasons: row?.seasons ?? 0 };
}
