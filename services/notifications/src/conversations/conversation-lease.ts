import { newId } from "@minka/database/new-id";
import type { Database, Transaction } from "@minka/database/connect";
import { and, asc, desc, eq, isNotNull, isNull, lte, or, sql } from "drizzle-orm";
import { conversations, inboundMessages } from "../tables.ts";

export type Conversation = typeof conversations.$inferSelect;
export type InboundMessage = typeof inboundMessages.$inferSelect;

/**
 * How long a phone waits when its holder is killed; many times a usual turn. A turn that takes longer may be
 * begun by a second holder too: the first then writes nothing, and commands repeat under the same keys.
 */
const leaseMs = 10_000;

/** Somebody else holds the conversation, or changed it meanwhile: what was decided must not be written. */
export class LeaseLost extends Error {}

/** Makes this process the only one that answers a phone; null when another one is at it. */
export async function takeLease(db: Database, id: string, now: Date): Promise<Conversation | null> {
  const [conversation] = await db.read
    .update(conversations)
    .set({
      leaseOwner: newId(),
      leaseUntil: new Date(now.getTime() + leaseMs),
      version: sql`${conversations.version} + 1`,
    })
    .where(and(eq(conversations.id, id), free(now)))
    .returning();
  return conversation ?? null;
}

/**
 * Held by nobody. A conversation that rests after a failed turn has no owner either; a call for help
 * that has not been tried wakes it.
 */
function free(now: Date) {
  const urgent = sql`exists (select 1 from ${inboundMessages} where ${inboundMessages.phone} = ${conversations.phone}
    and ${inboundMessages.handledAt} is null and ${inboundMessages.safety} and ${inboundMessages.attempts} = 0)`;
  return or(
    isNull(conversations.leaseUntil),
    lte(conversations.leaseUntil, now),
    and(isNull(conversations.leaseOwner), urgent),
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
      .set({ leaseOwner: null, leaseUntil: null, unansweredSince: null })
      .where(eq(conversations.id, held.id));
    return true;
  });
}

/** Gives the lease back after a turn that failed, to be taken again no sooner than `until`. */
export async function releaseFailed(
  db: Database,
  held: Conversation,
  { messageId, until }: { messageId: string | undefined; until: Date },
): Promise<void> {
  await db.transaction(async (tx) => {
    if (messageId) {
      await tx
        .update(inboundMessages)
        .set({ attempts: sql`${inboundMessages.attempts} + 1` })
        .where(eq(inboundMessages.id, messageId));
    }
    await tx
      .update(conversations)
      .set({ leaseOwner: null, leaseUntil: until })
      .where(and(eq(conversations.id, held.id), eq(conversations.leaseOwner, held.leaseOwner ?? "")));
  });
}
