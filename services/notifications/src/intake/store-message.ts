import type { Database } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import type postgres from "postgres";
import type { Gateway } from "../gateways/gateway.ts";

/** A message as it may be written down, in the database or before it. */
export type KeptMessage = {
  readonly id: string;
  readonly gateway: Pick<Gateway, "name" | "repeatsWithNewIds">;
  /** The gateway's own id of the message. */
  readonly externalId: string;
  /** E.164 */
  readonly phone: string;
  /** Redacted; null where nothing of it may be written. */
  readonly body: string | null;
  readonly safety: boolean;
  /** That it came in, as the network charges them. */
  readonly segments: number;
  readonly receivedAt: Date;
  /** By our own clock: what had left for the phone by then was there before this was written. */
  readonly writtenAfter: Date;
  /** As the network dated it; null where the gateway does not say. */
  readonly stampedAt: Date | null;
  readonly trace: string;
};

export type Stored = {
  readonly id: string;
  /** What is stored says the same: otherwise the gateway has used one id for two texts. */
  readonly sameText: boolean;
  /** The conversation that a new message waits in; null for a message that was there. */
  readonly conversation: string | null;
};

/** What a gateway that repeats under new ids hands over twice within this, and dates so close, is one message. */
const repeatWindowSeconds = 2;

/**
 * Stores a message once. One that was stored before, by whoever, changes nothing. `straight` is for one that has
 * come this moment: it was written after all that the database shows.
 */
export async function storeMessage(
  db: Database,
  message: KeptMessage,
  { straight }: { straight: boolean },
): Promise<Stored> {
  const stored = message.gateway.repeatsWithNewIds
    ? await db.sql.begin(async (sql) => {
        // Taken before the statement looks, or two repeats of one moment would not see each other.
        await sql`select pg_advisory_xact_lock(hashtextextended(${message.phone}, 0))`;
        return insert(sql, message, straight);
      })
    : await insert(db.sql, message, straight);
  if (stored) return { ...stored, sameText: true };
  return findRepeated(db.sql, message);
}

/**
 * The whole acknowledgement in one statement, which commits by itself: the conversation's row is taken first,
 * so that messages of one phone are numbered in the order in which they become visible, and only then does
 * the message get its number. With it is written which question had left for the phone when it came, as the
 * database saw it: clocks of several machines may differ. Nothing comes back for one that is there already.
 */
async function insert(
  sql: postgres.Sql | postgres.TransactionSql,
  {
    id,
    gateway,
    externalId,
    phone,
    body,
    safety,
    segments,
    receivedAt,
    writtenAfter,
    stampedAt,
    trace,
  }: KeptMessage,
  straight: boolean,
): Promise<{ id: string; conversation: string } | undefined> {
  // As text: drizzle turns the driver's own writing of dates off.
  const at = receivedAt.toISOString();
  const stamped = stampedAt?.toISOString() ?? null;
  const [kept] = await sql<{ id: string; conversation: string }[]>`
    with repeated as (
      select exists (
        select 1 from notifications.inbound_messages
        where gateway = ${gateway.name} and external_id = ${externalId}
      ) as already
    ), asked as (
      select prompt.id from notifications.prompts prompt
      left join notifications.outbound_messages sms on sms.id = prompt.message_id
      where prompt.phone = ${phone} and prompt.state = 'open'
        and (sms.id is null or sms.sent_at is not null or sms.last_error = 'unsettled'
          or sms.state in ('sending', 'unknown', 'sent', 'delivered', 'undelivered'))
        and (${straight}::boolean
          or coalesce(least(sms.sent_at, sms.sending_since), prompt.opened_at)
            <= ${writtenAfter.toISOString()}::timestamptz)
    ), conversation as (
      insert into notifications.conversations as known
        (id, phone, version, puzzled, unanswered_since, gateway, wrote_at, trace)
      values (${newId()}, ${phone}, 0, 0, ${at}::timestamptz, ${gateway.name}, ${at}::timestamptz, ${trace})
      on conflict (phone) do update
        set trace = excluded.trace,
          (unanswered_since, gateway, wrote_at) = (
            select
              -- a repeat wakes nobody
              case when already then known.unanswered_since
                else coalesce(known.unanswered_since, excluded.unanswered_since) end,
              case when already or known.wrote_at > excluded.wrote_at then known.gateway
                else excluded.gateway end,
              case when already then known.wrote_at else greatest(known.wrote_at, excluded.wrote_at) end
            from repeated
          )
      returning known.id
    )
    insert into notifications.inbound_messages
      (id, gateway, external_id, phone, body, safety, segments, received_at, stamped_at, question_id, trace)
    select ${id}::uuid, ${gateway.name}, ${externalId}, ${phone}, ${body}, ${safety}::boolean, ${segments}::int,
      ${at}::timestamptz, ${stamped}::timestamptz, (select asked.id from asked), ${trace}
    from conversation
    where not (${gateway.repeatsWithNewIds}::boolean and exists (
      select 1 from notifications.inbound_messages earlier
      where earlier.phone = ${phone} and earlier.gateway = ${gateway.name} and earlier.safety = ${safety}::boolean
        and earlier.body is not distinct from ${body}::text
        -- the same word to a question that has come since is another answer
        and not exists (select 1 from asked where asked.id is distinct from earlier.question_id)
        and abs(extract(epoch from earlier.received_at - ${at}::timestamptz)) < ${repeatWindowSeconds}::int
        -- a phone that was without coverage hands over at once what was written over hours
        and coalesce(abs(extract(epoch from earlier.stamped_at - ${stamped}::timestamptz)), 0)
          < ${repeatWindowSeconds}::int
    ))
    on conflict do nothing
    returning id, (select conversation.id from conversation) as conversation`;
  return kept;
}

/** The message that a repeat repeats: by its id at the gateway, or the same words a moment ago. */
async function findRepeated(
  sql: postgres.Sql,
  { id: newest, gateway, externalId, phone, body }: KeptMessage,
): Promise<Stored> {
  const [known] = await sql<{ id: string; body: string | null }[]>`
    select id, body from notifications.inbound_messages
    where phone = ${phone} and gateway = ${gateway.name}
    order by external_id = ${externalId} desc, body is not distinct from ${body}::text desc, sequence desc
    limit 1`;
  // Erased meanwhile with its writer: there is nothing left to keep.
  return { id: known?.id ?? newest, sameText: known?.body === body, conversation: null };
}
