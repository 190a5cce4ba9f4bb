import type { Database } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import type { Job } from "@minka/queue/worker";
import { and, asc, eq, lte } from "@minka/database/query";
import type { Gateway } from "../gateways/gateway.ts";
import { inboundMessages } from "../tables.ts";

type Kit = { readonly db: Database; readonly clock: Clock; readonly gateways: readonly Gateway[] };

const againMs = 60_000;
/** A gateway that has not forgotten by then is not asked any more. */
const longestMs = 24 * 60 * 60 * 1000;

/**
 * Has the gateways forget what somebody wrote that is kept nowhere here: a call for help, a private word. One job
 * with `sent`, which does the same for what was sent: a count of its own would tell of calls for help.
 */
export function redactWrittenJob({ db, clock, gateways }: Kit, sent: Job): Job {
  const isDue = () => lte(inboundMessages.redactAt, clock());
  return {
    async due(limit) {
      const written = await db.read
        .select({ id: inboundMessages.id, trace: inboundMessages.trace })
        .from(inboundMessages)
        .where(isDue())
        .orderBy(asc(inboundMessages.redactAt))
        .limit(limit);
      return [...written, ...(await sent.due(limit - written.length))];
    },
    async run(id, trace) {
      const [message] = await db.read
        .select()
        .from(inboundMessages)
        .where(and(eq(inboundMessages.id, id), isDue()));
      if (!message) return sent.run(id, trace);
      const gateway = gateways.find(({ name }) => name === message.gateway);
      const done = !gateway?.redact || (await gateway.redact(message.externalId).catch(() => false));
      const now = clock().getTime();
      const age = now - message.receivedAt.getTime();
      // Ever more seldom.
      const redactAt = done || age >= longestMs ? null : new Date(now + Math.max(againMs, age));
      await db.read.update(inboundMessages).set({ redactAt }).where(eq(inboundMessages.id, id));
    },
  };
}
