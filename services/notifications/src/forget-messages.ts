import type { Database } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";

const dayMs = 24 * 60 * 60 * 1000;
/** A late answer finds its question for two weeks at most; longer is for whoever looks into a complaint. */
const questionsKeptMs = 60 * dayMs;
const batch = 5_000;

type Kit = { readonly db: Database; readonly clock: Clock; readonly keptDays: number };

/**
 * Blanks the texts of messages that are older than `keptDays` and over, forgets the attempts at sending them, and
 * deletes questions that were closed 60 days ago; a batch at a time. Returns how many rows it has touched.
 */
export async function forgetMessages({ db, clock, keptDays }: Kit): Promise<number> {
  const now = clock().getTime();
  const before = new Date(now - keptDays * dayMs).toISOString();
  const closedBefore = new Date(now - questionsKeptMs).toISOString();
  const steps = [
    () => db.sql`
      update notifications.inbound_messages set body = null where id in (
        select id from notifications.inbound_messages
        where body is not null and handled_at is not null and received_at < ${before}::timestamptz limit ${batch})`,
    () => db.sql`
      update notifications.outbound_messages set body = null where id in (
        select id from notifications.outbound_messages
        where body is not null and created_at < ${before}::timestamptz
          and state not in ('queued', 'sending', 'unknown') limit ${batch})`,
    () => db.sql`
      delete from notifications.outbound_attempts where (message_id, number) in (
        -- ids grow with time, so the oldest are the first
        select message_id, number from (
          select * from notifications.outbound_attempts order by message_id, number limit ${batch}) oldest
        where started_at < ${before}::timestamptz)`,
    () => db.sql`
      update notifications.attention_items set text = null where id in (
        select id from notifications.attention_items
        where text is not null and resolved_at < ${before}::timestamptz limit ${batch})`,
    () => db.sql`
      delete from notifications.prompts where id in (
        select id from notifications.prompts
        where state in ('answered', 'expired') and expires_at < ${closedBefore}::timestamptz limit ${batch})`,
  ];
  let forgotten = 0;
  for (const step of steps) {
    for (let count = batch; count === batch; forgotten += count) ({ count } = await step());
  }
  return forgotten;
}
