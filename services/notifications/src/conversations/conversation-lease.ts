import { newId } from "@minka/database/new-id";
import type { Database, Queries, Transaction } from "@minka/database/connect";
import {
  and,
  asc,
  desc,
  eq,
  getTableColumns,
  gt,
  isNotNull,
  isNull,
  lte,
  or,
  sql,
} from "@minka/database/query";
import { conversations, inboundMessages } from "../tables.ts";

export type Conversation = typeof conversations.$inferSelect;
export type InboundMessage = typeof inboundMessages.$inferSelect;

/** A conversation that this process holds. */
export type Held = Conversation & {
  /** Whoever held it before never gave it back: a turn was lost. */
  readonly abandoned: boolean;
};

/**
 * How long a phone waits when its holder is killed; many times a usual turn, and every answer makes it as long
 * again. A turn that takes longer may be begun by a second holder too: the first then writes nothing, and commands
 * repeat under the same keys. By the database's clock: with those of the processes, one that is minutes ahead
 * would take what others hold.
 */
export const leaseEnd = sql<Date>`clock_timestamp() + interval '10 seconds'`;

/** How long a conversation rests after a turn that failed, at least, and at most when it keeps failing. */
export const restMs = 5_000;
export const longestRestMs = 60_000;

/** Somebody else holds the conversation, or changed it meanwhile: what was decided must not be written. */
export class LeaseLost extends Error {}

/** Makes this process the only one that answers a phone; null when another one is at it. */
export async function takeLease(db: Database, id: string, now: Date): Promise<Held | null> {
  const [held] = await db.read
    .update(conversations)
    .set({ leaseOwner: newId(), leaseUntil: leaseEnd, version: sql`${conversations.version} + 1` })
    .where(and(eq(conversations.id, id), free(now)))
    .returning({
      ...getTableColumns(conversations),
      abandoned: sql<boolean>`old.lease_owner is not null`,
    });
  return held ?? null;
}

/**
 * Held by nobody. One that rests after a failed turn is left alone, unless the rest is longer than any by our own
 * clock, or a call for help has come that has not been tried.
 */
function free(now: Date) {
  const urgent = sql`exists (select 1 from ${inboundMessages} where ${inboundMessages.phone} = ${conversations.phone}
    and ${inboundMessages.handledAt} is null and ${inboundMessages.safety} and ${inboundMessages.attempts} = 0)`;
  return or(
    lte(conversations.leaseUntil, sql`clock_timestamp()`),
    and(
      isNull(conversations.leaseOwner),
      or(
        isNull(conversations.restsUntil),
        lte(conversations.restsUntil, now),
        gt(conversations.restsUntil, new Date(now.getTime() + longestRestMs)),
        urgent,
      ),
    ),
  );
}

export async function dueConversations(db: Database, now: Date, limit: number) {
  return db.read
    .select({ id: conversations.id, trace: conversations.trace })
    .from(conversations)
    .where(and(isNotNull(conversations.unansweredSince), free(now)))
    .orderBy(asc(conversations.unansweredSince))
    .limit(limit);
}

/** The phone's oldest message that nobody has answered; one that asks for help goes first. */
export async function nextMessage(db: Database, phone: string): Promise<InboundMessage | undefined> {
  const [message] = await db.read
    .select()
    .from(inboundMessages)
    .where(and(eq(inboundMessages.phone, phone), isNull(inboundMessages.handledAt)))
    .orderBy(desc(inboundMessages.safety), asc(inboundMessages.sequence))
    .limit(1);
  return message;
}

/**
 * The row that everything written for one phone is serialized on: a turn of the conversation and news from
 * elsewhere never interleave. Makes the row when the phone has not written yet (a provider's first ask).
 */
export async function lockConversation(tx: Transaction, phone: string, trace: string): Promise<Conversation> {
  await tx
    .insert(conversations)
    .values({ id: newId(), phone, version: 0, puzzled: 0, trace })
    .onConflictDoNothing();
  const [conversation] = await tx
    .select()
    .from(conversations)
    .where(eq(conversations.phone, phone))
    .for("update");
  if (!conversation) throw new Error("a conversation vanished while it was locked");
  return conversation;
}

/** Locks the held conversation again to write a turn's outcome; throws LeaseLost when it is not ours now. */
export async function lockHeld(tx: Transaction, held: Conversation): Promise<Conversation> {
  const [current] = await tx.select().from(conversations).where(eq(conversations.id, held.id)).for("update");
  if (!current || current.leaseOwner !== held.leaseOwner || current.version !== held.version)
    throw new LeaseLost();
  return current;
}

/**
 * Gives the lease back. Looks for new messages in the same transaction, so that one which arrived after the
 * last look is not left for the sweep; returns false when there are some, and keeps the lease.
 */
export async function releaseIfAnswered(db: Database, held: Conversation): Promise<boolean> {
  return db.transaction(async (tx) => {
    await lockHeld(tx, held);
    const [waiting] = await tx
      .select({ id: inboundMessages.id })
      .from(inboundMessages)
      .where(and(eq(inboundMessages.phone, held.phone), isNull(inboundMessages.handledAt)))
      .limit(1);
    if (waiting) return false;
    await tx
      .update(conversations)
      .set({ leaseOwner: null, leaseUntil: null, restsUntil: null, unansweredSince: null })
      .where(eq(conversations.id, held.id));
    return true;
  });
}

/** Counts a turn that came to nothing by our own fault. */
export async function countFailure(queries: Queries, { id }: InboundMessage): Promise<void> {
  await queries
    .update(inboundMessages)
    .set({ attempts: sql`${inboundMessages.attempts} + 1` })
    .where(eq(inboundMessages.id, id));
}

/** Gives the lease back after a turn that failed, to be taken again no sooner than `restsUntil`. */
export async function releaseFailed(
  db: Database,
  held: Conversation,
  { failed, restsUntil }: { failed: InboundMessage | undefined; restsUntil: Date },
): Promise<void> {
  await db.transaction(async (tx) => {
    if (failed) await countFailure(tx, failed);
    await tx
      .update(conversations)
      .set({ leaseOwner: null, leaseUntil: null, restsUntil })
      .where(and(eq(conversations.id, held.id), eq(conversations.leaseOwner, held.leaseOwner ?? "")));
  });
}
