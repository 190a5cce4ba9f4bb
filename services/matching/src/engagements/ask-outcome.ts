import { outcomeDue } from "@minka/contracts/events";
import { emit } from "@minka/database/deliveries";
import type { Job } from "@minka/queue/worker";
import type { ServiceKit } from "@minka/service/define-service";
import { and, asc, eq, isNull, lte, sql } from "drizzle-orm";
import { record, type Act } from "../acting.ts";
import { lockRequestOfEngagement } from "../requests/lock-request.ts";
import { engagements } from "../tables.ts";

/** The job `ask-outcome`: the evening after the visit day, have the producer asked whether it took place. */
export function askOutcomeJob({ db, clock }: ServiceKit): Job {
  const due = db.read
    .select({ id: engagements.id, trace: engagements.trace })
    .from(engagements)
    .where(
      and(
        eq(engagements.state, "agreed"),
        isNull(engagements.outcomeAskedAt),
        lte(engagements.outcomeDueAt, sql.placeholder("now")),
      ),
    )
    .orderBy(asc(engagements.outcomeDueAt))
    .limit(sql.placeholder("limit"))
    .prepare("outcomes_due");
  return {
    due: (limit) => due.execute({ now: clock().toISOString(), limit }),
    run: (id, trace) =>
      db.transaction(async (tx) => {
        const act: Act = { at: clock(), by: "timer", trace };
        const { request, engagement } = await lockRequestOfEngagement(tx, id);
        const waits = engagement.state === "agreed" && engagement.outcomeAskedAt === null;
        if (!waits || engagement.outcomeDueAt > act.at) return;
        await tx.update(engagements).set({ outcomeAskedAt: act.at }).where(eq(engagements.id, id));
        await record(tx, act, "engagement.ask-outcome", `engagement:${id}`);
        await emit(tx, outcomeDue, { requestId: request.id, engagementId: id }, act);
      }),
  };
}
