import type { Database } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import type { Job } from "@minka/queue/worker";
import { and, eq, isNotNull, lte } from "@minka/database/query";
import { misunderstoodMessages } from "./misunderstood-tables.ts";

/** Long enough to look at them once a season. */
const keptMs = 180 * 24 * 60 * 60_000;

/** After half a year nothing is left but that something was not understood, in which context. */
export function forgetMisunderstoodJob({ db, clock }: { db: Database; clock: Clock }): Job {
  const over = () =>
    and(
      isNotNull(misunderstoodMessages.messageId),
      lte(misunderstoodMessages.at, new Date(clock().getTime() - keptMs)),
    );
  return {
    due: async (limit) => {
      const rows = await db.read
        .select({ id: misunderstoodMessages.id })
        .from(misunderstoodMessages)
        .where(over())
        .limit(limit);
      return rows.map(({ id }) => ({ id, trace: id }));
    },
    async run(id) {
      await db.read
        .update(misunderstoodMessages)
        .set({ messageId: null, phone: null, slots: null })
        .where(and(eq(misunderstoodMessages.id, id), over()));
    },
  };
}
