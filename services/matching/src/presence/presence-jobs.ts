import { presenceOverdue } from "@minka/contracts/events";
import { overdueMinutes, presenceDays } from "@minka/contracts/presence";
import { emit } from "@minka/database/deliveries";
import type { Job } from "@minka/queue/worker";
import type { ServiceKit } from "@minka/service/define-service";
import type { Act } from "@minka/service/act";
import { and, asc, eq, isNull, lte } from "@minka/database/query";
import { record } from "../acting.ts";
import { engagements } from "../tables.ts";
import { presences } from "./presence-tables.ts";

const dayMs = 24 * 60 * 60 * 1000;

/**
 * The job `watch-presence`: an agent has not said that they left, half an hour after they were to: somebody calls. An
 * arrival that waited for a signal brings its departure after it: it has half an hour for that from when it came.
 */
export function watchPresenceJob({ db, clock }: Pick<ServiceKit, "db" | "clock">): Job {
  const missing = () => {
    const since = new Date(clock().getTime() - overdueMinutes * 60_000);
    return and(
      isNull(presences.leftAt),
      isNull(presences.overdueAt),
      lte(presences.expectedUntil, since),
      lte(presences.heardAt, since),
    );
  };
  return {
    due: (limit) =>
      db.read
        .select({ id: presences.id, trace: presences.trace })
        .from(presences)
        .where(missing())
        .orderBy(asc(presences.expectedUntil))
        .limit(limit),
    run: (id, trace) =>
      db.transaction(async (tx) => {
        const act: Act = { at: clock(), by: "timer", trace };
        const [stay] = await tx
          .update(presences)
          .set({ overdueAt: act.at })
          .where(and(eq(presences.id, id), missing()))
          .returning();
        if (!stay) return;
        const { engagementId } = stay;
        const [engagement] = await tx.select().from(engagements).where(eq(engagements.id, engagementId));
        if (!engagement) throw new Error(`engagement ${engagementId} is gone`);
        const { requestId } = engagement;
        await record(tx, act, "presence.overdue", `presence:${id}`);
        await emit(tx, presenceOverdue, { requestId, engagementId, presenceId: id }, act);
      }),
  };
}

/** The job `forget-presence`: a month later nobody needs to know where an agent was. */
export function forgetPresenceJob({ db, clock }: Pick<ServiceKit, "db" | "clock">): Job {
  const old = () => lte(presences.arrivedAt, new Date(clock().getTime() - presenceDays * dayMs));
  return {
    async due(limit) {
      const rows = await db.read
        .select({ id: presences.id })
        .from(presences)
        .where(old())
        .orderBy(asc(presences.arrivedAt))
        .limit(limit);
      return rows.map(({ id }) => ({ id, trace: `forget-presence-${id}` }));
    },
    run: (id) =>
      db.transaction(async (tx) => void (await tx.delete(presences).where(and(eq(presences.id, id), old())))),
  };
}
