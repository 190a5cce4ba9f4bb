import type { Transaction } from "@minka/database/connect";
import { and, eq, gt, sql } from "@minka/database/query";
import { pledges } from "../pledges/pledges-tables.ts";
import type { WorkedOut } from "./work-out-settlement.ts";

/** Harvest dries on its way and scales differ, but not by more than this: what is missing beyond was never brought. */
const leastOfComposed = 0.9;

/**
 * Of a lot that is settled for part of what it was made of, the rest is as free for other lots as what its composition
 * left, by each member's share. The lot is locked.
 */
export async function freeUndelivered(
  tx: Transaction,
  lotId: string,
  { settlement: { members } }: WorkedOut,
): Promise<void> {
  const arrived = members.flatMap(({ lines }) => lines.map(({ id, grams }) => ({ id, grams })));
  const [composed] = await tx
    .select({ grams: sql<string>`coalesce(sum(${pledges.takenGrams}), 0)` })
    .from(pledges)
    .where(and(eq(pledges.lotId, lotId), gt(pledges.takenGrams, 0)));
  const grams = arrived.reduce((sum, each) => sum + each.grams, 0);
  if (grams >= Number(composed?.grams ?? 0) * leastOfComposed) return;
  await tx.execute(sql`
    update ${pledges} set taken_grams = n.grams, left_grams = coalesce(left_grams, 0) + taken_grams - n.grams,
      left_because = coalesce(left_because, '{"code":"not-delivered","parameters":{}}'::jsonb)
    from (
      select (e->>'id')::uuid as id, (e->>'grams')::bigint as grams
      from jsonb_array_elements(${JSON.stringify(arrived)}::jsonb) e
    ) n
    where ${pledges.id} = n.id and n.grams < taken_grams`);
}
