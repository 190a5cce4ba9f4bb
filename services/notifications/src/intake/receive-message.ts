import { nudgeAfterCommit, type Database, type Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { once, type IdempotencyClaim } from "@minka/database/once";
import type { Clock } from "@minka/domain/clock";
import { DomainError } from "@minka/domain/errors";
import { mentionsViolence } from "@minka/language/detect-violence";
import { redactForbidden } from "@minka/language/redact";
import { and, eq, gt, sql } from "drizzle-orm";
import type { Gateway } from "../gateways/gateway.ts";
import { conversations, idempotencyKeys, inboundMessages } from "../tables.ts";

export type Received = {
  readonly gateway: Pick<Gateway, "name" | "repeatsWithNewIds">;
  /** The gateway's own id of the message. */
  readonly externalId: string;
  /** E.164 */
  readonly phone: string;
  readonly text: string;
  readonly trace: string;
  readonly claim?: IdempotencyClaim | null;
};

/** As long as ten joined SMS; nobody writes more on purpose. */
const longestText = 1_600;
/** Within this a gateway that repeats under new ids is not believed twice. */
const repeatWindowMs = 2_000;

/**
 * Keeps a message that a phone has written and sees that it is answered. A message that was handed over
 * before changes nothing. What must not be written anywhere is taken out before the first write, and what
 * remains is never logged. Returns the id under which the message is kept.
 */
export async function receiveMessage(
  { db, clock }: { db: Database; clock: Clock },
  received: Received,
): Promise<{ id: string }> {
  const content = whatMayBeKept(received.text);
  try {
    return await db.transaction((tx) =>
      once(tx, { idempotencyKeys }, { claim: received.claim ?? null, clock }, () =>
        store(tx, clock(), received, content),
      ),
    );
  } catch (error) {
    if (error instanceof DomainError) throw error;
    // The driver's error quotes the values of the statement, and whoever logs it would log the text.
    const reason = driverCode(error);
    throw new DomainError("unavailable", "message-not-kept", `The message could not be kept (${reason}).`);
  }
}

function driverCode(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && "code" in cause ? String(cause.code) : "no code";
}

type Content = { body: string | null; safety: boolean };

function whatMayBeKept(text: string): Content {
  if (mentionsViolence(text)) return { body: null, safety: true };
  // PostgreSQL stores no NUL.
  const kept = redactForbidden(text).text.replaceAll("\u0000", "").slice(0, longestText);
  return { body: kept, safety: false };
}

async function store(
  tx: Transaction,
  now: Date,
  { gateway, externalId, phone, trace }: Received,
  content: Content,
): Promise<{ id: string }> {
  // Messages of one phone are numbered in the order in which they become visible: without the lock a later
  // number could be read, and answered, before an earlier one is there.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${phone}, 0))`);
  if (gateway.repeatsWithNewIds) {
    const repeated = await findJustNow(tx, now, { gateway: gateway.name, phone, ...content });
    if (repeated) return repeated;
  }
  const [stored] = await tx
    .insert(inboundMessages)
    .values({ id: newId(), gateway: gateway.name, externalId, phone, ...content, receivedAt: now, trace })
    .onConflictDoNothing({ target: [inboundMessages.gateway, inboundMessages.externalId] })
    .returning({ id: inboundMessages.id });
  if (!stored) return known(tx, gateway.name, externalId);
  const [conversation] = await tx
    .insert(conversations)
    .values({ id: newId(), phone, version: 0, puzzled: 0, unansweredSince: now, trace })
    .onConflictDoUpdate({
      target: conversations.phone,
      set: {
        unansweredSince: sql`coalesce(${conversations.unansweredSince}, excluded.unanswered_since)`,
        trace: sql`excluded.trace`,
      },
    })
    .returning({ id: conversations.id });
  if (!conversation) throw new Error("an upsert returned no conversation");
  nudgeAfterCommit(tx, {
    service: "notifications",
    job: "advance-conversation",
    id: conversation.id,
    trace,
  });
  return stored;
}

async function known(tx: Transaction, gateway: string, externalId: string): Promise<{ id: string }> {
  const [message] = await tx
    .select({ id: inboundMessages.id })
    .from(inboundMessages)
    .where(and(eq(inboundMessages.gateway, gateway), eq(inboundMessages.externalId, externalId)));
  if (!message) throw new Error("a message that was there has vanished");
  return message;
}

async function findJustNow(
  tx: Transaction,
  now: Date,
  { gateway, phone, body, safety }: Content & { gateway: string; phone: string },
): Promise<{ id: string } | undefined> {
  const [message] = await tx
    .select({ id: inboundMessages.id })
    .from(inboundMessages)
    .where(
      and(
        eq(inboundMessages.phone, phone),
        eq(inboundMessages.gateway, gateway),
        eq(inboundMessages.safety, safety),
        sql`${inboundMessages.body} is not distinct from ${body}`,
        gt(inboundMessages.receivedAt, new Date(now.getTime() - repeatWindowMs)),
      ),
    )
    .limit(1);
  return message;
}
