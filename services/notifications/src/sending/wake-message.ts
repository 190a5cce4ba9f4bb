import type { Database } from "@minka/database/connect";
import { nudgeAfterCommit } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import type { Job } from "@minka/queue/worker";
import { and, eq, gt, sql } from "@minka/database/query";
import { conversations, outboundMessages } from "../tables.ts";
import { outboundAttempts } from "./sending-tables.ts";

type Kit = { readonly db: Database; readonly clock: Clock };

/**
 * How long a phone that has written is looked at: many times what lies between two sweeps. Who writes by the
 * hour are few, and all who ever wrote are many.
 */
const lookedAtMs = 60 * 60 * 1000;

/** A phone that was off has written since: what waits for hours until it is tried again leaves now. */
export function wakeMessageJob({ db, clock }: Kit): Job {
  return {
    due(limit) {
      const now = clock();
      return db.read
        .select({ id: outboundMessages.id, trace: outboundMessages.trace })
        .from(outboundMessages)
        .innerJoin(conversations, eq(conversations.phone, outboundMessages.phone))
        .where(
          and(
            sql`${outboundMessages.state} = 'queued'`,
            gt(outboundMessages.dueAt, now),
            gt(conversations.wroteAt, new Date(now.getTime() - lookedAtMs)),
            gt(conversations.wroteAt, outboundMessages.sendingSince),
            sql`exists (select 1 from ${outboundAttempts} where ${outboundAttempts.messageId} = ${outboundMessages.id}
              and ${outboundAttempts.number} = ${outboundMessages.attempts} and ${outboundAttempts.retry} = 'away'
              and ${outboundAttempts.finishedAt} < ${conversations.wroteAt})`,
          ),
        )
        .limit(limit);
    },
    run: (id, trace) =>
      db.transaction(async (tx) => {
        const now = clock();
        const woken = await tx
          .update(outboundMessages)
          .set({ dueAt: now })
          .where(
            and(
              eq(outboundMessages.id, id),
              eq(outboundMessages.state, "queued"),
              gt(outboundMessages.dueAt, now),
            ),
          )
          .returning({ id: outboundMessages.id });
        if (woken.length > 0)
          nudgeAfterCommit(tx, { service: "notifications", job: "send-message", id, trace });
      }),
  };
}
