import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type {
  listParked as listContract,
  readQueue as queueContract,
  retryParked as retryContract,
} from "@minka/contracts/queues";
import { serviceNames, type OwningService } from "@minka/contracts/service-names";
import { tablesOf } from "@minka/database/columns";
import type { Database } from "@minka/database/connect";
import { once } from "@minka/database/once";
import { countWaiting, putBack, readParked } from "@minka/database/parked";
import type { Clock } from "@minka/domain/clock";
import type { Job } from "@minka/queue/worker";
import { actOf, auditOf, type Context } from "./act.ts";
import { readCursor, writeCursor } from "./list-cursor.ts";

type Kit = { readonly service: OwningService; readonly db: Database; readonly clock: Clock };
type Contracts = {
  queue: (typeof queueContract)[OwningService];
  list: (typeof listContract)[OwningService];
  retry: (typeof retryContract)[OwningService];
};

/** As many of each kind as are counted. */
const mostCounted = 100;

/** What waits in a service: what others said, and what its worker would find due. */
export async function readQueue({
  service,
  db,
  clock,
  jobs,
}: Kit & { jobs: Readonly<Record<string, Job>> }): Promise<HandlerAnswer<Contracts["queue"]>> {
  const { oldest, ...counted } = await countWaiting(db.read, service);
  const due = [];
  // One after the other, as the worker looks: a look takes few connections.
  for (const [job, { due: look }] of Object.entries(jobs)) {
    const found = await look(mostCounted + 1);
    if (found.length === 0) continue;
    due.push({ job, due: Math.min(found.length, mostCounted), more: found.length > mostCounted });
  }
  return {
    asOf: clock().toISOString(),
    deliveries: { ...counted, oldestSince: oldest?.toISOString() ?? null },
    jobs: due,
  };
}

/** A page of what failed too often. `cursor-wrong` (422). */
export async function listParked(
  { service, db }: Pick<Kit, "service" | "db">,
  { event, cursor, limit }: HandlerInput<Contracts["list"]>["query"],
): Promise<HandlerAnswer<Contracts["list"]>> {
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const rows = await readParked(db.read, service, { event, after, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => ({
      id: row.id,
      event: row.event,
      emitter: emitterOf(row.emitter),
      attempts: row.attempts,
      lastError: row.lastError,
      since: row.occurredAt.toISOString(),
      payload: row.payload as Record<string, unknown>,
      trace: row.trace,
    })),
    next: rows.length > limit && last ? writeCursor({ at: last.occurredAt, id: last.id }) : null,
  };
}

/** An operator has parked deliveries tried again: those named, or all of an event. */
export async function retry(
  { service, db, clock }: Kit,
  context: Context,
  body: HandlerInput<Contracts["retry"]>["body"],
): Promise<HandlerAnswer<Contracts["retry"]>> {
  const record = auditOf(service);
  return db.transaction((tx) =>
    once(tx, tablesOf(service), { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      if ("event" in body) {
        const { length } = await putBack(tx, service, body, act.at);
        // They may be thousands: one row says it of all.
        if (length > 0) await record(tx, act, "delivery.retry", body.event);
        return { deliveries: length };
      }
      const ids = await putBack(tx, service, { ids: body.deliveryIds }, act.at);
      for (const id of ids) await record(tx, act, "delivery.retry", id);
      return { deliveries: ids.length };
    }),
  );
}

function emitterOf(name: string) {
  const known = serviceNames.find((service) => service === name);
  if (!known) throw new Error(`${name} is no service`);
  return known;
}
