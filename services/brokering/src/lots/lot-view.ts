import type { Lot } from "@minka/contracts/lots";
import type { Queries } from "@minka/database/connect";
import { asc, eq, inArray, sql, and } from "@minka/database/query";
import { pledges } from "../pledges/pledges-tables.ts";
import { lotPoints, type LotRow } from "./lots-tables.ts";

/** Lots as those see them who may, with what is pledged in all and nothing of whom. */
export async function lotViews(queries: Queries, rows: readonly LotRow[]): Promise<Lot[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const points = await queries
    .select()
    .from(lotPoints)
    .where(inArray(lotPoints.lotId, ids))
    .orderBy(asc(lotPoints.id));
  const sums = await queries
    .select({
      lotId: pledges.lotId,
      pledges: sql<number>`count(*)::int`,
      pledgedGrams: sql<string>`sum(${pledges.grams})`,
      weighedGrams: sql<string>`coalesce(sum(${pledges.weighedGrams}), 0)`,
    })
    .from(pledges)
    .where(and(inArray(pledges.lotId, ids), eq(pledges.state, "open")))
    .groupBy(pledges.lotId);
  return rows.map(({ organizerKind, organizerId, organizerIsGroup: _group, organizerName, ...row }): Lot => {
    const sum = sums.find(({ lotId }) => lotId === row.id);
    const { buyerId: _buyer, receipts: _receipts, settledAt: _settled, trace: _trace, ...followed } = row;
    const { lookAt: _look, waitsFor: _for, waitsSince: _since, waitStep: _step, ...others } = followed;
    const { waitStepAt: _at, ...told } = others;
    return {
      ...told,
      organizer: { kind: organizerKind, id: organizerId, name: organizerName },
      pledgeUntil: row.pledgeUntil.toISOString(),
      openedAt: row.openedAt.toISOString(),
      freeSince: row.freeSince?.toISOString() ?? null,
      points: points.flatMap(({ lotId, ...point }) => (lotId === row.id ? [point] : [])),
      pledges: sum?.pledges ?? 0,
      pledgedGrams: Number(sum?.pledgedGrams ?? 0),
      weighedGrams: Number(sum?.weighedGrams ?? 0),
    };
  });
}
