import type { Database } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import type { Clock } from "@minka/domain/clock";
import { DomainError } from "@minka/domain/errors";
import { mentionsViolence } from "@minka/language/detect-violence";
import { redactForbidden } from "@minka/language/redact";
import type postgres from "postgres";
import type { Gateway } from "../gateways/gateway.ts";

export type Received = {
  readonly gateway: Pick<Gateway, "name" | "repeatsWithNewIds">;
  /** The gateway's own id of the message. */
  readonly externalId: string;
  /** E.164 */
  readonly phone: string;
  readonly text: string;
  readonly trace: string;
};

/** As long as ten joined SMS; nobody writes more on purpose. */
const longestText = 1_600;
/** Within this a gateway that repeats under new ids is not believed twice. */
const repeatWindowMs = 2_000;

/**
 * Keeps a message that a phone has written and sees that it is answered. A message that was handed over
 * before changes nothing. What must not be written anywhere is taken out before the first write, and what
 * remains is never logged. Returns the id under which the message is kept, and whether what is kept says
 * the same.
 */
export async function receiveMessage(
  { db, clock }: { db: Database; clock: Clock },
  received: Received,
): Promise<{ id: string; sameText: boolean }> {
  const message = { ...received, ...whatMayBeKept(received.text), now: clock() };
  try {
    const kept = received.gateway.repeatsWithNewIds
      ? await db.sql.begin(async (sql) => {
          // Taken before the statement looks, or two repeats of one moment would not see each other.
          await sql`select pg_advisory_xact_lock(hashtextextended(${received.phone}, 0))`;
          return store(sql, message);
        })
      : await store(db.sql, message);
    if (!kept) return await findRepeated(db.sql, message);
    const { id, conversation } = kept;
    db.nudge({
      service: "notifications",
      job: "advance-conversation",
      id: conversation,
      trace: received.trace,
    });
    return { id, sameText: true };
  } catch (error) {
    // The driver's error quotes the values of the statement, and whoever logs it would log the text.
    const reason = error instanceof Error && "code" in error ? String(error.code) : "no code";
    throw new DomainError("unavailable", "message-not-kept", `The message could not be kept (${reason}).`);
  }
}

type Content = { body: string | null; safety: boolean };
type Message = Omit<Received, "text"> & Content & { now: Date };

function whatMayBeKept(text: string): Content {
  if (mentionsViolence(text)) return { body: null, safety: true };
  // PostgreSQL stores no NUL; half a surrogate pair is no character.
  const kept = redactForbidden(text).text.replaceAll("\u0000", "").slice(0, longestText).toWellFormed();
  return { body: kept, safety: false };
}

/**
 * The whole acknowledgement in one statement, which commits by itself: the conversation's row is taken first,
 * so that messages of one phone are numbered in the order in which they become visible, and only then does
 * the message get its number. Nothing comes back for one that is there already.
 */
async function store(
  sql: postgres.Sql | postgres.TransactionSql,
  { gateway, externalId, phone, body, safety, now, trace }: Message,
): Promise<{ id: string; conversation: string } | undefined> {
  // As text: drizzle turns the driver's own writing of dates off.
  const at = now.toISOString();
  const since = new Date(now.getTime() - repeatWindowMs).toISOString();
  const [kept] = await sql<{ id: string; conversation: string }[]>`
    with conversation as (
      insert into notifications.conversations as known (id, phone, version, puzzled, unanswered_since, trace)
      values (${newId()}, ${phone}, 0, 0, ${at}::timestamptz, ${trace})
      on conflict (phone) do update
        set trace = excluded.trace,
          unanswered_since = case
            when exists (
              select 1 from notifications.inbound_messages
              where gateway = ${gateway.name} and external_id = ${externalId}
            ) then known.unanswered_since -- a repeat wakes nobody
            else coalesce(known.unanswered_since, excluded.unanswered_since)
          end
      returning known.id
    )
    insert into notifications.inbound_messages
      (id, gateway, external_id, phone, body, safety, received_at, trace)
    select ${newId()}::uuid, ${gateway.name}, ${externalId}, ${phone}, ${body}, ${safety}::boolean,
      ${at}::timestamptz, ${trace}
    from conversation
    where not (${gateway.repeatsWithNewIds}::boolean and exists (
      select 1 from notifications.inbound_messages earlier
      where earlier.phone = ${phone} and earlier.gateway = ${gateway.name} and earlier.safety = ${safety}::boolean
        and earlier.body is not distinct from ${body}::text and earlier.received_at > ${since}::timestamptz
    ))
    on conflict (gateway, external_id) do nothing
    returning id, (select conversation.id from conversation) as conversation`;
  return kept;
}

/** The message that a repeat repeats: by its id at the gateway, or the same words a moment ago. */
async function findRepeated(
  sql: postgres.Sql,
  { gateway, externalId, phone, body }: Message,
): Promise<{ id: string; sameText: boolean }> {
  const [known] = await sql<{ id: string; body: string | null }[]>`
    select id, body from notifications.inbound_messages
    where phone = ${phone} and gateway = ${gateway.name}
    order by external_id = ${externalId} desc, sequence desc limit 1`;
  if (!known) throw new Error("a message that was there has vanished");
  return { id: known.id, sameText: known.body === body };
}
