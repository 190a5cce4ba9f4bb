import type { ServiceName } from "@minka/contracts/service-names";
import type { Database } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";

/** How long the answer to a repeated command, and a handled event, are kept. */
const keepDays = 30;
const batch = 5_000;
const dayMs = 24 * 60 * 60 * 1000;

/**
 * Deletes what has done its duty: handled deliveries and remembered answers older than 30 days, a batch at a
 * time. Parked deliveries stay until a person has looked. Returns how many rows went.
 */
export async function forgetOld(db: Database, service: ServiceName, clock: Clock): Promise<number> {
  const before = new Date(clock().getTime() - keepDays * dayMs).toISOString();
  let forgotten = 0;
  for (;;) {
    const deliveries = await db.sql`
      delete from events.deliveries where id in (
        select id from events.deliveries where subscriber = ${service} and handled_at < ${before}::timestamptz limit ${batch})`;
    const answers = await db.sql`
      delete from ${db.sql(service)}.idempotency_keys where scope in (
        select scope from ${db.sql(service)}.idempotency_keys where created_at < ${before}::timestamptz limit ${batch})`;
    forgotten += deliveries.count + answers.count;
    if (deliveries.count < batch && answers.count < batch) return forgotten;
  }
}
