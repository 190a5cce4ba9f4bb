import type { ServiceName } from "@minka/contracts/service-names";
import type { Database } from "@minka/database/connect";
import {
  dueDeliveries,
  handleOnce,
  maximumAttempts,
  postponeDelivery,
  readDelivery,
} from "@minka/database/deliveries";
import type { Clock } from "@minka/domain/clock";
import { DomainError } from "@minka/domain/errors";
import { summarizeError } from "@minka/http/log";
import type { Job } from "@minka/queue/worker";
import type { Logger } from "pino";
import type { EventHandler } from "./define-service.ts";

type Options = {
  service: ServiceName;
  db: Database;
  clock: Clock;
  log: Logger;
  handlers: readonly EventHandler[];
};

/** The job that every service has: doing what an event asks of it. */
export function deliveriesJob({ service, db, clock, log, handlers }: Options): Job {
  const byEvent = new Map(handlers.map((handler) => [handler.event.name, handler]));
  return {
    due: (limit) => dueDeliveries(db.read, service, clock(), limit),
    async run(id) {
      const delivery = await readDelivery(db.read, id);
      if (!delivery || delivery.handledAt) return;
      // A late or repeated nudge: the row has been put off or parked since. A first attempt needs no look at the
      // clock, which in another process may be a moment behind the emitter's.
      const putOff = delivery.lastError !== null && delivery.dueAt > clock();
      if (putOff || delivery.attempts >= maximumAttempts) return;
      const handler = byEvent.get(delivery.event);
      let taken = false;
      try {
        if (!handler) throw new Error(`${service} has no handler for ${delivery.event}`);
        await handler.handle({
          deliveryId: id,
          payload: handler.event.payload.parse(delivery.payload),
          occurredAt: delivery.occurredAt,
          trace: delivery.trace,
          once(work) {
            taken = true;
            return handleOnce(db, { id, at: clock() }, work);
          },
        });
        // With nothing to do in a transaction it is handled all the same; otherwise it would come back for ever.
        if (!taken) await handleOnce(db, { id, at: clock() }, async () => {});
      } catch (error) {
        const away = error instanceof DomainError && error.category === "unavailable";
        const failure = { error: summarizeError(error), away };
        const attempts = await postponeDelivery(db.read, delivery, failure, clock());
        if (attempts === null) return;
        const fields = { err: error, event: delivery.event, delivery: id, trace: delivery.trace, attempts };
        if (attempts >= maximumAttempts) log.fatal(fields, "event parked: a person has to look");
        else log.warn(fields, "event not handled yet; it will be tried again");
      }
    },
  };
}
