import { readFarmFacts, type FarmPlot } from "@minka/contracts/farm-facts";
import type { Transaction } from "@minka/database/connect";
import { and, eq, sql } from "@minka/database/query";
import { pledgePlots, pledges } from "../pledges/pledges-tables.ts";
import type { Calling } from "./open-lot.ts";

/** A plot of a pledge as it is now; null once the person holds it no more. */
export type PlotNow = { readonly pledgeId: string; readonly plotId: string; readonly plot: FarmPlot | null };

/** As many people as profiles tells of at once. */
const mostFarms = 500;

/** The plots of a lot's pledges as profiles knows them now: borders are often measured after the pledge. */
export async function readPlots(
  { db, call }: Pick<Calling, "db" | "call">,
  lotId: string,
  trace: string,
): Promise<PlotNow[]> {
  const named = await db.read
    .select({ pledgeId: pledgePlots.pledgeId, plotId: pledgePlots.plotId, personId: pledges.personId })
    .from(pledgePlots)
    .innerJoin(pledges, eq(pledges.id, pledgePlots.pledgeId))
    .where(and(eq(pledges.lotId, lotId), eq(pledges.state, "open")));
  const personIds = [...new Set(named.map(({ personId }) => personId))];
  const plots = new Map<string, FarmPlot>();
  for (let from = 0; from < personIds.length; from += mostFarms) {
    const body = { personIds: personIds.slice(from, from + mostFarms) };
    const { farms } = await call(readFarmFacts, { body }, { trace });
    for (const farm of farms)
      for (const plot of farm.plots) plots.set(`${farm.personId} ${plot.plotId}`, plot);
  }
  return named.map(({ pledgeId, plotId, personId }) => ({
    pledgeId,
    plotId,
    plot: plots.get(`${personId} ${plotId}`) ?? null,
  }));
}

/** Keeps what was read, in one statement. What somebody holds no more stays as it was known last, and is marked. */
export async function refreshPlots(tx: Transaction, plots: readonly PlotNow[]): Promise<void> {
  if (plots.length === 0) return;
  await tx.execute(sql`
    update ${pledgePlots} set plot = coalesce(n.plot, ${pledgePlots.plot}), gone = n.plot is null
    from (
      select (e->>'pledgeId')::uuid as pledge_id, (e->>'plotId')::uuid as plot_id,
        nullif(e->'plot', 'null'::jsonb) as plot
      from jsonb_array_elements(${JSON.stringify(plots)}::jsonb) e
    ) n
    where ${pledgePlots.pledgeId} = n.pledge_id and ${pledgePlots.plotId} = n.plot_id`);
}
