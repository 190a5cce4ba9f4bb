import type { Actor } from "@minka/contracts/actor";
import type { HandlerInput } from "@minka/contracts/endpoint";
import type { listPlots as listContract, readPlot as readContract } from "@minka/contracts/plots";
import type { Queries } from "@minka/database/connect";
import { and, desc, eq } from "@minka/database/query";
import { olderThan, pageOf } from "../people/list-pages.ts";
import { refuseOthers, refuseUnknownPerson } from "../people/read-person.ts";
import { heldPlots, plotUnknown, readHolders } from "./lock-plot.ts";
import { plotView } from "./plot-row.ts";
import { plots } from "./plots-tables.ts";

export async function listPlots(
  queries: Queries,
  actor: Actor,
  { params: { personId }, query }: HandlerInput<typeof listContract>,
) {
  refuseOthers(actor, personId);
  await refuseUnknownPerson(queries, personId);
  const rows = await queries
    .select()
    .from(plots)
    .where(and(heldPlots(queries, personId), olderThan(plots.id, query.cursor)))
    .orderBy(desc(plots.id))
    .limit(query.limit + 1);
  const holders = await readHolders(
    queries,
    rows.map(({ id }) => id),
  );
  return pageOf(rows, query.limit, (row) => plotView(row, holders.get(row.id) ?? [], personId));
}

export async function readPlot(
  queries: Queries,
  actor: Actor,
  { params: { personId, plotId } }: HandlerInput<typeof readContract>,
) {
  refuseOthers(actor, personId);
  const [row] = await queries
    .select()
    .from(plots)
    .where(and(eq(plots.id, plotId), heldPlots(queries, personId)));
  if (!row) throw plotUnknown();
  const holders = await readHolders(queries, [plotId]);
  return { plot: plotView(row, holders.get(plotId) ?? [], personId) };
}
