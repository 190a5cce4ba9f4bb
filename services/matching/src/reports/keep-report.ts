import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { keepReport as contract } from "@minka/contracts/outcome-reports";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { actOf, type Context, type Means } from "@minka/service/act";
import { record } from "../acting.ts";
import { idempotencyKeys } from "../tables.ts";
import { outcomeReports } from "./reports-tables.ts";

/** Keeps figures as they were sent. Nothing changes a report that is kept. */
export async function keepReport(
  { db, clock }: Means,
  context: Context,
  { body: { title, figures } }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const reportId = newId();
      const { from, until } = figures.outcomes;
      await tx
        .insert(outcomeReports)
        .values({ id: reportId, at: act.at, title, from, until, figures, by: act.by });
      await record(tx, act, "report.keep", `report:${reportId}`);
      return { reportId };
    }),
  );
}
