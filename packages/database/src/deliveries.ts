import type { EventDefinition, EventPayload } from "@minka/contracts/event";
import type { ServiceName } from "@minka/contracts/service-names";
import { and, asc, eq, isNull, lte, sql } from "./query.ts";
import { integer, jsonb, pgSchema, text, uuid } from "./table.ts";
import { instant } from "./columns.ts";
import { hot, nudgeAfterCommit, type Database, type Queries, type Transaction } from "./connect.ts";
import { newId } from "./new-id.ts";

/**
 * One row for each event and subscriber: the outbox of the emitter and the inbox of the subscriber at once.
 * The owner's migration adds row-level security, so that a service sees only what it sent or is sent.
 */
export const deliveries = pgSchema("events").table("deliveries", {
  id: uuid("id").primaryKey(),
  event: text("event").notNull(),
  emitter: text("emitter").notNull(),
  subscriber: text("subscriber").notNull(),
  payload: jsonb("payload").notNull(),
  trace: text("trace").notNull(),
  occurredAt: instant("occurred_at").notNull(),
  dueAt: instant("due_at").notNull(),
  attempts: integer("attempts").notNull(),
  lastError: text("last_error"),
  handledAt: instant("handled_at"),
});
export type Delivery = typeof deliveries.$inferSelect;

/** After this many failures of its own a delivery is parked for a person to look at. */
export const maximumAttempts = 10;

const longestWaitMs = 10 * 60 * 1000;

/** Writes an event in the emitter's transaction; subscribers hear of it after commit. */
export async function emit<E extends EventDefinition>(
  tx: Transaction,
  event: E,
  payload: EventPayload<E>,
  { at, trace }: { at: Date; trace: string },
): Promise<void> {
  const when = at.toISOString();
  for (const subscriber of event.subscribers) {
    const id = newId();
    nudgeAfterCommit(tx, { service: subscriber, job: "handle-delivery", id, trace });
    await hot(tx)`
      insert into events.deliveries
        (id, event, emitter, subscriber, payload, trace, occurred_at, due_at, attempts)
      values (${id}, ${event.name}, ${event.emitter}, ${subscriber}, ${JSON.stringify(payload)}, ${trace},
        ${when}, ${when}, 0)`;
  }
}

export async function dueDeliveries(queries: Queries, subscriber: ServiceName, now: Date, limit: number) {
  return queries
    .select({ id: deliveries.id, trace: deliveries.trace })
    .from(deliveries)
    .where(
      and(
        eq(deliveries.subscriber, subscriber),
        isNull(deliveries.handledAt),
        lte(deliveries.dueAt, now),
        sql`${deliveries.attempts} < ${maximumAttempts}`,
      ),
    )
    .orderBy(asc(deliveries.id))
    .limit(limit);
}

export async function readDelivery(queries: Queries, id: string): Promise<Delivery | undefined> {
  const [delivery] = await queries.select().from(deliveries).where(eq(deliveries.id, id));
  return delivery;
}

/**
 * Does a delivery's work and marks it handled in one transaction. Whoever comes second, or while another
 * holds the row, does nothing.
 */
export async function handleOnce(
  database: Database,
  { id, at }: { id: string; at: Date },
  work: (tx: Transaction) => Promise<void>,
): Promise<void> {
  await database.transaction(async (tx) => {
    const [mine] = await tx
      .select({ id: deliveries.id })
      .from(deliveries)
      .where(and(eq(deliveries.id, id), isNull(deliveries.handledAt)))
      .for("update", { skipLocked: true });
    if (!mine) return;
    await work(tx);
    await tx.update(deliveries).set({ handledAt: at }).where(eq(deliveries.id, id));
  });
}

/**
 * Puts a failed delivery off, longer each time, ten minutes at most; returns how often it has failed, or null when
 * it has been handled or put off by another since it was read. Two that fail at the same time count as one attempt.
 * When another service was `away`, that is no failure of the delivery: nothing is counted, so that no outage parks
 * an event, and each wait is as long as the event has waited already.
 */
export async function postponeDelivery(
  queries: Queries,
  delivery: Pick<Delivery, "id" | "attempts" | "occurredAt">,
  { error, away }: { error: string; away: boolean },
  now: Date,
): Promise<number | null> {
  const age = now.getTime() - delivery.occurredAt.getTime();
  const waitMs = Math.min(away ? Math.max(1000, age) : 1000 * 2 ** delivery.attempts, longestWaitMs);
  const [row] = await queries
    .update(deliveries)
    .set({
      attempts: away ? delivery.attempts : delivery.attempts + 1,
      lastError: error.slice(0, 500),
      dueAt: new Date(now.getTime() + waitMs),
    })
    .where(
      and(
        eq(deliveries.id, delivery.id),
        eq(deliveries.attempts, delivery.attempts),
        isNull(deliveries.handledAt),
      ),
    )
    .returning({ attempts: deliveries.attempts });
  return row?.attempts ?? null;
}
