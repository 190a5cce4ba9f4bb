import { listLapsed } from "@minka/contracts/events";
import { emit } from "@minka/database/deliveries";
import { nextState } from "@minka/domain/lifecycle";
import type { Job } from "@minka/queue/worker";
import type { ServiceKit } from "@minka/service/define-service";
import type { Act } from "@minka/service/act";
import { and, asc, eq, lte, sql } from "@minka/database/query";
import { record } from "../acting.ts";
import { requests } from "../tables.ts";
import { lockRequest } from "./lock-request.ts";
import { requestLifecycle } from "./request-lifecycle.ts";
import { withdrawListed } from "./search-on.ts";

/** The job `expire-list`: nobody chose in time, so the request lapses and its person is told. */
export function expireListJob({ db, clock }: ServiceKit): Job {
  const due = db.read
    .select({ id: requests.id, trace: requests.trace })
    .from(requests)
    .where(and(eq(requests.state, "listed"), lte(requests.listExpiresAt, sql.placeholder("now"))))
    .orderBy(asc(requests.listExpiresAt))
    .limit(sql.placeholder("limit"))
    .prepare("lists_due");
  return {
    due: (limit) => due.execute({ now: clock().toISOString(), limit }),
    run: (id, trace) =>
      db.transaction(async (tx) => {
        const act: Act = { at: clock(), by: "timer", trace };
        const request = await lockRequest(tx, id);
        const over = request.listExpiresAt !== null && request.listExpiresAt <= act.at;
        if (request.state !== "listed" || !over) return;
        await withdrawListed(tx, id);
        await tx
          .update(requests)
          .set({ state: nextState(requestLifecycle, request.state, "lapse", "timer"), listExpiresAt: null })
          .where(eq(requests.id, id));
        await record(tx, act, "request.lapse", `request:${id}`);
        await emit(tx, listLapsed, { requestId: id }, act);
      }),
  };
}
