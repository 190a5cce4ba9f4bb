import type { MeasureName, Pledge, measured, receipt } from "@minka/contracts/lot-pledges";
import type { Queries } from "@minka/database/connect";
import { and, asc, inArray, isNull } from "@minka/database/query";
import type { z } from "zod";
import {
  pledgePlots,
  qualityResults,
  type PledgeRow,
  type QualityRow,
  type ReceiptRow,
} from "./pledges-tables.ts";

export type QualityNow = Partial<Record<MeasureName, number>>;

/** What holds of what was measured, by pledge. */
export async function qualityOf(
  queries: Queries,
  pledgeIds: readonly string[],
): Promise<Map<string, QualityNow>> {
  const now = new Map<string, QualityNow>();
  if (pledgeIds.length === 0) return now;
  const rows = await queries
    .select()
    .from(qualityResults)
    .where(and(inArray(qualityResults.pledgeId, [...pledgeIds]), isNull(qualityResults.replacedAt)))
    .orderBy(asc(qualityResults.id));
  for (const { pledgeId, measure, value } of rows) {
    const known = now.get(pledgeId) ?? {};
    known[measure] = value;
    now.set(pledgeId, known);
  }
  return now;
}

export async function plotsOf(
  queries: Queries,
  pledgeIds: readonly string[],
): Promise<Map<string, (typeof pledgePlots.$inferSelect)[]>> {
  const plots = new Map<string, (typeof pledgePlots.$inferSelect)[]>();
  if (pledgeIds.length === 0) return plots;
  const rows = await queries
    .select()
    .from(pledgePlots)
    .where(inArray(pledgePlots.pledgeId, [...pledgeIds]))
    .orderBy(asc(pledgePlots.pledgeId), asc(pledgePlots.plotId));
  for (const row of rows) plots.set(row.pledgeId, [...(plots.get(row.pledgeId) ?? []), row]);
  return plots;
}

export async function pledgeViews(queries: Queries, rows: readonly PledgeRow[]): Promise<Pledge[]> {
  const ids = rows.map(({ id }) => id);
  const [quality, plots] = await Promise.all([qualityOf(queries, ids), plotsOf(queries, ids)]);
  return rows.map(({ amount, unit, trace: _trace, ...row }) => ({
    ...row,
    amount: { amount, unit },
    plotIds: (plots.get(row.id) ?? []).map(({ plotId }) => plotId),
    pledgedAt: row.pledgedAt.toISOString(),
    quality: quality.get(row.id) ?? {},
  }));
}

export function receiptView({ lotId: _lot, corrects, number, ...row }: ReceiptRow): z.output<typeof receipt> {
  return {
    ...row,
    number: receiptNumber(number),
    weighedAt: row.weighedAt.toISOString(),
    correctedAt: row.correctedAt?.toISOString() ?? null,
    correctsNumber: corrects === null ? null : receiptNumber(corrects),
  };
}

/** As it is read over the phone: R-0007. */
export const receiptNumber = (number: number): string => `R-${String(number).padStart(4, "0")}`;

export function measuredView({ pledgeId: _pledge, ...row }: QualityRow): z.output<typeof measured> {
  return {
    ...row,
    recordedAt: row.recordedAt.toISOString(),
    replacedAt: row.replacedAt?.toISOString() ?? null,
  };
}

export function pledgeAnswer({ id, lotId, state, grams, conversions, flags }: PledgeRow) {
  return { pledgeId: id, lotId, state, grams, conversions, flags };
}
