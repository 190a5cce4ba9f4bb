import type { Queries, Transaction } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { asc, eq, inArray } from "@minka/database/query";
import { lockPeople } from "../people/lock-people.ts";
import { plotHolders, plots } from "./plots-tables.ts";

export function heldPlots(queries: Queries, personId: string) {
  const held = queries
    .select({ plotId: plotHolders.plotId })
    .from(plotHolders)
    .where(eq(plotHolders.personId, personId));
  return inArray(plots.id, held);
}

/** Everybody who holds each of these plots, who held it first before. */
export async function readHolders(
  queries: Queries,
  plotIds: readonly string[],
): Promise<Map<string, string[]>> {
  const holders = new Map<string, string[]>(plotIds.map((plotId) => [plotId, []]));
  if (plotIds.length === 0) return holders;
  const rows = await queries
    .select()
    .from(plotHolders)
    .where(inArray(plotHolders.plotId, [...plotIds]))
    .orderBy(asc(plotHolders.since), asc(plotHolders.personId));
  for (const { plotId, personId } of rows) holders.get(plotId)?.push(personId);
  return holders;
}

/**
 * A plot that the person holds, with all who hold it and who are to join, locked. As whoever changes a plot or
 * its holders locks them all, that locks the plot. Throws `plot-unknown` (404), also for a plot of others: whose
 * a plot is, is nobody else's business; and `plot-changing` (409) when somebody was let in at this very moment.
 */
export async function lockPlot(
  tx: Transaction,
  personId: string,
  plotId: string,
  joining: readonly string[] = [],
) {
  const readThem = async () => (await readHolders(tx, [plotId])).get(plotId) ?? [];
  const locked = await lockPeople(tx, [personId, ...(await readThem()), ...joining]);
  const holderIds = await readThem();
  const [plot] = await tx.select().from(plots).where(eq(plots.id, plotId));
  if (!plot || !holderIds.includes(personId)) throw plotUnknown();
  if (!holderIds.every((holder) => locked.some(({ id }) => id === holder))) {
    throw new DomainError("conflict", "plot-changing", "Somebody is changing this plot: try again.");
  }
  return { ...plot, holderIds, locked };
}

export function plotUnknown(): DomainError {
  return new DomainError("not-found", "plot-unknown", "This person holds no such plot.");
}
