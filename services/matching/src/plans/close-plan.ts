import { nextState } from "@minka/domain/lifecycle";
import type { Job } from "@minka/queue/worker";
import type { ServiceKit } from "@minka/service/define-service";
import type { Act } from "@minka/service/act";
import { and, asc, eq, inArray, lte, sql } from "@minka/database/query";
import { record } from "../acting.ts";
import { requests } from "../tables.ts";
import { lockPlan, readSession } from "./lock-plan.ts";
import { unplaceVisit } from "./place-visit.ts";
import { planLifecycle } from "./plan-lifecycle.ts";
import { plans, planVisits } from "./plans-tables.ts";
import { placementOf } from "./store-anew.ts";

/** The job `close-plan`: the month is over. What nobody agreed to will not be; what was agreed on goes its own way. */
export function closePlanJob({ db, clock }: ServiceKit): Job {
  const due = db.read
    .select({ id: plans.id, trace: plans.trace })
    .from(plans)
    .where(and(inArray(plans.state, ["draft", "approved"]), lte(plans.closesAt, sql.placeholder("now"))))
    .orderBy(asc(plans.closesAt))
    .limit(sql.placeholder("limit"))
    .prepare("plans_to_close");
  return {
    due: (limit) => due.execute({ now: clock().toISOString(), limit }),
    run: (id, trace) =>
      db.transaction(async (tx) => {
        const act: Act = { at: clock(), by: "timer", trace };
        const plan = await lockPlan(tx, id);
        const open = plan.state === "draft" || plan.state === "approved";
        if (!open || plan.closesAt > act.at) return;
        const transition = plan.state === "draft" ? "discard" : "close";
        const state = nextState(planLifecycle, plan.state, transition, "timer");
        await tx
          .update(plans)
          .set({ state, computeAt: null, version: plan.version + 1 })
          .where(eq(plans.id, id));
        await record(tx, act, `plan.${transition}`, `plan:${id}`);
        if (transition === "discard") return;
        const left = await tx
          .select()
          .from(planVisits)
          .where(
            and(
              eq(planVisits.planId, id),
              inArray(planVisits.state, ["planned", "proposed", "refused", "unassigned"]),
            ),
          )
          .orderBy(asc(planVisits.offerId), asc(planVisits.id));
        const requestIds = left.flatMap(({ requestId }) => requestId ?? []);
        // In the order of all locks: requests before the places that are given back.
        if (requestIds.length > 0)
          await tx
            .select({ id: requests.id })
            .from(requests)
            .where(inArray(requests.id, requestIds))
            .orderBy(asc(requests.id))
            .for("update");
        for (const visit of left) {
          const from = placementOf(await readSession(tx, visit.sessionId));
          const why = visit.why ?? { code: "month-over", parameters: {} };
          await unplaceVisit(tx, act, { visit, from, why, role: "timer", drop: true });
        }
      }),
  };
}
