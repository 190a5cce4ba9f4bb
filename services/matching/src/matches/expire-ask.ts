import type { Job } from "@minka/queue/worker";
import type { ServiceKit } from "@minka/service/define-service";
import type { Act } from "@minka/service/act";
import { and, asc, eq, lte, sql } from "@minka/database/query";
import { lockRequestOfMatch } from "../requests/lock-request.ts";
import { matches } from "../tables.ts";
import { passOn } from "./pass-on.ts";

/** The job `expire-ask`: a provider who said nothing in time is passed over. */
export function expireAskJob({ db, clock }: ServiceKit): Job {
  const due = db.read
    .select({ id: matches.id, trace: matches.trace })
    .from(matches)
    .where(and(eq(matches.state, "asked"), lte(matches.askExpiresAt, sql.placeholder("now"))))
    .orderBy(asc(matches.askExpiresAt))
    .limit(sql.placeholder("limit"))
    .prepare("asks_due");
  return {
    due: (limit) => due.execute({ now: clock().toISOString(), limit }),
    run: (id, trace) =>
      db.transaction(async (tx) => {
        const act: Act = { at: clock(), by: "timer", trace };
        const { request, match, all } = await lockRequestOfMatch(tx, id);
        const over = match.askExpiresAt !== null && match.askExpiresAt <= act.at;
        if (match.state !== "asked" || !over) return;
        await passOn(tx, act, { request, match, all, role: "timer", cause: "silent" });
      }),
  };
}
