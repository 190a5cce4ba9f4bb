import type { Database } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import type { Job } from "@minka/queue/worker";
import { asc, eq, lte } from "@minka/database/query";
import type { Gateway } from "../gateways/gateway.ts";
import { outboundMessages } from "../tables.ts";

type Kit = { readonly db: Database; readonly clock: Clock; readonly gateways: readonly Gateway[] };

/** A gateway forgets nothing that it is still passing on; it is asked when that is done, mostly. */
export const firstRedactionMs = 60_000;
/** Then ever more seldom; after a day the gateway is not asked any more. */
const longestMs = 24 * 60 * 60 * 1000;

/** Has the gateways forget the words of what is to be kept nowhere. */
export function redactMessageJob({ db, clock, gateways }: Kit): Job {
  return {
    due: (limit) =>
      db.read
        .select({ id: outboundMessages.id, trace: outboundMessages.trace })
        .from(outboundMessages)
        .where(lte(outboundMessages.redactAt, clock()))
        .orderBy(asc(outboundMessages.redactAt))
        .limit(limit),
    async run(id) {
      const [message] = await db.read.select().from(outboundMessages).where(eq(outboundMessages.id, id));
      const now = clock();
      if (!message?.redactAt || message.redactAt > now) return;
      const { externalId } = message;
      const gateway = gateways.find(({ name }) => name === message.gateway);
      const done =
        externalId === null || !gateway?.redact || (await gateway.redact(externalId).catch(() => false));
      const age = now.getTime() - (message.sentAt ?? message.createdAt).getTime();
      const redactAt =
        done || age >= longestMs ? null : new Date(now.getTime() + Math.max(firstRedactionMs, age));
      await db.read.update(outboundMessages).set({ redactAt }).where(eq(outboundMessages.id, id));
    },
  };
}
