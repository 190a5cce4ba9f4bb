import type { ServiceName } from "@minka/contracts/service-names";
import { and, asc, eq, gte, inArray, isNull, sql } from "./query.ts";
import type { Queries, Transaction } from "./connect.ts";
import { deliveries, maximumAttempts, type Delivery } from "./deliveries.ts";

export type WaitingDeliveries = {
  /** Not handled, and neither parked. */
  readonly waiting: number;
  readonly oldest: Date | null;
  /** Of the waiting ones, those that have failed before. */
  readonly failing: number;
  readonly parked: number;
};

/** How many deliveries to a service are not handled. */
export async function countWaiting(queries: Queries, subscriber: ServiceName): Promise<WaitingDeliveries> {
  const isParked = sql`${deliveries.attempts} >= ${maximumAttempts}`;
  const [counted] = await queries
    .select({
      waiting: sql<number>`count(*) filter (where not ${isParked})::int`,
      oldest: sql<string | null>`min(${deliveries.occurredAt}) filter (where not ${isParked})`,
      failing: sql<number>`count(*) filter (where not ${isParked} and ${deliveries.lastError} is not null)::int`,
      parked: sql<number>`count(*) filter (where ${isParked})::int`,
    })
    .from(deliveries)
    .where(and(eq(deliveries.subscriber, subscriber), isNull(deliveries.handledAt)));
  if (!counted) throw new Error("a count has a row");
  return { ...counted, oldest: counted.oldest === null ? null : new Date(counted.oldest) };
}

const parkedFor = (subscriber: ServiceName) =>
  and(
    eq(deliveries.subscriber, subscriber),
    isNull(deliveries.handledAt),
    gte(deliveries.attempts, maximumAttempts),
  );

/** What failed too often to be tried again, what happened first before. */
export async function readParked(
  queries: Queries,
  subscriber: ServiceName,
  {
    event,
    after,
    limit,
  }: { event: string | undefined; after: { at: Date; id: string } | undefined; limit: number },
): Promise<Delivery[]> {
  return queries
    .select()
    .from(deliveries)
    .where(
      and(
        parkedFor(subscriber),
        event === undefined ? undefined : eq(deliveries.event, event),
        after &&
          sql`(${deliveries.occurredAt}, ${deliveries.id}) > (${after.at.toISOString()}::timestamptz, ${after.id}::uuid)`,
      ),
    )
    .orderBy(asc(deliveries.occurredAt), asc(deliveries.id))
    .limit(limit);
}

/** Makes parked deliveries due at once, as if they had never failed; the sweep finds them. Returns which. */
export async function putBack(
  tx: Transaction,
  subscriber: ServiceName,
  which: { readonly ids: readonly string[] } | { readonly event: string },
  at: Date,
): Promise<string[]> {
  const those = "ids" in which ? inArray(deliveries.id, [...which.ids]) : eq(deliveries.event, which.event);
  const rows = await tx
    .update(deliveries)
    .set({ attempts: 0, lastError: null, dueAt: at })
    .where(and(parkedFor(subscriber), those))
    .returning({ id: deliveries.id });
  return rows.map(({ id }) => id);
}
