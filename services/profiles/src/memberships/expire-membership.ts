import type { Job } from "@minka/queue/worker";
import type { Means } from "@minka/service/act";
import { and, asc, eq, lte, sql } from "@minka/database/query";
import { memberships } from "../tables.ts";
import { lockMembership } from "./lock-membership.ts";
import { lapseMembership } from "./settle-membership.ts";

/** The job `expire-membership`: nobody said yes or no in time. */
export function expireMembershipJob({ db, clock }: Means): Job {
  const due = db.read
    .select({ id: memberships.id, trace: memberships.trace })
    .from(memberships)
    .where(and(eq(memberships.state, "asked"), lte(memberships.expiresAt, sql.placeholder("now"))))
    .orderBy(asc(memberships.expiresAt))
    .limit(sql.placeholder("limit"))
    .prepare("memberships_due");
  return {
    due: (limit) => due.execute({ now: clock().toISOString(), limit }),
    run: (id, trace) =>
      db.transaction(async (tx) => {
        const at = clock();
        const both = await lockMembership(tx, id);
        const { state, expiresAt } = both.membership;
        if (state !== "asked" || expiresAt === null || expiresAt > at) return;
        await lapseMembership(tx, { at, by: "timer", trace }, both);
      }),
  };
}
